// The general matrix product.
#pragma once
#include "../base/tiles.h"

namespace {

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
