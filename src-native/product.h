// Matrix products: two inner kernels that hold a tile of the result in registers, and the general product on them.
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

// c = op(a) op(b) + bias. Each element is summed in the order of k, whoever computes it: the same on any number of threads.
void product(const hark::Product& p) {
  int panels = (p.n + PANEL - 1) / PANEL;
  Scratch packed(size_t(panels) * PANEL * (p.k ? p.k : 1));
  inParallel(panels, [&](int panel) {
    float* to = packed.at + size_t(panel) * PANEL * p.k;
    int first = panel * PANEL;
    int width = p.n - first < PANEL ? p.n - first : PANEL;
    for (int k = 0; k < p.k; k++, to += PANEL) {
      for (int n = 0; n < width; n++) to[n] = p.transposeB ? p.b[size_t(first + n) * p.k + k] : p.b[size_t(k) * p.n + first + n];
      for (int n = width; n < PANEL; n++) to[n] = 0;
    }
  });
  constexpr int BLOCK = ROWS * 4;
  int blocks = (p.m + BLOCK - 1) / BLOCK;
  inParallel(blocks, [&](int block) {
    int firstRow = block * BLOCK;
    int rows = p.m - firstRow < BLOCK ? p.m - firstRow : BLOCK;
    for (int slab = 0; slab == 0 || slab < p.k; slab += SLAB) {
      int depth = p.k - slab < SLAB ? p.k - slab : SLAB;
      for (int panel = 0; panel < panels; panel++) {
        const float* right = packed.at + (size_t(panel) * p.k + slab) * PANEL;
        int column = panel * PANEL;
        inTiles<ROWS>(rows, [&](int tile, auto size) {
          constexpr int R = size.value;
          int row = firstRow + tile;
          V acc[R][COLS];
          for (int r = 0; r < R; r++)
            for (int n = 0; n < COLS; n++) {
              int left = p.n - column - n * W;
              const float* from = slab > 0 ? p.c + size_t(row + r) * p.n : p.bias;
              acc[r][n] = from && left > 0 ? loadPart(from + column + n * W, left) : V{};
            }
          if (p.transposeA) {
            multiplyColumns<R, COLS>(acc, p.a + size_t(slab) * p.m + row, p.m, right, PANEL, depth);
          } else {
            const float* a[R];
            for (int r = 0; r < R; r++) a[r] = p.a + size_t(row + r) * p.k + slab;
            multiplyRows<R, COLS>(acc, a, right, depth);
          }
          for (int r = 0; r < R; r++)
            for (int n = 0; n < COLS; n++) {
              int left = p.n - column - n * W;
              if (left > 0) storePart(p.c + size_t(row + r) * p.n + column + n * W, acc[r][n], left);
            }
        });
      }
    }
  });
}

}  // namespace
