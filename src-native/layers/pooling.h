// Pooling over time, dropout: plain loops that the compiler vectorises.
#pragma once
#include "../base/random-bits.h"
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

// Zero beyond a length.
void poolGradient(hark::Pooling kind, int batch, int time, int size, const int* lengths, const float* dy, const int* best, float* dx) {
  inParallel(batch, [&](int b) {
    const int length = lengths[b];
    const float* from = dy + size_t(b) * size;
    float* to = dx + size_t(b) * time * size;
    const int whole = kind == hark::MEAN ? length : 0;  // frames that get all of it
    memset(to + size_t(whole) * size, 0, size_t(time - whole) * size * sizeof(float));
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

// The bits of src-main/engine/dropout.ts.
void dropout(int size, uint32_t key, uint32_t threshold, float scale, const float* x, float* y) {
  inParts(size, [=](int first, int end) {
    // Locals, which no store to y can change.
    const float* __restrict from = x;
    float* __restrict to = y;
    const uint32_t ownKey = key, least = threshold;
    const float factor = scale;
    for (int i = first; i < end; i++) {
      to[i] = from[i] * (randomBits(ownKey, uint32_t(i)) >= least ? factor : 0.0f);
    }
  });
}

}  // namespace
