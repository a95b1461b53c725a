// The fused recurrent layer. Formulas: PyTorch's nn.RNN (tanh), nn.LSTM, nn.GRU; docs/cells has them line by line.
#pragma once
#include "pack.h"

namespace {

constexpr int GATE_ROWS = 6;  // most rows whose gates are computed together

// One slice of a batch, from its first frame to its last.
template <int CELL>
class ForwardSlice {
  using G = Gates<CELL>;
  // Blocks whose pre-activations are computed before their gates: one row alone is too little to fill the registers, and takes
  // several of them abreast.
  static constexpr int JOINED = 4 / G::POSITIONS;

 public:
  ForwardSlice(const Shape<CELL>& s, const Plan& plan, const hark::Forward& f, const float* weights, const float* bias, int slice, float* memory)
      : s(s), plan(plan), f(f), weights(weights), bias(bias), slice(slice), order(plan.order + plan.sliceFirst[slice]),
        places(plan.sliceFirst[slice + 1] - plan.sliceFirst[slice]), units(s.units()), stride(spread(s.in + units)) {
    left[0] = memory;
    left[1] = left[0] + SLICE_ROWS * size_t(stride);
    c = left[1] + SLICE_ROWS * size_t(stride);
    h = c + SLICE_ROWS * size_t(units);
    gates = h + SLICE_ROWS * size_t(units);
  }
  static size_t memory(const Shape<CELL>& s) {
    return SLICE_ROWS * (2 * size_t(spread(s.in + s.units())) + 2 * s.units() + JOINED * WIDTH<CELL>);
  }
  static size_t blockSize(const Shape<CELL>& s) { return size_t(s.in + s.hidden) * FED<CELL>; }

  void run() {
    for (int i = 0; i < places; i++) clearBeyond(s, plan, slice, i, f.output, s.hidden);
    for (int i = 0; i < places; i++) {
      const size_t at = size_t(order[i]) * s.hidden;
      for (float* rows : left) copyRow(rows + size_t(i) * stride + s.in, f.h0 + at, s.hidden, units, maskOf(i));
      if constexpr (G::HAS_C) copyRow(c + size_t(i) * units, f.c0 + at, s.hidden, units);
      if (f.hiddenMask) copyRow(h + size_t(i) * units, f.h0 + at, s.hidden, units);
    }
    for (int step = 0; step < s.time; step++) {
      t = s.at(step);
      alive = plan.active[slice * s.time + t];
      const int after = step + 1 < s.time ? plan.active[slice * s.time + s.at(step + 1)] : 0;
      if (alive > 0) takeStep(left[step % 2], left[(step + 1) % 2], step, after);
      for (int i = after; i < alive; i++) finish(i);
    }
  }

 private:
  const float* maskOf(int place) const { return f.hiddenMask ? f.hiddenMask + size_t(order[place]) * s.hidden : nullptr; }

  float* outputOf(int place) const { return f.output + s.frame(order[place], t) * s.hidden; }

  // now: rows [x_t, h_(t-1) masked]; next: those of the step after it, whose states are written.
  void takeStep(float* now, float* next, int step, int after) {
    for (int i = 0; i < alive; i++) copyRow(now + size_t(i) * stride, f.x + s.frame(order[i], t) * s.in, s.in, s.in);
    Ahead<2 + SLICE_ROWS> ahead;  // the next step's frames, and the room for what it makes
    if (after > 0) {
      const int following = s.at(step + 1), row = plan.firstRow[slice * s.time + following];
      for (int i = 0; i < after; i++) ahead.add(f.x + s.frame(order[i], following) * s.in, s.in);
      if (f.workspace && G::KEEPS_GATES) ahead.add(f.workspace + s.gate(row, 0), after * s.gate(1, 0));
      if (f.workspace && G::HAS_C) ahead.add(f.workspace + s.cell(row, 0), size_t(after) * units);
      ahead.cut(s.blocks * G::POSITIONS * ((alive + STEP_ROWS - 1) / STEP_ROWS));
    }
    for (int first = 0; first < s.blocks; first += JOINED) {
      const int blocks = s.blocks - first < JOINED ? s.blocks - first : JOINED;
      if (alive == 1) withSize<JOINED>(blocks, [&](auto count) { preActivationsOfOne(now, first, count); });
      else
        for (int i = 0; i < blocks; i++) preActivations(now, first + i, gates + i * SLICE_ROWS * WIDTH<CELL>, ahead);
      for (int i = 0; i < blocks; i++) states(now, next, first + i, gates + i * SLICE_ROWS * WIDTH<CELL>);
    }
    for (int i = 0; i < alive; i++) {
      float* made = next + size_t(i) * stride + s.in;
      memcpy(outputOf(i), made, s.hidden * sizeof(float));
      if (!f.hiddenMask) continue;
      copyRow(h + size_t(i) * units, made, s.hidden, units);
      copyRow(made, made, s.hidden, units, maskOf(i));
    }
  }

