// Sums over a run of numbers, in one order whoever computes them.
#pragma once
#include "vector.h"

namespace {

// How `total` reads: a vector of each array from place i, or the one value there.
struct ReadVector {
  int i;
  V operator()(const float* p) const { return load(p + i); }
  V operator()(float constant) const { return splat(constant); }
};
struct ReadOne {
  int i;
  float operator()(const float* p) const { return p[i]; }
  float operator()(float constant) const { return constant; }
};

// The sum of f(read) over places 0..size.
template <class F>
inline float total(int size, const F& f) {
  V sums[4] = {};
  int i = 0;
  for (; i + 4 * W <= size; i += 4 * W)
    for (int n = 0; n < 4; n++) sums[n] += f(ReadVector{i + n * W});
  for (; i + W <= size; i += W) sums[0] += f(ReadVector{i});
  float lanes[W];
  store(lanes, (sums[0] + sums[1]) + (sums[2] + sums[3]));
  float sum = 0;
  for (int lane = 0; lane < W; lane++) sum += lanes[lane];
  for (; i < size; i++) sum += f(ReadOne{i});
  return sum;
}

}  // namespace
