// Sums, means and extremes along a run of axes, and softmax along the last.
#pragma once
#include "elementwise.h"

namespace {

// The sum (f: what two values become) of a row: in four strands of vectors, which are joined in a fixed order.
template <class F>
inline float foldRow(const float* x, int count, const F& f) {
  if (count < W) {
    float result = x[0];
    for (int i = 1; i < count; i++) result = f(splat(x[i]), splat(result))[0];
    return result;
  }
  const int strands = count / W < 4 ? count / W : 4;
  V acc[4];
  for (int s = 0; s < strands; s++) acc[s] = load(x + s * W);
  int i = strands * W;
  if (strands == 4)
    for (; i + 4 * W <= count; i += 4 * W)
      for (int s = 0; s < 4; s++) acc[s] = f(load(x + i + s * W), acc[s]);
  for (; i + W <= count; i += W) acc[0] = f(load(x + i), acc[0]);
  for (int s = 1; s < strands; s++) acc[0] = f(acc[s], acc[0]);
  float result = fold(acc[0], [&](V a, V b) { return f(b, a); });
  for (; i < count; i++) result = f(splat(x[i]), splat(result))[0];
  return result;
}

// y [inner] of x [count, inner].
template <class F>
inline void foldRows(const float* x, int count, int inner, float* y, const F& f) {
  memcpy(y, x, inner * sizeof(float));
  for (int row = 1; row < count; row++) {
    const float* from = x + size_t(row) * inner;
    int i = 0;
    for (; i + W <= inner; i += W) store(y + i, f(load(from + i), load(y + i)));
    if (i < inner) storePart(y + i, f(loadPart(from + i, inner - i), loadPart(y + i, inner - i)), inner - i);
  }
}

template <class F>
void reduceBy(int outer, int count, int inner, const float* x, float* y, const F& f) {
  if (inner == 1) {
    const int block = count < PART ? PART / count : 1;
    return inParallel((outer + block - 1) / block, [&](int index) {
      for (int row = index * block; row < outer && row < (index + 1) * block; row++) y[row] = foldRow(x + size_t(row) * count, count, f);
    });
  }
  // Many rows for one result: in slices by the sizes alone, joined in their order.
  constexpr int MOST_SLICES = 16;
  const int least = PART / inner + 1;
  int length = (count + MOST_SLICES - 1) / MOST_SLICES;
  if (length < least) length = least;
  const int slices = outer >= MOST_SLICES ? 1 : (count + length - 1) / length;
  if (slices == 1)
    return inParallel(outer, [&](int index) { foldRows(x + size_t(index) * count * inner, count, inner, y + size_t(index) * inner, f); });
  Scratch parts(size_t(outer) * slices * inner);
  inParallel(outer * slices, [&](int index) {
    const int first = index % slices * length, rows = count - first < length ? count - first : length;
    foldRows(x + (size_t(index / slices) * count + first) * inner, rows, inner, parts.at + size_t(index) * inner, f);
  });
  for (int index = 0; index < outer; index++) foldRows(parts.at + size_t(index) * slices * inner, slices, inner, y + size_t(index) * inner, f);
}

void reduce(hark::Reduction kind, int outer, int count, int inner, const float* x, float* y) {
  const auto add = [](V a, V b) { return a + b; };
  if (kind == hark::LARGEST) return reduceBy(outer, count, inner, x, y, more);
  if (kind == hark::SMALLEST) return reduceBy(outer, count, inner, x, y, fewer);
  reduceBy(outer, count, inner, x, y, add);
  if (kind == hark::MEAN_OF)
    for (size_t i = 0; i < size_t(outer) * inner; i++) y[i] /= float(count);
}

void softmax(int rows, int size, bool logarithmic, const float* x, float* y) {
  const int block = size < PART / 4 ? PART / 4 / size : 1;
  inParallel((rows + block - 1) / block, [&](int index) {
    for (int row = index * block; row < rows && row < (index + 1) * block; row++) {
      const float* from = x + size_t(row) * size;
      float* to = y + size_t(row) * size;
      const V largest = splat(foldRow(from, size, more));
      for (int i = 0; i < size; i += W) storePart(to + i, exponential(loadPart(from + i, size - i) - largest), size - i);
      const float sum = foldRow(to, size, [](V a, V b) { return a + b; });
      if (logarithmic) {
        const V shift = largest + logOf(splat(sum));
        for (int i = 0; i < size; i += W) storePart(to + i, loadPart(from + i, size - i) - shift, size - i);
      } else {
        const V share = splat(1.0f / sum);
        for (int i = 0; i < size; i += W) storePart(to + i, loadPart(to + i, size - i) * share, size - i);
      }
    }
  });
}

}  // namespace