  // Of one block, into [position][place][UNITS]. One position for all rows, then the next: its weights stay in the nearest cache.
  template <int N>
  void preActivations(const float* now, int block, float* to, Ahead<N>& ahead) const {
    const float* right = weights + block * blockSize(s);
    for (int p = 0; p < G::POSITIONS; p++) {
      const int from = fedByX<CELL>(p) ? 0 : s.in, depth = (fedByX<CELL>(p) ? s.in : 0) + (fedByH<CELL>(p) ? s.hidden : 0);
      V start[VECTORS];
      for (int v = 0; v < VECTORS; v++) start[v] = load(bias + size_t(block) * WIDTH<CELL> + p * UNITS + v * W);
      inTiles<STEP_ROWS>(alive, [&](int first, auto size) {
        constexpr int R = size.value;
        ahead.some();
        V acc[R][VECTORS];
        const float* a[R];
        for (int r = 0; r < R; r++) {
          for (int v = 0; v < VECTORS; v++) acc[r][v] = start[v];
          a[r] = now + size_t(first + r) * stride + from;
        }
        multiplyRows<R, VECTORS>(acc, a, right, depth);
        for (int r = 0; r < R; r++)
          for (int v = 0; v < VECTORS; v++) store(to + (size_t(p) * SLICE_ROWS + first + r) * UNITS + v * W, acc[r][v]);
      });
      right += size_t(depth) * UNITS;
    }
  }

  // Of the first place alone, for several blocks.
  template <int COUNT>
  void preActivationsOfOne(const float* now, int block, Size<COUNT>) const {
    constexpr int ALL = COUNT * G::POSITIONS;
    V acc[ALL][VECTORS];
    const float* right[ALL];
    for (int i = 0; i < COUNT; i++) {
      const float* at = weights + (block + i) * blockSize(s);
      for (int p = 0; p < G::POSITIONS; p++) {
        for (int v = 0; v < VECTORS; v++) acc[i * G::POSITIONS + p][v] = load(bias + size_t(block + i) * WIDTH<CELL> + p * UNITS + v * W);
        right[i * G::POSITIONS + p] = at;
        at += size_t((fedByX<CELL>(p) ? s.in : 0) + (fedByH<CELL>(p) ? s.hidden : 0)) * UNITS;
      }
    }
    const auto add = [&](const float* row, int depth, auto fed) {
      for (int k = 0; k < depth; k++) {
        const V value = splat(row[k]);
#pragma GCC unroll 4
        for (int j = 0; j < ALL; j++) {
          if (!fed(j % G::POSITIONS)) continue;
          for (int v = 0; v < VECTORS; v++) acc[j][v] += value * load(right[j] + size_t(k) * UNITS + v * W);
        }
      }
#pragma GCC unroll 4
      for (int j = 0; j < ALL; j++)
        if (fed(j % G::POSITIONS)) right[j] += size_t(depth) * UNITS;
    };
    add(now, s.in, [](int p) { return fedByX<CELL>(p); });
    add(now + s.in, s.hidden, [](int p) { return fedByH<CELL>(p); });
    for (int i = 0; i < COUNT; i++)
      for (int p = 0; p < G::POSITIONS; p++)
        for (int v = 0; v < VECTORS; v++) store(gates + (size_t(i) * G::POSITIONS + p) * SLICE_ROWS * UNITS + v * W, acc[i * G::POSITIONS + p][v]);
  }

