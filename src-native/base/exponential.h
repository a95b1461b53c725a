// The exponential of vectors of floats.
#pragma once
#include "vector.h"

namespace {

// e^x for x up to 88, relative error below 2e-7; 0 below -87, and so at -infinity. Not a number stays so.
inline V exponential(V x) {
  const Reduced e = reduce(greatest(splat(-87.0f), x));
  // Taylor's series to r^7: pairs first, for a shorter chain than Horner's.
  const V r = e.r, square = r * r;
  V p = (splat(1.0f / 5040) * r + splat(1.0f / 720)) * square + (splat(1.0f / 120) * r + splat(1.0f / 24));
  p = p * square + (splat(1.0f / 6) * r + splat(0.5f));
  const V y = e.scale * (p * square + r) + e.scale;
  return x < splat(-87.0f) ? splat(0.0f) : y;
}

}  // namespace
