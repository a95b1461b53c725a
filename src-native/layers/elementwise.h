// Pooling over time, dropout, arithmetic by element: plain loops that the compiler vectorises.
#pragma once
#include "../base/vector.h"

namespace {

// y [batch, size] from the first lengths[b] frames of x [batch, time, size]. best: for MAX, the frame each maximum stands in.
void pool(hark::Pooling kind, int, int time, int size, const int* lengths, const float* x, float* y, int* best, int b) {
  const int length = lengths[b];
  const float* frames = x + size_t(b) * time * size;
  float* out = y + size_t(b) * size;
  memcpy(out, frames + (kind == hark::LAST ? size_t(length - 1) * size : 0), size * sizeof(float));
  if (kind == hark::LAST) return;
  if (kind == hark::MEAN) {
    for (int t = 1; t < length; t++)
      for (int i = 0; i < size; i++) out[i] += frames[size_t(t) * size + i];
    for (int i = 0; i < size; i++) out[i] /= float(length);
    return;
  }
  int* at = best + size_t(b) * size;
  for (int i = 0; i < size; i++) at[i] = 0;
  for (int t = 1; t < length; t++)
    for (int i = 0; i < size; i++) {
      const float value = frames[size_t(t) * size + i];
      const bool more = value > out[i];
      out[i] = more ? value : out[i];
      at[i] = more ? t : at[i];
    }
}
void pool(hark::Pooling kind, int batch, int time, int size, const int* lengths, const float* x, float* y, int* best) {
  inParallel(batch, [&](int b) { pool(kind, batch, time, size, lengths, x, y, best, b); });
}

// dx is all zeros at first.
void poolGradient(hark::Pooling kind, int batch, int time, int size, const int* lengths, const float* dy, const int* best, float* dx) {
  inParallel(batch, [&](int b) {
    const int length = lengths[b];
    const float* from = dy + size_t(b) * size;
    float* to = dx + size_t(b) * time * size;
    if (kind == hark::LAST) memcpy(to + size_t(length - 1) * size, from, size * sizeof(float));
    if (kind == hark::MEAN)
      for (int t = 0; t < length; t++)
        for (int i = 0; i < size; i++) to[size_t(t) * size + i] = from[i] / float(length);
    if (kind == hark::MAX)
      for (int i = 0; i < size; i++) to[size_t(best[size_t(b) * size + i]) * size + i] = from[i];
  });
}

// Runs f(first, end) over 0..size in parts that stay in the nearest cache.
template <class F>
void inParts(int size, const F& f) {
  constexpr int PART = 1 << 14;
  const int parts = size / PART + (size % PART > 0);
  inParallel(parts, [&](int part) { f(part * PART, part + 1 < parts ? (part + 1) * PART : size); });
}

// y = a op b, or op a. Not a number stays so (a comparison with it is false).
void elementwise(hark::Operation operation, int size, const float* a, const float* b, float* y) {
  const auto each = [&](const auto& f) {
    inParts(size, [=](int first, int end) {
      const auto own = f;
      for (int i = first; i < end; i++) y[i] = own(i);
    });
  };
  if (operation == hark::ADD) each([=](int i) { return a[i] + b[i]; });
  if (operation == hark::SUBTRACT) each([=](int i) { return a[i] - b[i]; });
  if (operation == hark::MULTIPLY) each([=](int i) { return a[i] * b[i]; });
  if (operation == hark::RELU) each([=](int i) { return a[i] < 0 ? 0.0f : a[i]; });
  if (operation == hark::STEP) each([=](int i) { return a[i] <= 0 ? 0.0f : a[i] > 0 ? 1.0f : a[i]; });
}

// y [columns] = sums of x [rows, columns] over its rows.
void columnSums(int rows, int columns, const float* x, float* y) {
  memset(y, 0, columns * sizeof(float));
  for (int row = 0; row < rows; row++)
    for (int i = 0; i < columns; i++) y[i] += x[size_t(row) * columns + i];
}

// The bits of src-main/engine/dropout.ts.
void dropout(int size, uint32_t key, uint32_t threshold, float scale, const float* x, float* y) {
  inParts(size, [=](int first, int end) {
    // Locals, which no store to y can change.
    const float* __restrict from = x;
    float* __restrict to = y;
    const uint32_t ownKey = key, least = threshold;
    const float factor = scale;
    for (int i = first; i < end; i++) {
      uint32_t z = ownKey + (uint32_t(i) + 1) * 0x9e3779b9u;
      z = (z ^ (z >> 16)) * 0x21f0aaadu;
      z = (z ^ (z >> 15)) * 0x735a2d97u;
      z ^= z >> 15;
      to[i] = from[i] * (z >= least ? factor : 0.0f);
    }
  });
}

}  // namespace
