// Logarithms, powers and roots of vectors.
#pragma once
#include <cmath>

#include "vector.h"

namespace {

// ln x, within 1.2e-7 of the larger of 1 and its size; -infinity for 0 and denormals, not a number below. x = m 2^n with m from
// sqrt(1/2) to sqrt(2), and ln m by the polynomial of Moshier's Cephes library (logf).
inline V logOf(V x) {
  const U bits = (U)x;
  const I n = (I)(bits - 0x3f3504f3u) >> 23;
  const V r = (V)(bits - ((U)n << 23)) - splat(1.0f);
  const V power = __builtin_convertvector(n, V);
  V p = splat(7.0376836292e-2f) * r + splat(-1.1514610310e-1f);
  p = p * r + splat(1.1676998740e-1f);
  p = p * r + splat(-1.2420140846e-1f);
  p = p * r + splat(1.4249322787e-1f);
  p = p * r + splat(-1.6668057665e-1f);
  p = p * r + splat(2.0000714765e-1f);
  p = p * r + splat(-2.4999993993e-1f);
  p = p * r + splat(3.3333331174e-1f);
  const V square = r * r;
  // ln 2 in two parts, the first exact.
  V y = p * r * square + power * splat(-2.12194440e-4f) - splat(0.5f) * square;
  y = r + y + power * splat(0.693359375f);
  y = x < splat(1.17549435e-38f) ? (x < 0 ? splat(NAN) : splat(-INFINITY)) : y;
  // Infinity and not a number are their own.
  return x <= splat(3.40282347e38f) ? y : x;
}

// x^p for x >= 0 and p > 0, from 1e-38 to 1e38 (there it stops); its relative error is about 1e-7 ln(x^p).
inline V powOf(V x, float p) {
  const V y = splat(p) * logOf(x);
  const Reduced e = reduce(least(greatest(y, splat(-87.0f)), splat(87.0f)));
  const V square = e.r * e.r;
  // Scaled last: what is added to 1 would be a denormal before.
  const V power = (tail(e.r, square) * square + e.r + splat(1.0f)) * e.scale;
  return y < splat(-87.0f) ? V{} : y == y ? power : y;
}

inline V rootOf(V x) {
  V y;
  for (int i = 0; i < W; i++) y[i] = __builtin_sqrtf(x[i]);
  return y;
}

}  // namespace
