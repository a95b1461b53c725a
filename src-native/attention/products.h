// Products small enough that all their factors stay in the nearest caches.
#pragma once
#include "../base/tiles.h"

namespace {

// A right factor [depth, columns] in tiles of up to COLS vectors of columns, one behind another; padded with zeros.
struct Packed {
  const float* at;
  int depth, columns;
};
constexpr int vectorsOf(int columns) { return (columns + W - 1) / W; }
constexpr int padded(int columns) { return vectorsOf(columns) * W; }

// from [depth, columns], rows `step` apart.
inline Packed pack(const float* from, int step, int depth, int columns, float* to) {
  inTiles<COLS>(vectorsOf(columns), [&](int first, auto n) {
    float* tile = to + size_t(first) * W * depth;
    for (int k = 0; k < depth; k++, tile += n.value * W)
      for (int v = 0; v < n.value; v++) {
        const int column = (first + v) * W;
        store(tile + v * W, loadPart(from + size_t(k) * step + column, columns - column));
      }
  });
  return {to, depth, columns};
}

// from [columns, depth], rows `step` apart: its transpose.
inline Packed packTransposed(const float* from, int step, int depth, int columns, float* to) {
  inTiles<COLS>(vectorsOf(columns), [&](int first, auto n) {
    constexpr int width = n.value * W;
    float* tile = to + size_t(first) * W * depth;
    for (int c = 0; c < width; c++) {
      const int column = first * W + c;
      const float* row = from + size_t(column) * step;
      for (int k = 0; k < depth; k++) tile[k * width + c] = column < columns ? row[k] : 0.0f;
    }
  });
  return {to, depth, columns};
}

// to [rows, columns] = a [rows, depth] b, from the first `depth` rows and, in whole tiles, `columns` columns of b. Where `to` is wider
// than columns, whole vectors are written.
inline void multiplyPacked(int rows, int columns, int depth, const float* a, int aStep, const Packed& b, float* to, int toStep, bool whole) {
  inTiles<COLS>(vectorsOf(b.columns), [&](int first, auto n) {
    constexpr int N = n.value;
    if (first * W >= columns) return;
    inTiles<ROWS>(rows, [&](int row, auto r) {
      constexpr int R = r.value;
      V acc[R][N] = {};
      const float* left[R];
      for (int i = 0; i < R; i++) left[i] = a + size_t(row + i) * aStep;
      multiplyRows<R, N>(acc, left, b.at + size_t(first) * W * b.depth, depth);
      for (int i = 0; i < R; i++)
        for (int v = 0; v < N; v++) {
          const int column = (first + v) * W;
          storePart(to + size_t(row + i) * toStep + column, acc[i][v], whole ? W : columns - column);
        }
    });
  });
}

// to [rows, columns] += aᵀ b with a [depth, rows], b [depth, columns]; columns is a number of whole vectors.
inline void addTransposed(int rows, int columns, int depth, const float* a, int aStep, const float* b, int bStep, float* to, int toStep) {
  inTiles<COLS>(columns / W, [&](int first, auto n) {
    constexpr int N = n.value;
    inTiles<ROWS>(rows, [&](int row, auto r) {
      constexpr int R = r.value;
      float* at = to + size_t(row) * toStep + first * W;
      V acc[R][N];
      for (int i = 0; i < R; i++)
        for (int v = 0; v < N; v++) acc[i][v] = load(at + size_t(i) * toStep + v * W);
      multiplyColumns<R, N>(acc, a + row, aStep, b + first * W, bStep, depth);
      for (int i = 0; i < R; i++)
        for (int v = 0; v < N; v++) store(at + size_t(i) * toStep + v * W, acc[i][v]);
    });
  });
}

// to [rows, whole vectors] from [rows, columns], filled up with zeros.
inline void copyRows(const float* from, int step, int rows, int columns, float* to) {
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column += W, to += W) store(to, loadPart(from + size_t(row) * step + column, columns - column));
}

// Runs f(task, memory of `floats`) for each task, with memory for each thread alone. A task's result does not depend on who runs it.
template <class F>
inline void inParallelWith(int tasks, size_t floats, const F& f) {
  const int workers = tasks < hark::threadCount() ? tasks : hark::threadCount();
  floats = (floats + 15) / 16 * 16;
  Scratch memory(floats * workers);
  int next = 0;
  inParallel(workers, [&](int worker) {
    // No std::atomic: its functions would be shared among the instruction sets.
    for (int task; (task = __atomic_fetch_add(&next, 1, __ATOMIC_RELAXED)) < tasks;) f(task, memory.at + floats * worker);
  });
}

}  // namespace
