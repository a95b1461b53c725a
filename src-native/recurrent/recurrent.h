// The fused recurrent layer, forward and back. Formulas: PyTorch's nn.RNN (tanh), nn.LSTM, nn.GRU; docs/cells has their derivation.
//
// Workspace: gates [row][block of units][WIDTH], which the way back overwrites with their gradients; for LSTM then
// c [row][block][UNITS]; then the sums of the gradients over each slice's rows, [slice][block][WIDTH], for the biases.
#pragma once
#include "../base/tiles.h"
#include "gates.h"

namespace {

using hark::Layer;
using hark::Plan;

constexpr int SLICE_ROWS = 16;  // most sequences of a slice (plan.cc)
constexpr int GATE_ROWS = 6;    // most rows whose gates are computed together

template <int CELL>
struct Shape {
  int batch, time, in, hidden, blocks, rows;
  bool reverse;
  explicit Shape(const Layer& l)
      : batch(l.plan.batch), time(l.plan.time), in(l.inputSize), hidden(l.hiddenSize),
        blocks((l.hiddenSize + UNITS - 1) / UNITS), rows(l.plan.rows), reverse(l.reverse) {}
  int units() const { return blocks * UNITS; }  // hidden, rounded up
  size_t gatesSize() const { return gate(rows, 0); }
  size_t cellsSize() const { return Gates<CELL>::HAS_C ? size_t(rows) * units() : 0; }
  size_t gate(int row, int block) const { return (size_t(row) * blocks + block) * WIDTH<CELL>; }
  size_t cell(int row, int block) const { return gatesSize() + (size_t(row) * blocks + block) * UNITS; }
  size_t sums(int slice, int block) const { return gatesSize() + cellsSize() + (size_t(slice) * blocks + block) * WIDTH<CELL>; }
  size_t frame(int sequence, int t) const { return size_t(sequence) * time + t; }
  int before(int t) const { return reverse ? t + 1 : t - 1; }
  bool isFirst(const Plan& plan, int slice, int place, int t) const {
    return reverse ? t + 1 >= time || place >= plan.active[slice * time + t + 1] : t == 0;
  }
  bool isFirstRow(const Plan& plan, int row) const { return reverse ? !plan.rowFollowed[row] : plan.rowFrame[row] == 0; }
};

// Rows of several sequences lie a power of two apart often enough to fall into one set of the nearest cache, so what a step
// reads more than once is copied next to each other first. `to` is filled up with zeros to `padded`.
inline void copyRow(float* to, const float* from, int size, int padded, const float* mask = nullptr) {
  int i = 0;
  for (; i + W <= size; i += W) store(to + i, mask ? load(from + i) * load(mask + i) : load(from + i));
  for (; i < size; i++) to[i] = mask ? from[i] * mask[i] : from[i];
  for (; i < padded; i++) to[i] = 0;
}

template <int CELL>
size_t workspaceSize(const Layer& l) {
  Shape<CELL> s(l);
  return s.sums(l.plan.slices, 0);
}

// Both weights as [block][position][depth][unit of the block], where depth is that of [x, h], or of the one of them that feeds
// the position: the right factor of gates = [x, h] W^T.
template <int CELL>
void packForward(const Shape<CELL>& s, const float* weightIh, const float* weightHh, float* to) {
  using G = Gates<CELL>;
  const auto pack = [&](const float* weight, int depth, int gate, int block) {
    for (int u = 0; u < UNITS; u++) {
      const int unit = block * UNITS + u;
      const float* from = weight + (size_t(gate) * s.hidden + unit) * depth;
      for (int k = 0; k < depth; k++) to[size_t(k) * UNITS + u] = unit < s.hidden ? from[k] : 0;
    }
    to += size_t(depth) * UNITS;
  };
  for (int block = 0; block < s.blocks; block++)
    for (int p = 0; p < G::POSITIONS; p++) {
      if (fedByX<CELL>(p)) pack(weightIh, s.in, G::gateOfX[p - G::FROM_X], block);
      if (fedByH<CELL>(p)) pack(weightHh, s.hidden, G::gateOfH[p - G::FROM_H], block);
    }
}

// The same weights as [panel of columns][block][position][unit][column of the panel]: the right factor of dx = dgates W.
template <int CELL>
void packBackward(const Shape<CELL>& s, const float* weight, int columns, const int* gateOf, float* to) {
  for (int first = 0; first < columns; first += PANEL)
    for (int block = 0; block < s.blocks; block++)
      for (int position = 0; position < Gates<CELL>::GATES; position++)
        for (int u = 0; u < UNITS; u++, to += PANEL) {
          int unit = block * UNITS + u;
          const float* from = weight + (size_t(gateOf[position]) * s.hidden + unit) * columns;
          for (int n = 0; n < PANEL; n++) to[n] = unit < s.hidden && first + n < columns ? from[first + n] : 0;
        }
}

// acc [R rows][COLS] += dgates W for rows that stand one behind another; right: a panel of packBackward. Calls `between` every
// few blocks.
template <int CELL, int R, class F>
inline void multiplyGates(const Shape<CELL>& s, V (&acc)[R][COLS], const float* gates, const float* right, const F& between) {
  // Where every position is fed, several blocks make one long row.
  constexpr int BLOCKS = FED<CELL> == WIDTH<CELL> ? (128 / WIDTH<CELL> > 0 ? 128 / WIDTH<CELL> : 1) : 1;
  const float* a[R];
  for (int r = 0; r < R; r++) a[r] = gates + r * s.gate(1, 0);
  for (int block = 0; block < s.blocks; block += BLOCKS) {
    const int count = s.blocks - block < BLOCKS ? s.blocks - block : BLOCKS;
    between();
    multiplyRows<R, COLS>(acc, a, right, count * FED<CELL>);
    right += count * FED<CELL> * PANEL;
    for (int r = 0; r < R; r++) a[r] += BLOCKS * WIDTH<CELL>;
  }
}

// Row k of a right factor into panels of the widths that inTiles<WIDE> cuts it into: [panel][depth][panel's vectors].
template <int WIDE>
inline void packRow(const float* from, const float* mask, int size, float* to, int k, int depth) {
  inTiles<WIDE>((size + W - 1) / W, [&](int vector, auto tile) {
    constexpr int N = tile.value;
    float* at = to + size_t(vector) * W * depth + size_t(k) * N * W;
    for (int n = 0; n < N; n++) {
      const int first = (vector + n) * W;
      V value = loadPart(from + first, size - first);
      store(at + n * W, mask ? value * loadPart(mask + first, size - first) : value);
    }
  });
}

template <int CELL>
void packBias(const Shape<CELL>& s, const float* biasIh, const float* biasHh, float* to) {
  using G = Gates<CELL>;
  for (size_t i = 0; i < size_t(s.blocks) * WIDTH<CELL>; i++) to[i] = 0;
  for (int unit = 0; unit < s.hidden; unit++) {
    float* block = to + size_t(unit / UNITS) * WIDTH<CELL> + unit % UNITS;
    for (int p = 0; p < G::GATES; p++) {
      block[(G::FROM_X + p) * UNITS] += biasIh[G::gateOfX[p] * s.hidden + unit];
      block[(G::FROM_H + p) * UNITS] += biasHh[G::gateOfH[p] * s.hidden + unit];
    }
  }
}

template <int CELL>
void forward(const Layer& l, const hark::Forward& f) {
  using G = Gates<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const int units = s.units();
  const size_t blockSize = size_t(s.in + s.hidden) * FED<CELL>;
  Scratch packed(s.blocks * (blockSize + WIDTH<CELL>));
  float* bias = packed.at + s.blocks * blockSize;
  packForward<CELL>(s, f.weightIh, f.weightHh, packed.at);
  packBias<CELL>(s, f.biasIh, f.biasHh, bias);
  const int depth = s.in + s.hidden;
  const size_t sliceSize = size_t(SLICE_ROWS) * (depth + 2 * units + WIDTH<CELL>);
  Scratch states(plan.slices * sliceSize);

  inParallel(plan.slices, [&](int slice) {
    const int firstPlace = plan.sliceFirst[slice], places = plan.sliceFirst[slice + 1] - firstPlace;
    const int* order = plan.order + firstPlace;
    float* h = states.at + slice * sliceSize;      // [place][units]
    float* c = h + SLICE_ROWS * size_t(units);     // [place][units]
    float* gates = c + SLICE_ROWS * size_t(units);        // of one block, [position][place][UNITS]
    float* left = gates + SLICE_ROWS * size_t(WIDTH<CELL>);  // [place][x_t, h_(t-1) masked]
    for (int i = 0; i < places; i++) {
      copyRow(h + size_t(i) * units, f.h0 + size_t(order[i]) * s.hidden, s.hidden, units);
      if constexpr (G::HAS_C) copyRow(c + size_t(i) * units, f.c0 + size_t(order[i]) * s.hidden, s.hidden, units);
    }
    for (int step = 0; step < s.time; step++) {
      const int t = s.reverse ? s.time - 1 - step : step;
      const int alive = plan.active[slice * s.time + t], firstRow = plan.firstRow[slice * s.time + t];
      for (int i = 0; i < alive; i++) {
        copyRow(left + size_t(i) * depth, f.x + s.frame(order[i], t) * s.in, s.in, s.in);
        const float* mask = f.hiddenMask ? f.hiddenMask + size_t(order[i]) * s.hidden : nullptr;
        copyRow(left + size_t(i) * depth + s.in, h + size_t(i) * units, s.hidden, s.hidden, mask);
      }
      Ahead<2 + SLICE_ROWS> ahead;  // the next step's frames, and the room for its gates
      if (step + 1 < s.time) {
        const int next = s.reverse ? t - 1 : t + 1, count = plan.active[slice * s.time + next], row = plan.firstRow[slice * s.time + next];
        for (int i = 0; i < count; i++) ahead.add(f.x + s.frame(order[i], next) * s.in, s.in);
        if (f.workspace && G::KEEPS_GATES) ahead.add(f.workspace + s.gate(row, 0), count * s.gate(1, 0));
        if (f.workspace && G::HAS_C) ahead.add(f.workspace + s.cell(row, 0), size_t(count) * units);
        ahead.cut(s.blocks * G::POSITIONS * ((alive + STEP_ROWS - 1) / STEP_ROWS));
      }
      for (int block = 0; block < s.blocks; block++) {
        // One position for all rows, then the next: its weights stay in the nearest cache.
        const float* right = packed.at + block * blockSize;
        for (int p = 0; p < G::POSITIONS; p++) {
          const int from = fedByX<CELL>(p) ? 0 : s.in, length = (fedByH<CELL>(p) ? depth : s.in) - from;
          V start[VECTORS];
          for (int v = 0; v < VECTORS; v++) start[v] = load(bias + size_t(block) * WIDTH<CELL> + p * UNITS + v * W);
          inTiles<STEP_ROWS>(alive, [&](int first, auto size) {
            constexpr int R = size.value;
            ahead.some();
            V acc[R][VECTORS];
            const float* a[R];
            for (int r = 0; r < R; r++) {
              for (int v = 0; v < VECTORS; v++) acc[r][v] = start[v];
              a[r] = left + size_t(first + r) * depth + from;
            }
            multiplyRows<R, VECTORS>(acc, a, right, length);
            for (int r = 0; r < R; r++)
              for (int v = 0; v < VECTORS; v++) store(gates + (size_t(p) * SLICE_ROWS + first + r) * UNITS + v * W, acc[r][v]);
          });
          right += size_t(length) * UNITS;
        }
        inTiles<GATE_ROWS>(alive, [&](int first, auto size) {
          constexpr int R = size.value;
          // Row by row, its vectors one after another.
          float *hAt = h + size_t(first) * units + block * UNITS, *cAt = c + size_t(first) * units + block * UNITS;
          V z[G::POSITIONS][R * VECTORS], cell[R * VECTORS], old[R * VECTORS], out[R * VECTORS];
          const auto each = [&](const auto& f) {
            for (int r = 0; r < R; r++)
              for (int v = 0; v < VECTORS; v++) f(r * VECTORS + v, size_t(r) * units + v * W);
          };
          for (int p = 0; p < G::POSITIONS; p++)
            for (int i = 0; i < R * VECTORS; i++) z[p][i] = load(gates + (size_t(p) * SLICE_ROWS + first) * UNITS + i * W);
          each([&](int i, size_t at) {
            old[i] = load(hAt + at);
            if constexpr (G::HAS_C) cell[i] = load(cAt + at);
          });
          stepOf(Size<CELL>{}, z, old, cell, out);
          each([&](int i, size_t at) {
            store(hAt + at, out[i]);
            if constexpr (G::HAS_C) store(cAt + at, cell[i]);
          });
          if (f.workspace && G::KEEPS_GATES)
            for (int r = 0; r < R; r++)
              for (int v = 0; v < VECTORS; v++) {
                float* kept = f.workspace + s.gate(firstRow + first + r, block) + v * W;
                for (int p = 0; p < G::POSITIONS; p++) store(kept + p * UNITS, z[p][r * VECTORS + v]);
                if constexpr (G::HAS_C) store(f.workspace + s.cell(firstRow + first + r, block) + v * W, cell[r * VECTORS + v]);
              }
        });
      }
      for (int i = 0; i < alive; i++) memcpy(f.output + s.frame(order[i], t) * s.hidden, h + size_t(i) * units, s.hidden * sizeof(float));
    }
    for (int i = 0; i < places; i++) {
      memcpy(f.hN + size_t(order[i]) * s.hidden, h + size_t(i) * units, s.hidden * sizeof(float));
      if constexpr (G::HAS_C) memcpy(f.cN + size_t(order[i]) * s.hidden, c + size_t(i) * units, s.hidden * sizeof(float));
    }
  });
}

// Through time, backwards: gradients of the gates into the workspace, of the initial state out.
template <int CELL>
void backward(const Layer& l, const hark::Backward& b) {
  using G = Gates<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const int units = s.units(), padded = roundUp(units, PANEL);
  Scratch packed(size_t(padded) * s.blocks * FED<CELL>);
  packBackward<CELL>(s, b.weightHh, s.hidden, G::gateOfH, packed.at);
  const size_t sliceSize = size_t(SLICE_ROWS) * (2 * padded + 2 * units);
  Scratch states(plan.slices * sliceSize);

  inParallel(plan.slices, [&](int slice) {
    const int firstPlace = plan.sliceFirst[slice], places = plan.sliceFirst[slice + 1] - firstPlace;
    const int* order = plan.order + firstPlace;
    float* dh = states.at + slice * sliceSize;           // [place][padded]
    float* mask = dh + SLICE_ROWS * size_t(padded);      // [place][padded]
    float* dc = mask + SLICE_ROWS * size_t(padded);      // [place][units]
    float* hidden = dc + SLICE_ROWS * size_t(units);     // [place][units]: h_t, for GRU h_(t-1)
    for (int i = 0; i < places; i++) {
      const size_t at = size_t(order[i]) * s.hidden;
      copyRow(dh + size_t(i) * padded, b.dHN + at, s.hidden, padded);
      if (b.hiddenMask) copyRow(mask + size_t(i) * padded, b.hiddenMask + at, s.hidden, padded);
      if constexpr (G::HAS_C) copyRow(dc + size_t(i) * units, b.dCN + at, s.hidden, units);
    }
    float* sums = b.workspace + s.sums(slice, 0);
    memset(sums, 0, size_t(s.blocks) * WIDTH<CELL> * sizeof(float));

    for (int step = s.time - 1; step >= 0; step--) {
      const int t = s.reverse ? s.time - 1 - step : step, previous = s.before(t);
      const int alive = plan.active[slice * s.time + t], firstRow = plan.firstRow[slice * s.time + t];
      if (alive == 0) continue;
      const float* cBefore[SLICE_ROWS];
      int known[SLICE_ROWS];  // units that may be read of cBefore
      for (int i = 0; i < alive; i++) {
        const size_t at = s.frame(order[i], t) * s.hidden, start = size_t(order[i]) * s.hidden;
        const bool isFirst = s.isFirst(plan, slice, i, t);
        float* to = dh + size_t(i) * padded;
        for (int unit = 0; unit < s.hidden; unit += W) store(to + unit, load(to + unit) + loadPart(b.dOutput + at + unit, s.hidden - unit));
        const float* before = isFirst ? b.h0 + start : b.output + s.frame(order[i], previous) * s.hidden;
        copyRow(hidden + size_t(i) * units, CELL == hark::GRU ? before : b.output + at, s.hidden, units);
        if constexpr (G::HAS_C) {
          cBefore[i] = isFirst ? b.c0 + start : b.workspace + s.cell(plan.firstRow[slice * s.time + previous] + i, 0);
          known[i] = isFirst ? s.hidden : units;
        }
      }
      for (int block = 0; block < s.blocks; block++)
        for (int v = 0; v < VECTORS; v++) {
          const int unit = block * UNITS + v * W;
          float* sumAt = sums + size_t(block) * WIDTH<CELL> + v * W;
          V sum[G::POSITIONS];
          for (int p = 0; p < G::POSITIONS; p++) sum[p] = load(sumAt + p * UNITS);
          for (int i = 0; i < alive; i++) {
            float *kept = b.workspace + s.gate(firstRow + i, block) + v * W, *dhAt = dh + size_t(i) * padded + unit, *dcAt = dc + size_t(i) * units + unit;
            V z[G::POSITIONS], cOld{}, d{}, total = load(dhAt);
            if constexpr (G::KEEPS_GATES)
              for (int p = 0; p < G::POSITIONS; p++) z[p] = load(kept + p * UNITS);
            if constexpr (G::HAS_C) {
              cOld = loadPart(cBefore[i] + unit, known[i] - unit);
              d = load(dcAt);
            }
            backOf(Size<CELL>{}, z, load(hidden + size_t(i) * units + unit), cOld, total, d);
            store(dhAt, total);
            if constexpr (G::HAS_C) store(dcAt, d);
            for (int p = 0; p < G::POSITIONS; p++) {
              store(kept + p * UNITS, z[p]);
              sum[p] += z[p];
            }
          }
          for (int p = 0; p < G::POSITIONS; p++) store(sumAt + p * UNITS, sum[p]);
        }
      Ahead<2 + 2 * SLICE_ROWS> ahead;  // what the next step back will read
      if (step > 0) {
        const int row = plan.firstRow[slice * s.time + previous], count = plan.active[slice * s.time + previous];
        if (G::KEEPS_GATES) ahead.add(b.workspace + s.gate(row, 0), count * s.gate(1, 0));
        const int beyond = s.before(previous);
        for (int i = 0; i < count; i++) {
          ahead.add(b.dOutput + s.frame(order[i], previous) * s.hidden, s.hidden);
          if (step > 1) ahead.add(b.output + s.frame(order[i], CELL == hark::GRU ? beyond : previous) * s.hidden, s.hidden);
        }
        if (G::HAS_C && step > 1) ahead.add(b.workspace + s.cell(plan.firstRow[slice * s.time + beyond], 0), size_t(plan.active[slice * s.time + beyond]) * units);
        ahead.cut((alive + ROWS - 1) / ROWS * (padded / PANEL) * (s.blocks * FED<CELL> / 128));
      }
      inTiles<ROWS>(alive, [&](int first, auto size) {
        constexpr int R = size.value;
        const float* gates = b.workspace + s.gate(firstRow + first, 0);
        for (int column = 0; column < units; column += PANEL) {
          V acc[R][COLS] = {};
          multiplyGates<CELL, R>(s, acc, gates + G::FROM_H * UNITS, packed.at + size_t(column) * s.blocks * FED<CELL>, [&] { ahead.some(); });
          for (int r = 0; r < R; r++)
            for (int n = 0; n < COLS; n++) {
              float* to = dh + size_t(first + r) * padded + column + n * W;
              store(to, load(to) + (b.hiddenMask ? acc[r][n] * load(mask + (to - dh)) : acc[r][n]));
            }
        }
      });
    }
    for (int i = 0; i < places; i++) {
      const size_t at = size_t(order[i]) * s.hidden;
      memcpy(b.dH0 + at, dh + size_t(i) * padded, s.hidden * sizeof(float));
      if constexpr (G::HAS_C) memcpy(b.dC0 + at, dc + size_t(i) * units, s.hidden * sizeof(float));
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
    inTiles<ROWS>(count, [&](int first, auto size) {
      constexpr int R = size.value;
      const int row = from + first;
      for (int column = 0; column < s.in; column += PANEL) {
        V acc[R][COLS] = {};
        multiplyGates<CELL, R>(s, acc, workspace + s.gate(row, 0) + G::FROM_X * UNITS, packed.at + size_t(column) * s.blocks * FED<CELL>, [] {});
        for (int r = 0; r < R; r++) {
          float* out = dX + s.frame(plan.rowSequence[row + r], plan.rowFrame[row + r]) * s.in;
          for (int n = 0; n < COLS; n++)
            if (column + n * W < s.in) storePart(out + column + n * W, acc[r][n], s.in - column - n * W);
        }
      }
    });
  });
}

// dW_ih = dgates^T x, dW_hh = dgates^T h_(t-1): one product over all rows. Each part has some blocks of units for itself; it
// walks through the rows in slabs, whose factors it packs so that both stay in the nearest cache.
template <int CELL>
void weightGradient(const Layer& l, const hark::WeightGradient& g) {
  using G = Gates<CELL>;
  // STRIP: gates packed at once; with DEPTH rows of them, and of a tile of the right factor, the nearest cache is full.
  constexpr int TALL = REGISTERS == 32 ? 8 : 4, WIDE = 3, DEPTH = 128, STRIP = WIDTH<CELL> < 32 ? WIDTH<CELL> : 32;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const int wideX = roundUp(s.in, W), wideH = roundUp(s.hidden, W), wide = wideX + wideH;
  const size_t blockSums = size_t(FED<CELL>) * wide;
  const int parts = s.blocks < hark::threadCount() ? s.blocks : hark::threadCount();
  const size_t partSize = size_t(DEPTH) * (wide + STRIP);
  Scratch sums(blockSums * s.blocks), slabs(parts * partSize);
  memset(sums.at, 0, blockSums * s.blocks * sizeof(float));
  const auto frameOf = [&](int row) { return g.x + s.frame(plan.rowSequence[row], plan.rowFrame[row]) * s.in; };
  const auto stateBefore = [&](int row) {
    const int sequence = plan.rowSequence[row];
    return s.isFirstRow(plan, row) ? g.h0 + size_t(sequence) * s.hidden : g.output + s.frame(sequence, s.before(plan.rowFrame[row])) * s.hidden;
  };

  inParallel(parts, [&](int part) {
    const int firstBlock = s.blocks * part / parts, endBlock = s.blocks * (part + 1) / parts;
    float* right = slabs.at + part * partSize;   // x and h_(t-1), each [vectors of a tile][row of the slab][vector]
    float* left = right + size_t(DEPTH) * wide;  // [row of the slab][STRIP]
    for (int slab = 0; slab < s.rows; slab += DEPTH) {
      const int depth = s.rows - slab < DEPTH ? s.rows - slab : DEPTH;
      for (int k = 0; k < depth; k++) {
        const float* mask = g.hiddenMask ? g.hiddenMask + size_t(plan.rowSequence[slab + k]) * s.hidden : nullptr;
        packRow<WIDE>(frameOf(slab + k), nullptr, s.in, right, k, DEPTH);
        packRow<WIDE>(stateBefore(slab + k), mask, s.hidden, right + size_t(DEPTH) * wideX, k, DEPTH);
      }
      for (int block = firstBlock; block < endBlock; block++) {
        // The next block's gates, and a share of the next slab's frames and states.
        Ahead<DEPTH * 2> ahead;
        const bool last = block + 1 == endBlock;
        const int nextSlab = slab + DEPTH, nextEnd = s.rows < nextSlab + DEPTH ? s.rows : nextSlab + DEPTH;
        for (int row = last ? nextSlab : slab; row < (last ? nextEnd : slab + depth); row++) ahead.add(g.workspace + s.gate(row, last ? firstBlock : block + 1), WIDTH<CELL>);
        for (int row = nextSlab + block - firstBlock; row < nextEnd; row += endBlock - firstBlock) {
          ahead.add(frameOf(row), s.in);
          ahead.add(stateBefore(row), s.hidden);
        }
        ahead.cut((wide / W + WIDE - 1) / WIDE * (WIDTH<CELL> / STRIP));
        float* to = sums.at + block * blockSums;
        for (int strip = 0; strip < WIDTH<CELL>; strip += STRIP) {
          for (int k = 0; k < depth; k++)
            for (int n = 0; n < STRIP; n += W) store(left + k * STRIP + n, load(g.workspace + s.gate(slab + k, block) + strip + n));
          // The part of the strip that x (or h) feeds, times the columns of it.
          const auto add = [&](int firstFed, int column, int columns) {
            const int start = firstFed > strip ? firstFed : strip;
            const int end = firstFed + FED<CELL> < strip + STRIP ? firstFed + FED<CELL> : strip + STRIP;
            if (start >= end) return;
            inTiles<WIDE>(columns / W, [&](int vector, auto sizeN) {
              ahead.some();
              constexpr int N = sizeN.value;
              const float* panel = right + size_t(column + vector * W) * DEPTH;
              inTiles<N == 3 ? TALL : TALL * 3 / 2>(end - start, [&](int row, auto sizeR) {
                constexpr int R = sizeR.value;
                float* c = to + size_t(start - firstFed + row) * wide + column + vector * W;
                V acc[R][N];
                for (int r = 0; r < R; r++)
                  for (int n = 0; n < N; n++) acc[r][n] = load(c + size_t(r) * wide + n * W);
                multiplyColumns<R, N>(acc, left + start - strip + row, STRIP, panel, N * W, depth);
                for (int r = 0; r < R; r++)
                  for (int n = 0; n < N; n++) store(c + size_t(r) * wide + n * W, acc[r][n]);
              });
            });
          };
          add(G::FROM_X * UNITS, 0, wideX);
          add(G::FROM_H * UNITS, wideX, wideH);
        }
      }
    }
  });

  for (int unit = 0; unit < s.hidden; unit++)
    for (int p = 0; p < G::GATES; p++) {
      const int block = unit / UNITS, u = unit % UNITS;
      const float* from = sums.at + block * blockSums + size_t(p * UNITS + u) * wide;
      const size_t rowX = size_t(G::gateOfX[p]) * s.hidden + unit, rowH = size_t(G::gateOfH[p]) * s.hidden + unit;
      memcpy(g.dWeightIh + rowX * s.in, from, s.in * sizeof(float));
      memcpy(g.dWeightHh + rowH * s.hidden, from + wideX, s.hidden * sizeof(float));
      float biasX = 0, biasH = 0;
      for (int slice = 0; slice < plan.slices; slice++) {
        const float* total = g.workspace + s.sums(slice, block) + u;
        biasX += total[(G::FROM_X + p) * UNITS];
        biasH += total[(G::FROM_H + p) * UNITS];
      }
      g.dBiasIh[rowX] = biasX;
      g.dBiasHh[rowH] = biasH;
    }
}

// What the gates did, out of the workspace into plain rows.
template <int CELL>
constexpr int traceCount = Gates<CELL>::KEEPS_GATES ? Gates<CELL>::POSITIONS + Gates<CELL>::HAS_C : 0;

template <int CELL>
void traces(const Layer& l, const float* workspace, float* to) {
  using G = Gates<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  if constexpr (G::KEEPS_GATES)
    for (int row = 0; row < s.rows; row++)
      for (int trace = 0; trace < traceCount<CELL>; trace++) {
        float* at = to + (size_t(trace) * s.batch * s.time + s.frame(plan.rowSequence[row], plan.rowFrame[row])) * s.hidden;
        for (int unit = 0; unit < s.hidden; unit++) {
          const int block = unit / UNITS, u = unit % UNITS;
          at[unit] = workspace[trace == G::POSITIONS ? s.cell(row, block) + u : s.gate(row, block) + G::positionOf[trace] * UNITS + u];
        }
      }
}

}  // namespace
