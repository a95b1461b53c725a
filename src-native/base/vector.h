// Vectors of W floats by the compilers' vector extensions, and the functions the gates need. Everything here has internal
// linkage: each instruction set gets its own.
#pragma once
#include <cstdint>
#include <cstring>

#include "memory.h"
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
// For arithmetic on the bits of numbers: where it overflows it goes round, which of signed integers is undefined.
typedef uint32_t U __attribute__((vector_size(W * 4)));
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

// Where b is not a number, so is the result.
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
  U power = ((U)shifted + (127u - 0x4b400000u)) << 23;
  return {(V)power, r};
}
// (e^r - 1 - r) / r^2 by its Taylor series to r^7, below 1e-8 on the reduced range. Estrin's scheme: pairs first, for a shorter
// chain than Horner's.
inline V tail(V r, V square) {
  V p = (splat(1.0f / 5040) * r + splat(1.0f / 720)) * square + (splat(1.0f / 120) * r + splat(1.0f / 24));
  return p * square + (splat(1.0f / 6) * r + splat(0.5f));
}

template <int N>
struct Size {
  static constexpr int value = N;
};

// N vectors side by side, each step for all of them: while one waits for a result, the others go on. (A chain of one is three
// times as slow as its arithmetic.)
#define HARK_EACH _Pragma("GCC unroll 12") for (int i = 0; i < N; i++)
constexpr int ABREAST = 3;  // more would not fit into the registers

// Runs f(x + 0.., Size<n>) over N vectors, a few abreast.
template <int N, class F>
inline void inGroups(V* x, const F& f) {
  for (int i = 0; i + ABREAST <= N; i += ABREAST) f(x + i, Size<ABREAST>{});
  if constexpr (N % ABREAST > 0) f(x + N / ABREAST * ABREAST, Size<N % ABREAST>{});
}

// x[i] := e^x[i] - scale[i], which keeps its precision near zero, where scale is 1.
template <int N>
inline void exponentialOfEach(V* x, V* scale) {
  V r[N];
  HARK_EACH {
    Reduced e = reduce(x[i]);
    scale[i] = e.scale;
    r[i] = e.r;
  }
  HARK_EACH {
    V square = r[i] * r[i];
    x[i] = scale[i] * (tail(r[i], square) * square + r[i]);
  }
}

// 1 / (1 + e^-x), relative error below 3e-7 where it is not a denormal.
template <int COUNT>
inline void sigmoidOfEach(V (&all)[COUNT]) {
  inGroups<COUNT>(all, [](V* x, auto size) {
    constexpr int N = size.value;
    V e[N], scale[N];
    HARK_EACH e[i] = least(splat(87.0f), greatest(splat(-87.0f), -x[i]));
    exponentialOfEach<N>(e, scale);
    HARK_EACH x[i] = splat(1.0f) / (splat(1.0f) + (e[i] + scale[i]));
  });
}

// tanh x = -m / (2 + m) with m = e^(-2|x|) - 1, which keeps its precision near zero.
template <int COUNT>
inline void tanhOfEach(V (&all)[COUNT]) {
  inGroups<COUNT>(all, [](V* x, auto size) {
    constexpr int N = size.value;
    const I minus = (I)splat(-0.0f);
    V m[N], scale[N];
    HARK_EACH m[i] = least(splat(20.0f), (V)((I)x[i] & ~minus)) * splat(-2.0f);
    exponentialOfEach<N>(m, scale);
    HARK_EACH {
      m[i] = m[i] + (scale[i] - splat(1.0f));
      x[i] = (V)((I)(-m[i] / (m[i] + splat(2.0f))) ^ ((I)x[i] & minus));
    }
  });
}

inline V sigmoid(V x) {
  V one[1] = {x};
  sigmoidOfEach(one);
  return one[0];
}
inline V tanhOf(V x) {
  V one[1] = {x};
  tanhOfEach(one);
  return one[0];
}

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

// What will be needed soon, asked for bit by bit between pieces of arithmetic: the processor's own prefetcher does not follow
// jumps from row to row. Some of it at each call of `some`.
template <int RANGES>
class Ahead {
 public:
  void add(const float* from, size_t floats) {
    if (count_ < RANGES && floats > 0) lines_ += (ends_[count_] = (floats + LINE - 1) / LINE), starts_[count_++] = from;
  }
  // Cut what was added into `pieces`.
  void cut(int pieces) { piece_ = int(lines_ / (pieces > 0 ? pieces : 1)) + 1; }
  void some() {
    for (int i = 0; i < piece_ && range_ < count_; i++) {
      __builtin_prefetch(starts_[range_] + at_ * LINE, 0, 0);
      if (++at_ == ends_[range_]) at_ = 0, range_++;
    }
  }

 private:
  static constexpr size_t LINE = 16;  // floats
  const float* starts_[RANGES];
  size_t ends_[RANGES], lines_ = 0, at_ = 0;
  int count_ = 0, range_ = 0, piece_ = 0;
};

// Memory for one call.
struct Scratch {
  float* at;
  explicit Scratch(size_t floats) : at(hark::allocate(floats)) {}
  ~Scratch() { hark::release(at); }
  Scratch(const Scratch&) = delete;
};

}  // namespace
