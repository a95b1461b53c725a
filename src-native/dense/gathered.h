// The inner product that matrix products and convolutions share: c = A B, where element (i, k) of the left factor stands at
// row(i)[at[k]]. A plain matrix, a transposed one and the windows of a convolution differ in these two tables alone. The
// right factor lies in panels of PANEL columns, padded with zeros.
#pragma once
#include "../base/panels.h"
#include "table.h"

namespace {

// acc[r][n] += a[r][at[k]] * b[k][n] over k; b in rows of PANEL.
template <int R, int N>
inline void multiplyGathered(V (&acc)[R][N], const float* const (&a)[R], const int* at, const float* b, int depth) {
  const float* row[R];
  for (int r = 0; r < R; r++) row[r] = a[r];
  for (int k = 0; k < depth; k++, b += PANEL) {
    const ptrdiff_t place = at[k];
    V right[N];
#pragma GCC unroll 8
    for (int n = 0; n < N; n++) right[n] = load(b + n * W);
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      V left = splat(row[r][place]);
#pragma GCC unroll 8
      for (int n = 0; n < N; n++) acc[r][n] += left * right[n];
    }
  }
}

// Where a product goes: c in rows of `stride`, with what is added before and done after the sum.
struct Result {
  float* c;
  int columns;
  size_t stride;
  const float* bias;  // [columns] or null
  hark::Activation activation;
};

template <class F>
inline void mapBlock(float* c, size_t stride, int rows, int width, const F& f) {
  for (int row = 0; row < rows; row++)
    for (int i = 0; i < width; i += W) storePart(c + row * stride + i, f(loadPart(c + row * stride + i, width - i)), width - i);
}
inline void activateBlock(hark::Activation activation, float* c, size_t stride, int rows, int width) {
  if (activation == hark::RELU) mapBlock(c, stride, rows, width, [](V x) { return x < 0 ? V{} : x; });
  if (activation == hark::TANH) mapBlock(c, stride, rows, width, tanhOf);
  if (activation == hark::SIGMOID) mapBlock(c, stride, rows, width, sigmoid);
}

// `rows` rows of one panel for a part of the depth: the sum begins with `bias` or zero, or (null: goes on) from what stands
// in c. FULL: the panel's N vectors are all within the row.
template <int N, bool FULL>
void multiplyPanel(float* c, size_t stride, int width, int rows, const float* const* row, const int* at, int depth, const float* right, bool begins,
                   const float* bias) {
  // A single column of vectors needs more rows to keep the multipliers busy.
  inTiles<N == 1 ? 8 : ROWS>(rows, [&](int first, auto size) {
    constexpr int R = size.value;
    V acc[R][N];
    const float* a[R];
    float* to = c + first * stride;
    for (int r = 0; r < R; r++) a[r] = row[first + r];
    if (!begins)
      for (int r = 0; r < R; r++)
        for (int n = 0; n < N; n++) acc[r][n] = FULL ? load(to + r * stride + n * W) : loadPart(to + r * stride + n * W, width - n * W);
    else
      for (int n = 0; n < N; n++) {
        const V start = !bias ? V{} : FULL ? load(bias + n * W) : loadPart(bias + n * W, width - n * W);
        for (int r = 0; r < R; r++) acc[r][n] = start;
      }
    multiplyGathered<R, N>(acc, a, at, right, depth);
    for (int r = 0; r < R; r++)
      for (int n = 0; n < N; n++) {
        if constexpr (FULL) store(to + r * stride + n * W, acc[r][n]);
        else storePart(to + r * stride + n * W, acc[r][n], width - n * W);
      }
  });
}

// How the work is cut for the threads; no sum depends on it.
constexpr int BLOCK = ROWS * 8;
constexpr int TASKS = 16;
constexpr double WORTH_A_THREAD = 1 << 17;

// Runs f on the pool, or where many such are on it already, on this thread alone.
template <class F>
inline void run(bool alone, int count, const F& f) {
  if (!alone) return inParallel(count, f);
  for (int index = 0; index < count; index++) f(index);
}

// A left factor whose rows are read where they stand: row(i) and `at` as above. part() gives the rows and places of a block
// and a slab, from() the factor without its first depths.
template <class Row>
struct Gathered {
  Row row;
  const int* at;
  static constexpr size_t scratch = 0;
  Gathered from(int first) const { return {row, at + first}; }
  const int* part(int first, int rows, int slab, int, float*, const float** to) const {
    for (int i = 0; i < rows; i++) to[i] = row(first + i);
    return at + slab;
  }
};

// A left factor given transposed, a [k, m]: what a task needs of it is packed first, ROWS rows beside each other.
struct Transposed {
  const float* a;
  int m;
  static constexpr size_t scratch = size_t(BLOCK) * SLAB + SLAB;
  Transposed from(int first) const { return {a + size_t(first) * m, m}; }
  const int* part(int first, int rows, int slab, int depth, float* memory, const float** to) const {
    int* at = reinterpret_cast<int*>(memory);
    for (int k = 0; k < depth; k++) at[k] = k * ROWS;
    float* packed = memory + SLAB;
    const int whole = rows / ROWS * ROWS;
    const float* from = a + size_t(slab) * m + first;
    for (int k = 0; k < depth; k++, from += m) {
      float* next = packed + k * ROWS;
      for (int i = 0; i < whole; i += ROWS, next += ROWS * depth) memcpy(next, from + i, ROWS * sizeof(float));
      for (int i = whole; i < rows; i++) next[i - whole] = from[i];
    }
    for (int i = 0; i < rows; i++) to[i] = packed + i / ROWS * (ROWS * depth) + i % ROWS;
    return at;
  }
};

