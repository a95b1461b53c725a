// The inner kernels of all matrix products, which hold a tile of the result in registers.
#pragma once
#include "vector.h"

namespace {

// A tile of ROWS x COLS vectors of a product whose right factor lies in panels of COLS vectors.
constexpr int COLS = REGISTERS == 32 ? 4 : 2;
constexpr int ROWS = 6;
constexpr int PANEL = COLS * W;

// acc[r][FROM + n] += a[r][k] * b[k][n] over k; b in rows of N vectors.
template <int R, int N, int FROM = 0, int ALL = N>
inline void multiplyRows(V (&acc)[R][ALL], const float* const (&a)[R], const float* b, int depth) {
  const float* row[R];
  for (int r = 0; r < R; r++) row[r] = a[r];
  for (int k = 0; k < depth; k++, b += N * W) {
    V right[N];
#pragma GCC unroll 8
    for (int n = 0; n < N; n++) right[n] = load(b + n * W);
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      V left = splat(row[r][k]);
#pragma GCC unroll 8
      for (int n = 0; n < N; n++) acc[r][FROM + n] += left * right[n];
    }
  }
}

// acc[r][n] += a[k][r] * b[k][n] over k: the left factor transposed.
template <int R, int N>
inline void multiplyColumns(V (&acc)[R][N], const float* a, int aStride, const float* b, int bStride, int depth) {
  for (int k = 0; k < depth; k++, a += aStride, b += bStride) {
    V right[N];
#pragma GCC unroll 8
    for (int n = 0; n < N; n++) right[n] = load(b + n * W);
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      V left = splat(a[r]);
#pragma GCC unroll 8
      for (int n = 0; n < N; n++) acc[r][n] += left * right[n];
    }
  }
}

// Depth of a slab of the right factor: a panel of it stays in the nearest cache.
constexpr int SLAB = 256;

}  // namespace
