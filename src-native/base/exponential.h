// The exponential of a vector of floats, for all of them.
#pragma once
#include <limits>

#include "vector.h"

namespace {

constexpr float INFINITE = std::numeric_limits<float>::infinity();

// e^x, relative error below 6e-7 (2e-7 up to 80); 0 where it would be denormal. Not a number stays so.
inline V exponential(V x) {
  // Beyond 80 the square of its root: 2^128, which the reduction would need, is no float.
  const V half = x > splat(80.0f) ? x * splat(0.5f) : x;
  const Reduced e = reduce(least(splat(80.0f), greatest(splat(-87.33655f), half)));
  const V square = e.r * e.r;
  // Scaled last: what is added to 1 would be a denormal before.
  V y = (tail(e.r, square) * square + e.r + splat(1.0f)) * e.scale;
  y = x > splat(80.0f) ? y * y : y;
  y = x > splat(88.72283f) ? splat(INFINITE) : y;
  y = x < splat(-87.33655f) ? V{} : y;
  return x == x ? y : x;
}

}  // namespace