  // The pre-activations of a block become gates, states and output.
  void states(const float* now, float* next, int block, const float* from) const {
    const int unit = block * UNITS, firstRow = plan.firstRow[slice * s.time + t];
    const float* old = f.hiddenMask ? h + unit : now + s.in + unit;
    const int oldStride = f.hiddenMask ? units : stride;
    inTiles<GATE_ROWS>(alive, [&](int first, auto size) {
      constexpr int R = size.value;
      // Row by row, its vectors one after another.
      V z[G::POSITIONS][R * VECTORS], cell[R * VECTORS], before[R * VECTORS], out[R * VECTORS];
      const auto each = [&](const auto& f) {
        for (int r = 0; r < R; r++)
          for (int v = 0; v < VECTORS; v++) f(r * VECTORS + v, r, v * W);
      };
      float *cAt = c + size_t(first) * units + unit, *to = next + size_t(first) * stride + s.in + unit;
      const float* oldAt = old + size_t(first) * oldStride;
      for (int p = 0; p < G::POSITIONS; p++)
        for (int i = 0; i < R * VECTORS; i++) z[p][i] = load(from + (size_t(p) * SLICE_ROWS + first) * UNITS + i * W);
      each([&](int i, int r, int v) {
        if constexpr (G::HAS_C) cell[i] = load(cAt + size_t(r) * units + v);
        if constexpr (CELL == hark::GRU) before[i] = load(oldAt + size_t(r) * oldStride + v);
      });
      stepOf(Size<CELL>{}, z, before, cell, out);
      each([&](int i, int r, int v) {
        if constexpr (G::HAS_C) store(cAt + size_t(r) * units + v, cell[i]);
        store(to + size_t(r) * stride + v, out[i]);
      });
      if (f.workspace && G::KEEPS_GATES)
        each([&](int i, int r, int v) {
          float* kept = f.workspace + s.gate(firstRow + first + r, block) + v;
          for (int p = 0; p < G::POSITIONS; p++) store(kept + p * UNITS, z[p][i]);
          if constexpr (G::HAS_C) store(f.workspace + s.cell(firstRow + first + r, block) + v, cell[i]);
        });
    });
  }

  // After a sequence's last frame.
  void finish(int place) const {
    const size_t at = size_t(order[place]) * s.hidden;
    memcpy(f.hN + at, outputOf(place), s.hidden * sizeof(float));
    if constexpr (G::HAS_C) memcpy(f.cN + at, c + size_t(place) * units, s.hidden * sizeof(float));
  }

  const Shape<CELL>& s;
  const Plan& plan;
  const hark::Forward& f;
  const float *weights, *bias;
  const int slice, *order, places, units, stride;
  float* left[2];  // [place][x_t, h_(t-1) masked], of this step and the next
  float* c;        // [place][units]
  float* h;        // [place][units]: h_(t-1) before its mask, where there is one
  float* gates;    // of JOINED blocks, [block][position][place][UNITS]
  int t = 0, alive = 0;  // of the frame in work
};

template <int CELL>
void forward(const Layer& l, const hark::Forward& f) {
  using Slice = ForwardSlice<CELL>;
  const Shape<CELL> s(l);
  Scratch packed(s.blocks * Slice::blockSize(s) + s.width()), states(l.plan.slices * Slice::memory(s));
  float* bias = packed.at + s.blocks * Slice::blockSize(s);
  packForward<CELL>(s, f.weightIh, f.weightHh, packed.at);
  packBias<CELL>(s, f.biasIh, f.biasHh, bias);
  inParallel(l.plan.slices, [&](int slice) { Slice(s, l.plan, f, packed.at, bias, slice, states.at + slice * Slice::memory(s)).run(); });
}

}  // namespace
