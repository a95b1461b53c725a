// Multiply-adds in registers alone, each of which waits for nothing but the one before it in its own chain.
#pragma once
#include "../base/vector.h"

namespace {

// Enough to hide the latency (4 or 5 cycles at two a cycle), few enough to stay in registers beside factor and term.
constexpr int CHAINS = REGISTERS == 32 ? 24 : 12;
constexpr int FLOPS_PER_REPEAT = CHAINS * W * 2;

float chains(int repeats, float factor, float term) {
  const V by = splat(factor), plus = splat(term);
  V x[CHAINS];
  for (int i = 0; i < CHAINS; i++) x[i] = splat(float(i));
  for (int repeat = 0; repeat < repeats; repeat++)
#pragma GCC unroll 24
    for (int i = 0; i < CHAINS; i++) x[i] = x[i] * by + plus;
  float sum = 0;
  for (int i = 0; i < CHAINS; i++)
    for (int lane = 0; lane < W; lane++) sum += x[i][lane];
  return sum;
}

}  // namespace
