// Arithmetic by element.
#pragma once
#include "functions.h"
#include "table.h"

namespace {

// Elements of one task: they stay in the nearest cache.
constexpr int PART = 1 << 13;

template <class F>
inline void inParts(int size, const F& f) {
  const int parts = size / PART + (size % PART > 0);
  inParallel(parts, [&](int part) { f(part * PART, part + 1 < parts ? (part + 1) * PART : size); });
}

template <class F>
inline void mapValues(int size, const float* x, float* y, const F& f) {
  inParts(size, [&](int first, int end) {
    int i = first;
    for (; i + W <= end; i += W) store(y + i, f(load(x + i)));
    if (i < end) storePart(y + i, f(loadPart(x + i, end - i)), end - i);
  });
}

void unary(hark::Unary operation, int size, float parameter, const float* x, float* y) {
  const auto map = [&](const auto& f) { mapValues(size, x, y, f); };
  const V one = splat(1.0f);
  switch (operation) {
    case hark::NEGATE: return map([](V a) { return -a; });
    case hark::ABSOLUTE: return map([](V a) { return (V)((I)a & 0x7fffffff); });
    case hark::SQUARE: return map([](V a) { return a * a; });
    case hark::ROOT: return map(rootOf);
    case hark::INVERSE_ROOT: return map([=](V a) { return one / rootOf(a); });
    case hark::RECIPROCAL: return map([=](V a) { return one / a; });
    case hark::EXPONENTIAL: return map(exponential);
    case hark::LOGARITHM: return map(logOf);
    case hark::LOGISTIC: return map(sigmoid);
    case hark::HYPERBOLIC_TANGENT: return map(tanhOf);
    case hark::POSITIVE: return map([](V a) { return a < 0 ? V{} : a; });
    case hark::STEP: return map([=](V a) { return a <= 0 ? V{} : a > 0 ? one : a; });
    case hark::ELU: return map([=](V a) { return a < 0 ? exponential(a) - one : a; });
    case hark::LEAKY: {
      const V slope = splat(parameter);
      return map([=](V a) { return a < 0 ? a * slope : a; });
    }
  }
}

// One row of a result; each factor moves on by 1, or stays (0).
template <class F>
inline void combineRow(int size, const float* a, int stepA, const float* b, int stepB, float* y, const F& f) {
  const V fixedA = splat(a[0]), fixedB = splat(b[0]);
  const auto from = [](const float* p, int step, V fixed, int i) { return step ? load(p + i) : fixed; };
  int i = 0;
  for (; i + W <= size; i += W) store(y + i, f(from(a, stepA, fixedA, i), from(b, stepB, fixedB, i)));
  if (i < size) storePart(y + i, f(stepA ? loadPart(a + i, size - i) : fixedA, stepB ? loadPart(b + i, size - i) : fixedB), size - i);
}

template <class F>
void combine(const hark::Broadcast& s, const float* a, const float* b, float* y, const F& f) {
  const int last = s.rank - 1, inner = s.size[last];
  int rows = 1;
  for (int axis = 0; axis < last; axis++) rows *= s.size[axis];
  if (rows == 1)
    return inParts(inner, [&](int first, int end) {
      combineRow(end - first, a + first * s.stepA[last], s.stepA[last], b + first * s.stepB[last], s.stepB[last], y + first, f);
    });
  const int block = inner < PART ? PART / inner : 1, blocks = (rows + block - 1) / block;
  inParallel(blocks, [&](int index) {
    const int end = (index + 1) * block < rows ? (index + 1) * block : rows;
    for (int row = index * block; row < end; row++) {
      size_t atA = 0, atB = 0;
      for (int axis = last - 1, rest = row; axis >= 0; rest /= s.size[axis], axis--) {
        const size_t place = rest % s.size[axis];
        atA += place * s.stepA[axis];
        atB += place * s.stepB[axis];
      }
      combineRow(inner, a + atA, s.stepA[last], b + atB, s.stepB[last], y + size_t(row) * inner, f);
    }
  });
}

void binary(hark::Binary operation, const hark::Broadcast& s, const float* a, const float* b, float* y) {
  const auto with = [&](const auto& f) { combine(s, a, b, y, f); };
  switch (operation) {
    case hark::ADD: return with([](V p, V q) { return p + q; });
    case hark::SUBTRACT: return with([](V p, V q) { return p - q; });
    case hark::MULTIPLY: return with([](V p, V q) { return p * q; });
    case hark::DIVIDE: return with([](V p, V q) { return p / q; });
    case hark::MAXIMUM: return with([](V p, V q) { return q == q ? more(p, q) : q; });
    case hark::MINIMUM: return with([](V p, V q) { return q == q ? fewer(p, q) : q; });
    case hark::SQUARED_DIFFERENCE: return with([](V p, V q) { return (p - q) * (p - q); });
  }
}

void select(int count, int inner, const uint8_t* condition, const float* a, const float* b, float* y) {
  if (inner == 1)
    return inParts(count, [=](int first, int end) {
      for (int i = first; i < end; i++) y[i] = condition[i] ? a[i] : b[i];
    });
  inParts(count, [=](int first, int end) {
    for (int i = first; i < end; i++) memcpy(y + size_t(i) * inner, (condition[i] ? a : b) + size_t(i) * inner, inner * sizeof(float));
  });
}

}  // namespace
