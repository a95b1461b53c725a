// The logarithm of softmax, row by row: ln softmax(z)[c] = (z[c] - most) - logSum.
#pragma once
#include <cmath>

#include "../base/exponential.h"

namespace {

// f(first, count) for each vector of a row, count < W at its end alone.
template <class F>
inline void eachVector(int size, const F& f) {
  for (int i = 0; i < size; i += W) f(i, size - i < W ? size - i : W);
}

// As loadPart, with another value for the lanes beyond `count`.
inline V loadPart(const float* p, int count, float beyond) {
  if (count >= W) return load(p);
  float all[W];
  for (int i = 0; i < W; i++) all[i] = i < count ? p[i] : beyond;
  return load(all);
}

struct RowSum {
  float most;    // the row's largest value
  float logSum;  // ln sum e^(z - most)
};

inline RowSum sumRow(const float* z, int size) {
  V most = splat(-INFINITY);
  eachVector(size, [&](int i, int count) { most = greatest(most, loadPart(z + i, count, -INFINITY)); });
  RowSum row{most[0], 0};
  for (int i = 1; i < W; i++) row.most = most[i] > row.most ? most[i] : row.most;
  V sum = splat(0);
  eachVector(size, [&](int i, int count) { sum += exponential(loadPart(z + i, count, -INFINITY) - splat(row.most)); });
  float total = 0;
  for (int i = 0; i < W; i++) total += sum[i];
  row.logSum = std::log(total);
  return row;
}

}  // namespace
