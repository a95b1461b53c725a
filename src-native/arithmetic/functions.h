// Elementary functions on vectors, beside those of base/.
#pragma once
#include "../base/exponential.h"
#include "../base/logarithm.h"

namespace {

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