// Adds the product over k depths to what stands in c, or (`begins`) to the bias; the activation follows where the sum `ends`.
// Each element is summed in the order of k, in slabs: the same on any number of threads.
template <class Left>
void multiplyAll(const Result& to, int m, const Left& left, int k, const float* panels, bool alone, bool begins = true, bool ends = true) {
  const int count = (to.columns + PANEL - 1) / PANEL;
  const int blocks = (m + BLOCK - 1) / BLOCK;
  const bool small = double(m) * to.columns * k < WORTH_A_THREAD;
  // Few rows: the columns are shared out as well.
  int groups = alone || small ? 1 : (TASKS + blocks - 1) / blocks;
  if (groups > count) groups = count;
  run(alone || small, blocks * groups, [&](int index) {
    const int block = index / groups, group = index % groups;
    const int first = block * BLOCK, rows = m - first < BLOCK ? m - first : BLOCK;
    const int fromPanel = int(int64_t(count) * group / groups), toPanel = int(int64_t(count) * (group + 1) / groups);
    Scratch memory(Left::scratch);
    const float* row[BLOCK];
    for (int slab = 0; slab == 0 || slab < k; slab += SLAB) {
      const int depth = k - slab < SLAB ? k - slab : SLAB;
      const int* at = left.part(first, rows, slab, depth, memory.at, row);
      for (int panel = fromPanel; panel < toPanel; panel++) {
        const float* right = panels + (size_t(panel) * k + slab) * PANEL;
        const int column = panel * PANEL;
        const int width = to.columns - column < PANEL ? to.columns - column : PANEL;
        float* c = to.c + first * to.stride + column;
        const float* bias = to.bias ? to.bias + column : nullptr;
        withSize<COLS>((width + W - 1) / W, [&](auto vectors) {
          constexpr int N = vectors.value;
          const auto multiplyIt = width == N * W ? multiplyPanel<N, true> : multiplyPanel<N, false>;
          multiplyIt(c, to.stride, width, rows, row, at, depth, right, begins && slab == 0, bias);
        });
        if (ends && slab + SLAB >= k) activateBlock(to.activation, c, to.stride, rows, width);
      }
    }
  });
}

// A long sum for a small result (a weight's gradient) is cut into slices of this many slabs, which are added in their order:
// by the sizes alone. 0: it is not cut.
inline int slabsOfSlice(int m, int n, int k) {
  constexpr int MOST = 16, LARGE = 1 << 13;
  const int slabs = (k + SLAB - 1) / SLAB;
  if (slabs < 4 || double(m) * n > LARGE) return 0;
  return (slabs + MOST - 1) / MOST < 2 ? 2 : (slabs + MOST - 1) / MOST;
}

// sums[0] + ... + sums[count - 1], and what else the result wants.
inline void addSlices(const Result& to, int m, const float* sums, int count, bool alone) {
  run(alone, (m + BLOCK - 1) / BLOCK, [&](int block) {
    const int first = block * BLOCK, rows = m - first < BLOCK ? m - first : BLOCK;
    for (int row = first; row < first + rows; row++)
      for (int column = 0; column < to.columns; column += W) {
        const int width = to.columns - column;
        V sum = to.bias ? loadPart(to.bias + column, width) : V{};
        for (int s = 0; s < count; s++) sum += loadPart(sums + (size_t(s) * m + row) * to.columns + column, width);
        storePart(to.c + row * to.stride + column, sum, width);
      }
    activateBlock(to.activation, to.c + first * to.stride, to.stride, rows, to.columns);
  });
}

template <class Right>
void packAll(const Right& right, int first, int depth, float* packed, bool alone) {
  const int panels = (right.n + PANEL - 1) / PANEL;
  const bool small = double(right.n) * depth < WORTH_A_THREAD / 8;
  run(alone || small, panels, [&](int panel) { right.pack(packed + size_t(panel) * PANEL * depth, panel, first, depth); });
}

// One stretch of the depth after another: as much of the right factor as stays near is packed by all, then used by all.
template <class Left, class Right>
void multiplyInTurn(const Result& to, int m, int k, const Left& left, const Right& right, bool alone) {
  constexpr int NEAR = 1 << 17;
  const int columns = roundUp(to.columns, PANEL);
  const int most = NEAR / SLAB / columns * SLAB, stretch = most > SLAB ? most : SLAB;
  Scratch packed(size_t(columns) * (k < stretch ? k : stretch));
  for (int first = 0; first == 0 || first < k; first += stretch) {
    const int depth = k - first < stretch ? k - first : stretch;
    packAll(right, first, depth, packed.at, alone);
    multiplyAll(to, m, left.from(first), depth, packed.at, alone, first == 0, first + depth == k);
  }
}

// c [m, n] = activation(left right + bias), with k in depth.
template <class Left, class Right>
void multiply(const Result& to, int m, int k, const Left& left, const Right& right, bool alone) {
  const int slabs = slabsOfSlice(m, to.columns, k);
  if (slabs == 0) return multiplyInTurn(to, m, k, left, right, alone);
  const int length = slabs * SLAB, slices = (k + length - 1) / length;
  Scratch sums(size_t(slices) * m * to.columns);
  run(alone, slices, [&](int slice) {
    const int first = slice * length, depth = k - first < length ? k - first : length;
    Scratch packed(size_t(roundUp(to.columns, PANEL)) * depth);
    packAll(right, first, depth, packed.at, true);
    const Result part{sums.at + size_t(slice) * m * to.columns, to.columns, size_t(to.columns), nullptr, hark::LINEAR};
    multiplyAll(part, m, left.from(first), depth, packed.at, true);
  });
  addSlices(to, m, sums.at, slices, alone);
}

}  // namespace
