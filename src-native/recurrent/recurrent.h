// The fused recurrent layer, forward and back. Formulas: PyTorch's nn.RNN (tanh), nn.LSTM, nn.GRU.
//
// Workspace: gates [block of units][row][WIDTH], which the way back overwrites with their gradients; for LSTM then
// c [block][row][UNITS]; then the sums of the gradients over each slice's rows, [slice][block][WIDTH], for the biases.
#pragma once
#include "gates.h"
#include "../base/tiles.h"

namespace {

using hark::Layer;
using hark::Plan;

constexpr int SLICE_ROWS = 16;  // most sequences of a slice (plan.cc)

template <int CELL>
struct Shape {
  int batch, time, in, hidden, blocks, rows;
  bool reverse;
  explicit Shape(const Layer& l)
      : batch(l.plan.batch), time(l.plan.time), in(l.inputSize), hidden(l.hiddenSize),
        blocks((l.hiddenSize + UNITS<CELL> - 1) / UNITS<CELL>), rows(l.plan.rows), reverse(l.reverse) {}
  size_t gatesSize() const { return size_t(blocks) * rows * WIDTH<CELL>; }
  size_t cellsSize() const { return Gates<CELL>::HAS_C ? size_t(blocks) * rows * UNITS<CELL> : 0; }
  size_t gate(int block, int row) const { return (size_t(block) * rows + row) * WIDTH<CELL>; }
  size_t cell(int block, int row) const { return gatesSize() + (size_t(block) * rows + row) * UNITS<CELL>; }
  size_t sums(int slice, int block) const { return gatesSize() + cellsSize() + (size_t(slice) * blocks + block) * WIDTH<CELL>; }
  size_t frame(int sequence, int t) const { return size_t(sequence) * time + t; }
  bool isFirst(const Plan& plan, int slice, int place, int t) const {
    return reverse ? t + 1 >= time || place >= plan.active[slice * time + t + 1] : t == 0;
  }
};

template <int CELL>
size_t workspaceSize(const Layer& l) {
  Shape<CELL> s(l);
  return s.sums(l.plan.slices, 0);
}

// Weights [gate, unit][depth] as [block][depth][position][unit of the block]: the right factor of gates = x W^T.
template <int CELL>
void packForward(const Shape<CELL>& s, const float* weight, int depth, const int* gateOf, float* to) {
  for (int block = 0; block < s.blocks; block++)
    for (int position = 0; position < Gates<CELL>::GATES; position++)
      for (int u = 0; u < UNITS<CELL>; u++) {
        int unit = block * UNITS<CELL> + u;
        const float* from = weight + (size_t(gateOf[position]) * s.hidden + unit) * depth;
        float* column = to + size_t(block) * depth * FED<CELL> + position * UNITS<CELL> + u;
        for (int k = 0; k < depth; k++) column[size_t(k) * FED<CELL>] = unit < s.hidden ? from[k] : 0;
      }
}

// The same weights as [panel of columns][block][position][unit][column of the panel]: the right factor of dx = dgates W.
template <int CELL>
void packBackward(const Shape<CELL>& s, const float* weight, int columns, const int* gateOf, float* to) {
  for (int first = 0; first < columns; first += PANEL)
    for (int block = 0; block < s.blocks; block++)
      for (int position = 0; position < Gates<CELL>::GATES; position++)
        for (int u = 0; u < UNITS<CELL>; u++, to += PANEL) {
          int unit = block * UNITS<CELL> + u;
          const float* from = weight + (size_t(gateOf[position]) * s.hidden + unit) * columns;
          for (int n = 0; n < PANEL; n++) to[n] = unit < s.hidden && first + n < columns ? from[first + n] : 0;
        }
}

template <int CELL>
void packBias(const Shape<CELL>& s, const float* biasIh, const float* biasHh, float* to) {
  using G = Gates<CELL>;
  for (size_t i = 0; i < size_t(s.blocks) * WIDTH<CELL>; i++) to[i] = 0;
  for (int unit = 0; unit < s.hidden; unit++) {
    float* block = to + size_t(unit / UNITS<CELL>) * WIDTH<CELL> + unit % UNITS<CELL>;
    for (int p = 0; p < G::GATES; p++) {
      block[(G::FROM_X + p) * UNITS<CELL>] += biasIh[G::gateOfX[p] * s.hidden + unit];
      block[(G::FROM_H + p) * UNITS<CELL>] += biasHh[G::gateOfH[p] * s.hidden + unit];
    }
  }
}

template <int CELL>
void forward(const Layer& l, const hark::Forward& f) {
  using G = Gates<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const size_t blockIn = size_t(s.in) * FED<CELL>, blockHidden = size_t(s.hidden) * FED<CELL>;
  Scratch packed(s.blocks * (blockIn + blockHidden + WIDTH<CELL>));
  float *weightX = packed.at, *weightH = weightX + s.blocks * blockIn, *bias = weightH + s.blocks * blockHidden;
  packForward<CELL>(s, f.weightIh, s.in, G::gateOfX, weightX);
  packForward<CELL>(s, f.weightHh, s.hidden, G::gateOfH, weightH);
  packBias<CELL>(s, f.biasIh, f.biasHh, bias);
  Scratch cells(size_t(s.blocks) * s.batch * UNITS<CELL>);

  inParallel(plan.slices, [&](int slice) {
    const int firstPlace = plan.sliceFirst[slice], places = plan.sliceFirst[slice + 1] - firstPlace;
    const int* order = plan.order + firstPlace;
    float* state = cells.at + size_t(s.blocks) * firstPlace * UNITS<CELL>;  // c: [block][place][UNITS]
    if constexpr (G::HAS_C)
      for (int block = 0; block < s.blocks; block++)
        for (int i = 0; i < places; i++)
          store(state + (size_t(block) * places + i) * W, loadPart(f.c0 + size_t(order[i]) * s.hidden + block * W, s.hidden - block * W));

    for (int step = 0; step < s.time; step++) {
      const int t = s.reverse ? s.time - 1 - step : step;
      const int alive = plan.active[slice * s.time + t], firstRow = plan.firstRow[slice * s.time + t];
      const float *x[SLICE_ROWS], *before[SLICE_ROWS];
      float* h[SLICE_ROWS];
      for (int i = 0; i < alive; i++) {
        x[i] = f.x + s.frame(order[i], t) * s.in;
        h[i] = f.output + s.frame(order[i], t) * s.hidden;
        before[i] = s.isFirst(plan, slice, i, t) ? f.h0 + size_t(order[i]) * s.hidden : f.output + s.frame(order[i], s.reverse ? t + 1 : t - 1) * s.hidden;
      }
      for (int block = 0; block < s.blocks; block++)
        inTiles<G::ROWS>(alive, [&](int first, auto size) {
          constexpr int R = size.value, N = G::POSITIONS * G::VECTORS, FEDS = G::GATES * G::VECTORS;
          V acc[R][N];
          for (int n = 0; n < N; n++) {
            V start = load(bias + size_t(block) * WIDTH<CELL> + n * W);
            for (int r = 0; r < R; r++) acc[r][n] = start;
          }
          const float *left[R], *leftH[R];
          for (int r = 0; r < R; r++) left[r] = x[first + r], leftH[r] = before[first + r];
          multiplyRows<R, FEDS, G::FROM_X * G::VECTORS, N>(acc, left, weightX + block * blockIn, s.in);
          multiplyRows<R, FEDS, G::FROM_H * G::VECTORS, N>(acc, leftH, weightH + block * blockHidden, s.hidden);
          for (int r = 0; r < R; r++)
            for (int v = 0; v < G::VECTORS; v++) {
              const int unit = block * UNITS<CELL> + v * W, i = first + r;
              if (unit >= s.hidden) continue;
              V z[G::POSITIONS];
              for (int p = 0; p < G::POSITIONS; p++) z[p] = acc[r][p * G::VECTORS + v];
              float* c = state + (size_t(block) * places + i) * UNITS<CELL>;
              V cell{}, old{};
              if constexpr (G::HAS_C) cell = load(c);
              if constexpr (CELL == hark::GRU) old = loadPart(before[i] + unit, s.hidden - unit);
              V out = stepOf(Size<CELL>{}, z, old, cell);
              storePart(h[i] + unit, out, s.hidden - unit);
              if constexpr (G::HAS_C) store(c, cell);
              if (f.workspace && G::KEEPS_GATES) {
                float* kept = f.workspace + s.gate(block, firstRow + i);
                for (int p = 0; p < G::POSITIONS; p++) store(kept + p * W, z[p]);
                if constexpr (G::HAS_C) store(f.workspace + s.cell(block, firstRow + i), cell);
              }
            }
        });
    }
    for (int i = 0; i < places; i++) {
      int last = 0;
      if (!s.reverse)
        while (last + 1 < s.time && i < plan.active[slice * s.time + last + 1]) last++;
      memcpy(f.hN + size_t(order[i]) * s.hidden, f.output + s.frame(order[i], last) * s.hidden, s.hidden * sizeof(float));
      if constexpr (G::HAS_C)
        for (int block = 0; block < s.blocks; block++)
          storePart(f.cN + size_t(order[i]) * s.hidden + block * W, load(state + (size_t(block) * places + i) * W), s.hidden - block * W);
    }
  });
}

// Through time, backwards: gradients of the gates into the workspace, of the initial state out.
template <int CELL>
void backward(const Layer& l, const hark::Backward& b) {
  using G = Gates<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const int padded = roundUp(s.hidden, PANEL);
  Scratch packed(size_t(padded) * s.blocks * FED<CELL>);
  packBackward<CELL>(s, b.weightHh, s.hidden, G::gateOfH, packed.at);
  Scratch states(size_t(s.batch) * padded + size_t(s.blocks) * s.batch * UNITS<CELL>);

  inParallel(plan.slices, [&](int slice) {
    const int firstPlace = plan.sliceFirst[slice], places = plan.sliceFirst[slice + 1] - firstPlace;
    const int* order = plan.order + firstPlace;
    float* dh = states.at + size_t(firstPlace) * padded;  // [place][padded]
    float* dc = states.at + size_t(s.batch) * padded + size_t(s.blocks) * firstPlace * UNITS<CELL>;  // [block][place][UNITS]
    for (int i = 0; i < places; i++) {
      const size_t at = size_t(order[i]) * s.hidden;
      for (int unit = 0; unit < padded; unit += W) store(dh + size_t(i) * padded + unit, unit < s.hidden ? loadPart(b.dHN + at + unit, s.hidden - unit) : V{});
      if constexpr (G::HAS_C)
        for (int block = 0; block < s.blocks; block++)
          store(dc + (size_t(block) * places + i) * W, loadPart(b.dCN + at + block * W, s.hidden - block * W));
    }
    memset(b.workspace + s.sums(slice, 0), 0, size_t(s.blocks) * WIDTH<CELL> * sizeof(float));

    for (int step = s.time - 1; step >= 0; step--) {
      const int t = s.reverse ? s.time - 1 - step : step, previous = s.reverse ? t + 1 : t - 1;
      const int alive = plan.active[slice * s.time + t], firstRow = plan.firstRow[slice * s.time + t];
      if (alive == 0) continue;
      for (int block = 0; block < s.blocks; block++) {
        float* sums = b.workspace + s.sums(slice, block);
        for (int i = 0; i < alive; i++) {
          const size_t sequence = order[i], frame = s.frame(order[i], t);
          const bool isFirst = s.isFirst(plan, slice, i, t);
          const float* before = isFirst ? b.h0 + sequence * s.hidden : b.output + s.frame(order[i], previous) * s.hidden;
          for (int v = 0; v < G::VECTORS; v++) {
            const int unit = block * UNITS<CELL> + v * W, left = s.hidden - unit;
            float* kept = b.workspace + s.gate(block, firstRow + i) + v * W;
            if (left <= 0) {
              store(kept, V{});
              continue;
            }
            V z[G::POSITIONS];
            if constexpr (G::KEEPS_GATES)
              for (int p = 0; p < G::POSITIONS; p++) z[p] = load(kept + p * W);
            V h{}, old{}, c{}, cBefore{}, d{};
            float* dcAt = dc + (size_t(block) * places + i) * UNITS<CELL>;
            if constexpr (CELL == hark::RNN) h = loadPart(b.output + frame * s.hidden + unit, left);
            if constexpr (CELL == hark::GRU) old = loadPart(before + unit, left);
            if constexpr (G::HAS_C) {
              c = load(b.workspace + s.cell(block, firstRow + i));
              cBefore = isFirst ? loadPart(b.c0 + sequence * s.hidden + unit, left)
                                : load(b.workspace + s.cell(block, plan.firstRow[slice * s.time + previous] + i));
              d = load(dcAt);
            }
            float* dhAt = dh + size_t(i) * padded + unit;
            V total = load(dhAt) + loadPart(b.dOutput + frame * s.hidden + unit, left);
            backOf(Size<CELL>{}, z, h, old, c, cBefore, total, d);
            store(dhAt, total);
            if constexpr (G::HAS_C) store(dcAt, d);
            for (int p = 0; p < G::POSITIONS; p++) {
              store(kept + p * G::VECTORS * W, z[p]);
              store(sums + (p * G::VECTORS + v) * W, load(sums + (p * G::VECTORS + v) * W) + z[p]);
            }
          }
        }
      }
      for (int column = 0; column < padded; column += PANEL)
        inTiles<ROWS>(alive, [&](int first, auto size) {
          constexpr int R = size.value;
          V acc[R][COLS];
          for (int r = 0; r < R; r++)
            for (int n = 0; n < COLS; n++) acc[r][n] = load(dh + size_t(first + r) * padded + column + n * W);
          const float* right = packed.at + size_t(column) * s.blocks * FED<CELL>;
          for (int block = 0; block < s.blocks; block++, right += FED<CELL> * PANEL) {
            const float* a[R];
            for (int r = 0; r < R; r++) a[r] = b.workspace + s.gate(block, firstRow + first + r) + G::FROM_H * UNITS<CELL>;
            multiplyRows<R, COLS>(acc, a, right, FED<CELL>);
          }
          for (int r = 0; r < R; r++)
            for (int n = 0; n < COLS; n++) store(dh + size_t(first + r) * padded + column + n * W, acc[r][n]);
        });
    }
    for (int i = 0; i < places; i++) {
      const size_t at = size_t(order[i]) * s.hidden;
      memcpy(b.dH0 + at, dh + size_t(i) * padded, s.hidden * sizeof(float));
      if constexpr (G::HAS_C)
        for (int block = 0; block < s.blocks; block++)
          storePart(b.dC0 + at + block * W, load(dc + (size_t(block) * places + i) * W), s.hidden - block * W);
    }
  });
}

// dx = dgates W_ih, for every row at once.
template <int CELL>
void inputGradient(const Layer& l, const float* weightIh, const float* workspace, float* dX) {
  using G = Gates<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  Scratch packed(size_t(roundUp(s.in, PANEL)) * s.blocks * FED<CELL>);
  packBackward<CELL>(s, weightIh, s.in, G::gateOfX, packed.at);
  constexpr int BLOCK = ROWS * 8;
  inParallel((s.rows + BLOCK - 1) / BLOCK, [&](int part) {
    const int from = part * BLOCK, count = s.rows - from < BLOCK ? s.rows - from : BLOCK;
    for (int column = 0; column < s.in; column += PANEL)
      inTiles<ROWS>(count, [&](int first, auto size) {
        constexpr int R = size.value;
        const int row = from + first;
        V acc[R][COLS] = {};
        const float* right = packed.at + size_t(column) * s.blocks * FED<CELL>;
        for (int block = 0; block < s.blocks; block++, right += FED<CELL> * PANEL) {
          const float* a[R];
          for (int r = 0; r < R; r++) a[r] = workspace + s.gate(block, row + r) + G::FROM_X * UNITS<CELL>;
          multiplyRows<R, COLS>(acc, a, right, FED<CELL>);
        }
        for (int r = 0; r < R; r++) {
          float* out = dX + s.frame(plan.rowSequence[row + r], plan.rowFrame[row + r]) * s.in;
          for (int n = 0; n < COLS; n++)
            if (column + n * W < s.in) storePart(out + column + n * W, acc[r][n], s.in - column - n * W);
        }
      });
  });
}

// dW_ih = dgates^T x, dW_hh = dgates^T h_(t-1): one product over all rows, in slabs whose right factor stays in the cache.
template <int CELL>
void weightGradient(const Layer& l, const hark::WeightGradient& g) {
  using G = Gates<CELL>;
  constexpr int TALL = REGISTERS == 32 ? 8 : 4, WIDE = 3;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const int wideX = roundUp(s.in, W), wideH = roundUp(s.hidden, W), wide = wideX + wideH;
  const size_t blockSums = size_t(FED<CELL>) * wide;
  const int parts = s.blocks < hark::threadCount() ? s.blocks : hark::threadCount();
  Scratch sums(blockSums * s.blocks), slabs(size_t(parts) * SLAB * wide);
  memset(sums.at, 0, blockSums * s.blocks * sizeof(float));

  inParallel(parts, [&](int part) {
    const int firstBlock = s.blocks * part / parts, endBlock = s.blocks * (part + 1) / parts;
    float* right = slabs.at + size_t(part) * SLAB * wide;  // [row of the slab][x, h_(t-1)], zeros behind each
    memset(right, 0, size_t(SLAB) * wide * sizeof(float));
    for (int slab = 0; slab < s.rows; slab += SLAB) {
      const int depth = s.rows - slab < SLAB ? s.rows - slab : SLAB;
      for (int k = 0; k < depth; k++) {
        const int sequence = plan.rowSequence[slab + k], t = plan.rowFrame[slab + k], previous = s.reverse ? t + 1 : t - 1;
        const bool isFirst = s.reverse ? !plan.rowFollowed[slab + k] : t == 0;
        memcpy(right + size_t(k) * wide, g.x + s.frame(sequence, t) * s.in, s.in * sizeof(float));
        memcpy(right + size_t(k) * wide + wideX, isFirst ? g.h0 + size_t(sequence) * s.hidden : g.output + s.frame(sequence, previous) * s.hidden,
               s.hidden * sizeof(float));
      }
      for (int block = firstBlock; block < endBlock; block++) {
        const float* gates = g.workspace + s.gate(block, slab);
        float* to = sums.at + block * blockSums;
        const auto add = [&](const float* left, int column, int columns) {
          inTiles<WIDE>(columns / W, [&](int tileColumn, auto sizeN) {
            inTiles<TALL>(FED<CELL>, [&](int row, auto sizeR) {
              constexpr int R = sizeR.value, N = sizeN.value;
              float* c = to + size_t(row) * wide + column + tileColumn * W;
              V acc[R][N];
              for (int r = 0; r < R; r++)
                for (int n = 0; n < N; n++) acc[r][n] = load(c + size_t(r) * wide + n * W);
              multiplyColumns<R, N>(acc, left + row, WIDTH<CELL>, right + column + tileColumn * W, wide, depth);
              for (int r = 0; r < R; r++)
                for (int n = 0; n < N; n++) store(c + size_t(r) * wide + n * W, acc[r][n]);
            });
          });
        };
        add(gates + G::FROM_X * UNITS<CELL>, 0, wideX);
        add(gates + G::FROM_H * UNITS<CELL>, wideX, wideH);
      }
    }
  });

  for (int unit = 0; unit < s.hidden; unit++)
    for (int p = 0; p < G::GATES; p++) {
      const int block = unit / UNITS<CELL>, u = unit % UNITS<CELL>;
      const float* from = sums.at + block * blockSums + size_t(p * UNITS<CELL> + u) * wide;
      const size_t rowX = size_t(G::gateOfX[p]) * s.hidden + unit, rowH = size_t(G::gateOfH[p]) * s.hidden + unit;
      memcpy(g.dWeightIh + rowX * s.in, from, s.in * sizeof(float));
      memcpy(g.dWeightHh + rowH * s.hidden, from + wideX, s.hidden * sizeof(float));
      float biasX = 0, biasH = 0;
      for (int slice = 0; slice < plan.slices; slice++) {
        const float* total = g.workspace + s.sums(slice, block) + u;
        biasX += total[(G::FROM_X + p) * UNITS<CELL>];
        biasH += total[(G::FROM_H + p) * UNITS<CELL>];
      }
      g.dBiasIh[rowX] = biasX;
      g.dBiasHh[rowH] = biasH;
    }
}

}  // namespace
