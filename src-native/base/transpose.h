// Rows into columns, within registers.
#pragma once
#include <utility>

#include "vector.h"

namespace {

// Lane i of the result is lane FROM(i) of a and b put together.
#if defined(__clang__) || __GNUC__ >= 12
template <class From, int... N>
inline V shuffled(V a, V b, std::integer_sequence<int, N...>) {
  return __builtin_shufflevector(a, b, From::at(N)...);
}
#else
template <class From, int... N>
inline V shuffled(V a, V b, std::integer_sequence<int, N...>) {
  return __builtin_shuffle(a, b, I{From::at(N)...});
}
#endif
template <class From>
inline V shuffle(V a, V b) {
  return shuffled<From>(a, b, std::make_integer_sequence<int, W>{});
}

// Within each 128 bits, which a shuffle need not leave: a0 b0 a1 b1, or (UPPER) a2 b2 a3 b3.
template <bool UPPER>
struct Zip {
  static constexpr int at(int i) { return i / 4 * 4 + i % 4 / 2 + (UPPER ? 2 : 0) + i % 2 * W; }
};
// a0 a1 b0 b1, or a2 a3 b2 b3.
template <bool UPPER>
struct ZipPairs {
  static constexpr int at(int i) { return i / 4 * 4 + i % 2 + (UPPER ? 2 : 0) + i % 4 / 2 * W; }
};
// The lower (upper) half of a, then that of b.
template <bool UPPER>
struct Halves {
  static constexpr int at(int i) { return i % (W / 2) + (UPPER ? W / 2 : 0) + i / (W / 2) * W; }
};
// Blocks of 128 bits: a0 b0 a1 b1, or a2 b2 a3 b3.
template <bool UPPER>
struct ZipBlocks {
  static constexpr int at(int i) { return i % 4 + (i / 8 + (UPPER ? W / 8 : 0)) * 4 + i / 4 % 2 * W; }
};

// v[r] lane c becomes v[c] lane r.
inline void transpose(V (&v)[W]) {
  // 4 x 4 within each 128 bits.
#pragma GCC unroll 4
  for (int r = 0; r < W; r += 4) {
    V low = shuffle<Zip<false>>(v[r], v[r + 1]), high = shuffle<Zip<true>>(v[r], v[r + 1]);
    V lower = shuffle<Zip<false>>(v[r + 2], v[r + 3]), higher = shuffle<Zip<true>>(v[r + 2], v[r + 3]);
    v[r] = shuffle<ZipPairs<false>>(low, lower);
    v[r + 1] = shuffle<ZipPairs<true>>(low, lower);
    v[r + 2] = shuffle<ZipPairs<false>>(high, higher);
    v[r + 3] = shuffle<ZipPairs<true>>(high, higher);
  }
  if constexpr (W == 8) {
#pragma GCC unroll 4
    for (int c = 0; c < 4; c++) {
      V a = v[c], b = v[c + 4];
      v[c] = shuffle<Halves<false>>(a, b);
      v[c + 4] = shuffle<Halves<true>>(a, b);
    }
  }
  if constexpr (W == 16) {
#pragma GCC unroll 4
    for (int c = 0; c < 4; c++) {
      V low = shuffle<ZipBlocks<false>>(v[c], v[c + 4]), high = shuffle<ZipBlocks<true>>(v[c], v[c + 4]);
      V lower = shuffle<ZipBlocks<false>>(v[c + 8], v[c + 12]), higher = shuffle<ZipBlocks<true>>(v[c + 8], v[c + 12]);
      v[c] = shuffle<Halves<false>>(low, lower);
      v[c + 4] = shuffle<Halves<true>>(low, lower);
      v[c + 8] = shuffle<Halves<false>>(high, higher);
      v[c + 12] = shuffle<Halves<true>>(high, higher);
    }
  }
}

}  // namespace
