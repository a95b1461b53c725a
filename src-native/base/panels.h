// Packing: the right factor of a product in panels of PANEL columns, padded with zeros.
#pragma once
#include "tiles.h"

namespace {

typedef float Four __attribute__((vector_size(16)));
typedef float FourUnaligned __attribute__((vector_size(16), aligned(4), may_alias));
inline Four load4(const float* p) { return *reinterpret_cast<const FourUnaligned*>(p); }
inline void store4(float* p, Four v) { *reinterpret_cast<FourUnaligned*>(p) = v; }

// to[j][i] = from[i][j] for 4 x 4 values; rows of `fromStep` and `toStep`.
inline void transpose4(const float* from, size_t fromStep, float* to, size_t toStep) {
  const Four a = load4(from), b = load4(from + fromStep), c = load4(from + 2 * fromStep), d = load4(from + 3 * fromStep);
  const Four ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), abHigh = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Four cd = __builtin_shufflevector(c, d, 0, 4, 1, 5), cdHigh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  store4(to, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
  store4(to + toStep, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
  store4(to + 2 * toStep, __builtin_shufflevector(abHigh, cdHigh, 0, 1, 4, 5));
  store4(to + 3 * toStep, __builtin_shufflevector(abHigh, cdHigh, 2, 3, 6, 7));
}

// to [columns, rows] = from [rows, columns] transposed; rows of `fromStep` and `toStep`.
inline void transposeBlock(const float* from, size_t fromStep, float* to, size_t toStep, int rows, int columns) {
  int i = 0;
  for (; i + 4 <= rows; i += 4) {
    int j = 0;
    for (; j + 4 <= columns; j += 4) transpose4(from + i * fromStep + j, fromStep, to + j * toStep + i, toStep);
    for (; j < columns; j++)
      for (int r = 0; r < 4; r++) to[j * toStep + i + r] = from[(i + r) * fromStep + j];
  }
  for (; i < rows; i++)
    for (int j = 0; j < columns; j++) to[j * toStep + i] = from[i * fromStep + j];
}

// A right factor [k, n], in rows of `step`.
struct Rows {
  const float* b;
  int n;
  size_t step;
  // Depths [from, from + depth) of one panel.
  void pack(float* to, int panel, int from, int depth) const {
    const int first = panel * PANEL, width = n - first;
    const float* row = b + from * step + first;
    for (int k = 0; k < depth; k++, row += step, to += PANEL)
      for (int v = 0; v < COLS; v++) store(to + v * W, v * W < width ? loadPart(row + v * W, width - v * W) : V{});
  }
};

// A right factor given transposed, [n, k] in rows of `step`.
struct Columns {
  const float* b;
  int n;
  size_t step;
  void pack(float* to, int panel, int from, int depth) const {
    const int first = panel * PANEL, width = n - first < PANEL ? n - first : PANEL;
    if (width < PANEL) memset(to, 0, size_t(depth) * PANEL * sizeof(float));
    transposeBlock(b + first * step + from, step, to, PANEL, width, depth);
  }
};

}  // namespace
