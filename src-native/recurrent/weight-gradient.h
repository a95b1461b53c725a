// dW_ih = dgates^T x, dW_hh = dgates^T h_(t-1).
#pragma once
#include "pack.h"
#include "slab.h"

namespace {

// The sums that lead to the weights' gradients, [block of units][fed position][unit][columns of x, then of h], the columns rounded up
// to whole vectors; behind them those for the biases, [block][position][unit].
template <int CELL>
class WeightSums {
  using G = Gates<CELL>;
  // A tile of TALL gates by WIDE vectors of columns. STRIP gates of all rows, and a panel of the right factor, stay in the nearest
  // cache.
  static constexpr int TALL = REGISTERS == 32 ? 8 : 4, WIDE = 3, STRIP = UNITS < 16 ? UNITS : 16, DEPTH = Slab<CELL>::DEPTH;

 public:
  WeightSums(const Shape<CELL>& s, const Plan& plan, const hark::Backward& b)
      : s(s), plan(plan), b(b), wideX(roundUp(s.in, W)), wideH(roundUp(s.hidden, W)), wide(wideX + wideH), stride(Slab<CELL>::stride(s)) {}

  size_t size() const { return biases() + s.width(); }
  size_t biases() const { return blockSize() * s.blocks; }
  size_t scratch() const { return size_t(DEPTH) * wide; }

  // Adds the rows from..to-1, at most DEPTH, whose gradients begin at `gates`, to the blocks first..end-1.
  void add(int from, int to, const float* gates, int first, int end, float* sums, float* scratch) const {
    const int depth = to - from;
    const float *x[DEPTH], *h[DEPTH], *masks[DEPTH];
    for (int k = 0; k < depth; k++) {
      const int row = from + k, sequence = plan.rowSequence[row], t = plan.rowFrame[row];
      const size_t start = size_t(sequence) * s.hidden;
      x[k] = b.x + s.frame(sequence, t) * s.in;
      h[k] = s.isFirstRow(plan, row) ? b.h0 + start : b.output + s.frame(sequence, s.before(t)) * s.hidden;
      masks[k] = b.hiddenMask + start;
    }
    packPanels(x, nullptr, s.in, depth, scratch);
    packPanels(h, b.hiddenMask ? masks : nullptr, s.hidden, depth, scratch + size_t(DEPTH) * wideX);
    for (int block = first; block < end; block++) {
      const float* left = gates + size_t(block) * WIDTH<CELL>;
      float* to = sums + block * blockSize();
      for (int strip = 0; strip < FED<CELL>; strip += STRIP) {
        addStrip(left + G::FROM_X * UNITS + strip, scratch, wideX, depth, to + size_t(strip) * wide);
        addStrip(left + G::FROM_H * UNITS + strip, scratch + size_t(DEPTH) * wideX, wideH, depth, to + size_t(strip) * wide + wideX);
      }
    }
  }

  // Adds up `groups` sums that lie one behind another, in their order, and writes the gradients out.
  void write(float* sums, int groups) const {
    inParallel(s.blocks, [&](int block) {
      float *total = sums + block * blockSize(), *bias = sums + biases() + size_t(block) * WIDTH<CELL>;
      for (int group = 1; group < groups; group++) {
        addTo(total, total + group * size(), blockSize());
        addTo(bias, bias + group * size(), WIDTH<CELL>);
      }
      for (int u = 0; u < UNITS && block * UNITS + u < s.hidden; u++)
        for (int p = 0; p < G::GATES; p++) {
          const float* from = total + size_t(p * UNITS + u) * wide;
          const size_t rowX = size_t(G::gateOfX[p]) * s.hidden + block * UNITS + u, rowH = size_t(G::gateOfH[p]) * s.hidden + block * UNITS + u;
          memcpy(b.dWeightIh + rowX * s.in, from, s.in * sizeof(float));
          memcpy(b.dWeightHh + rowH * s.hidden, from + wideX, s.hidden * sizeof(float));
          b.dBiasIh[rowX] = bias[(G::FROM_X + p) * UNITS + u];
          b.dBiasHh[rowH] = bias[(G::FROM_H + p) * UNITS + u];
        }
    });
  }

 private:
  size_t blockSize() const { return size_t(FED<CELL>) * wide; }

  static void addTo(float* to, const float* from, size_t size) {
    for (size_t i = 0; i < size; i += W) store(to + i, load(to + i) + load(from + i));
  }

  // Rows of a right factor in panels as wide as a tile: [panel][row][panel's vectors].
  static void packPanels(const float* const* rows, const float* const* masks, int size, int depth, float* to) {
    inTiles<WIDE>((size + W - 1) / W, [&](int vector, auto tile) {
      constexpr int N = tile.value;
      float* at = to + size_t(vector) * W * DEPTH;
      for (int k = 0; k < depth; k++)
        for (int n = 0; n < N; n++, at += W) {
          const int first = (vector + n) * W;
          const V value = loadPart(rows[k] + first, size - first);
          store(at, masks ? value * loadPart(masks[k] + first, size - first) : value);
        }
    });
  }

  // sums [STRIP][columns] += left^T right, for `columns` of the right factor.
  void addStrip(const float* left, const float* right, int columns, int depth, float* sums) const {
    inTiles<WIDE>(columns / W, [&](int vector, auto tile) {
      constexpr int N = tile.value, R = N == 3 ? TALL : TALL * 3 / 2;
      const float* panel = right + size_t(vector) * W * DEPTH;
      inTiles<R>(STRIP, [&](int row, auto rows) {
        constexpr int M = rows.value;
        float* c = sums + size_t(row) * wide + vector * W;
        V acc[M][N];
        for (int r = 0; r < M; r++)
          for (int n = 0; n < N; n++) acc[r][n] = load(c + size_t(r) * wide + n * W);
        multiplyColumns<M, N>(acc, left + row, stride, panel, N * W, depth);
        for (int r = 0; r < M; r++)
          for (int n = 0; n < N; n++) store(c + size_t(r) * wide + n * W, acc[r][n]);
      });
    });
  }

  const Shape<CELL>& s;
  const Plan& plan;
  const hark::Backward& b;
  const int wideX, wideH, wide, stride;
};

}  // namespace
