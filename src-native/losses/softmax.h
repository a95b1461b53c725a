// The logarithm of softmax, row by row: ln softmax(z)[c] = (z[c] - most) - logSum.
#pragma once
#include <cmath>

#include "../base/exponential.h"

namespace {

// f(first, count, seen) for each vector of a row. A row shorter than a vector is one of `count` values; the last vector of a
// longer one ends with the row, and its first `seen` values were in the one before.
template <class F>
inline void eachVector(int size, const F& f) {
  if (size < W) return f(0, size, 0);
  int i = 0;
  for (; i + W <= size; i += W) f(i, W, 0);
  if (i < size) f(size - W, W, i + W - size);
}

// As loadPart, with another value for the lanes beyond `count`.
inline V loadPart(const float* p, int count, float beyond) {
  if (count >= W) return load(p);
  float all[W];
  for (int i = 0; i < W; i++) all[i] = i < count ? p[i] : beyond;
  return load(all);
}

// Zero in the lanes that were seen.
inline V unseen(V x, int seen) {
  if (seen == 0) return x;
  I lane;
  for (int i = 0; i < W; i++) lane[i] = i;
  return lane >= seen ? x : splat(0);
}

// All lanes in one, by halves.
template <class F>
inline float fold(V x, const F& f) {
  float all[W];
  store(all, x);
#pragma GCC unroll 8
  for (int half = W / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) all[i] = f(all[i], all[i + half]);
  return all[0];
}
inline float sumOf(V x) {
  return fold(x, [](float a, float b) { return a + b; });
}

struct RowSum {
  float most;    // the row's largest value
  float logSum;  // ln sum e^(z - most)
};

inline RowSum sumRow(const float* z, int size) {
  V most = splat(-INFINITY);
  eachVector(size, [&](int i, int count, int) { most = greatest(most, loadPart(z + i, count, -INFINITY)); });
  RowSum row{fold(most, [](float a, float b) { return a > b ? a : b; }), 0};
  V sum = splat(0);
  eachVector(size, [&](int i, int count, int seen) {
    sum += unseen(exponential(loadPart(z + i, count, -INFINITY) - splat(row.most)), seen);
  });
  row.logSum = std::log(sumOf(sum));
  return row;
}

}  // namespace
