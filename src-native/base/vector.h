// Vectors of W floats by the compilers' vector extensions, and the functions the gates need. Everything here has internal
// linkage: each instruction set gets its own.
#pragma once
#include <cstdint>
#include <cstring>

#include "pool.h"

namespace {

#if defined(__AVX512F__)
constexpr int W = 16;
constexpr int REGISTERS = 32;
#elif defined(__AVX__)
constexpr int W = 8;
constexpr int REGISTERS = 16;
#elif defined(__aarch64__)
constexpr int W = 4;
constexpr int REGISTERS = 32;
#else
constexpr int W = 4;
constexpr int REGISTERS = 16;
#endif

typedef float V __attribute__((vector_size(W * 4)));
typedef int32_t I __attribute__((vector_size(W * 4)));
typedef float Unaligned __attribute__((vector_size(W * 4), aligned(4), may_alias));

#if defined(__AVX512F__)
inline V splat(float s) { return V{s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s}; }
#elif defined(__AVX__)
inline V splat(float s) { return V{s, s, s, s, s, s, s, s}; }
#else
inline V splat(float s) { return V{s, s, s, s}; }
#endif
inline V load(const float* p) { return *reinterpret_cast<const Unaligned*>(p); }
inline void store(float* p, V v) { *reinterpret_cast<Unaligned*>(p) = v; }

// The first `count` of W values (all, if there are more); the others read as zero and are not written.
inline V loadPart(const float* p, int count) {
  if (count >= W) return load(p);
  float all[W] = {};
  for (int i = 0; i < count; i++) all[i] = p[i];
  return load(all);
}
inline void storePart(float* p, V v, int count) {
  if (count >= W) return store(p, v);
  float all[W];
  store(all, v);
  for (int i = 0; i < count; i++) p[i] = all[i];
}

inline V least(V a, V b) { return a < b ? a : b; }
inline V greatest(V a, V b) { return a > b ? a : b; }

// x = n ln 2 + r with |r| <= ln 2 / 2. Adding 1.5 * 2^23 leaves n in the low bits (so never compile this with -ffast-math).
struct Reduced {
  V scale, r;
};
inline Reduced reduce(V x) {
  const V shifter = splat(12582912.0f);
  V shifted = x * splat(1.44269504f) + shifter;
  V n = shifted - shifter;
  V r = x - n * splat(0.693359375f);
  r = r + n * splat(2.12194440e-4f);
  I power = ((I)shifted + (127 - 0x4b400000)) << 23;
  return {(V)power, r};
}
// (e^r - 1 - r) / r^2 by its Taylor series to r^7: below 1e-8 on the reduced range.
inline V tail(V r) {
  V p = splat(1.0f / 5040) * r + splat(1.0f / 720);
  p = p * r + splat(1.0f / 120);
  p = p * r + splat(1.0f / 24);
  p = p * r + splat(1.0f / 6);
  return p * r + splat(0.5f);
}

// 1 / (1 + e^-x), relative error below 3e-7 where it is not a denormal.
inline V sigmoid(V x) {
  Reduced e = reduce(least(greatest(-x, splat(-87.0f)), splat(87.0f)));
  V power = e.scale * (tail(e.r) * e.r * e.r + e.r) + e.scale;
  return splat(1.0f) / (splat(1.0f) + power);
}

// tanh x = -m / (2 + m) with m = e^(-2|x|) - 1, which keeps its precision near zero.
inline V tanhOf(V x) {
  V size = x < 0 ? -x : x;
  Reduced e = reduce(least(size, splat(20.0f)) * splat(-2.0f));
  V m = e.scale * (tail(e.r) * e.r * e.r + e.r) + (e.scale - splat(1.0f));
  V y = -m / (m + splat(2.0f));
  return x < 0 ? -y : y;
}

template <int N>
struct Size {
  static constexpr int value = N;
};
// Calls f(Size<n>) for a size known at run time, 1..MAX.
template <int MAX, class F>
inline void withSize(int n, const F& f) {
  if constexpr (MAX > 0) {
    if (n == MAX) f(Size<MAX>{});
    else withSize<MAX - 1>(n, f);
  }
}
// Cuts 0..count into the fewest parts of at most MAX, as even as can be: f(first, Size<n>).
template <int MAX, class F>
inline void inTiles(int count, const F& f) {
  int tiles = (count + MAX - 1) / MAX;
  for (int tile = 0, first = 0; tile < tiles; tile++) {
    int size = (count - first + tiles - tile - 1) / (tiles - tile);
    withSize<MAX>(size, [&](auto n) { f(first, n); });
    first += size;
  }
}

constexpr int roundUp(int n, int step) { return (n + step - 1) / step * step; }

// Runs f(index) for each index on the pool.
template <class F>
inline void inParallel(int count, const F& f) {
  hark::parallel(count, [](void* context, int index) { (*static_cast<const F*>(context))(index); }, const_cast<F*>(&f));
}

// Memory for one call.
struct Scratch {
  float* at;
  explicit Scratch(size_t floats) : at(hark::allocate(floats)) {}
  ~Scratch() { hark::release(at); }
  Scratch(const Scratch&) = delete;
};

}  // namespace
