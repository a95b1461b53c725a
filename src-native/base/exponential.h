// The exponential of vectors of floats.
#pragma once
#include "vector.h"

namespace {

// e^x for x up to 88, relative error below 2e-7; 0 below -87, and so at -infinity. Not a number stays so.
inline V exponential(V x) {
  Reduced e = reduce(greatest(splat(-87.0f), x));
  V y = e.scale * (tail(e.r) * e.r * e.r + e.r) + e.scale;
  return x < splat(-87.0f) ? splat(0.0f) : y;
}

}  // namespace
