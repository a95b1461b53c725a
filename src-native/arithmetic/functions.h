// Elementary functions on vectors, beside those of base/.
#pragma once
#include <limits>

#include "../base/exponential.h"

namespace {

// ln x: x = 2^e m with m in [sqrt 1/2, sqrt 2), then ln m = 2 artanh((m - 1) / (m + 1)) by its series.
inline V logarithm(V x) {
  const I raised = (I)((U)x - 0x3f3504f3u);
  const I power = raised >> 23;
  const V m = (V)((raised & 0x007fffff) + 0x3f3504f3);
  const V s = (m - splat(1.0f)) / (m + splat(1.0f)), z = s * s;
  V p = splat(1.0f / 9) * z + splat(1.0f / 7);
  p = p * z + splat(1.0f / 5);
  p = p * z + splat(1.0f / 3);
  const V e = __builtin_convertvector(power, V);
  // ln 2 in two parts, the first of them exact times e.
  const V y = e * splat(0.693359375f) + (splat(2.0f) * s + (splat(2.0f) * s * z * p - e * splat(2.12194440e-4f)));
  const V edge = x == 0 ? splat(-INFINITE) : x < 0 ? splat(std::numeric_limits<float>::quiet_NaN()) : x;
  return (x > 0) & (x < INFINITE) ? y : edge;
}

inline V rootOf(V x) {
  float values[W];
  store(values, x);
  for (int i = 0; i < W; i++) values[i] = __builtin_sqrtf(values[i]);
  return load(values);
}

template <class F>
inline float fold(V v, const F& f) {
  float all[W];
  store(all, v);
  float result = all[0];
  for (int i = 1; i < W; i++) result = f(splat(result), splat(all[i]))[0];
  return result;
}

// Not a number is more, and less, than all.
inline V more(V a, V b) { return (a > b) | (a != a) ? a : b; }
inline V fewer(V a, V b) { return (a < b) | (a != a) ? a : b; }

}  // namespace
