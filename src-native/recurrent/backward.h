// The way back through time, and from the gates to weights and input. docs/cells has its derivation.
#pragma once
#include "weight-gradient.h"

namespace {

// Most sums that rows are added to: each belongs to one thread at a time, and takes its slices one after another.
constexpr int MOST_SUMS = 16;

template <int CELL>
class WayBack {
  using G = Gates<CELL>;
  static constexpr int FED_BLOCKS = 128 / WIDTH<CELL> > 0 ? 128 / WIDTH<CELL> : 1;

 public:
  WayBack(const Shape<CELL>& s, const Plan& plan, const hark::Backward& b, const float* weightHh, const float* weightIh)
      : s(s), plan(plan), b(b), weightHh(weightHh), weightIh(weightIh), units(s.units()), padded(roundUp(units, PANEL)) {}

  static size_t memory(const Shape<CELL>& s) { return size_t(SLICE_ROWS) * (2 * roundUp(s.units(), PANEL) + 2 * s.units()); }

  // One slice, from its last frame to its first: gradients of the gates into `slab`, their sums to `biases`, those of the initial
  // state out. workOff(from, to): the slab is full.
  template <class F>
  void throughTime(int slice, float* memory, float* biases, Slab<CELL>& slab, const F& workOff) const {
    const int *order = plan.order + plan.sliceFirst[slice], places = plan.sliceFirst[slice + 1] - plan.sliceFirst[slice];
    float* dh = memory;                                // [place][padded]
    float* mask = dh + SLICE_ROWS * size_t(padded);    // [place][padded]
    float* dc = mask + SLICE_ROWS * size_t(padded);    // [place][units]
    float* hidden = dc + SLICE_ROWS * size_t(units);   // [place][units]: h_t, for GRU h_(t-1)
    for (int i = 0; i < places; i++) {
      const size_t at = size_t(order[i]) * s.hidden;
      copyRow(dh + size_t(i) * padded, b.dHN + at, s.hidden, padded);
      if (b.hiddenMask) copyRow(mask + size_t(i) * padded, b.hiddenMask + at, s.hidden, padded);
      if constexpr (G::HAS_C) copyRow(dc + size_t(i) * units, b.dCN + at, s.hidden, units);
      if (b.dX) clearBeyond(s, plan, slice, i, b.dX, s.in);
    }
    for (int step = s.time - 1; step >= 0; step--) {
      const int t = s.at(step), previous = s.before(t);
      const int alive = plan.active[slice * s.time + t], firstRow = plan.firstRow[slice * s.time + t];
      if (alive == 0) continue;
      slab.take(firstRow, alive, workOff);
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
          float* sumAt = biases + size_t(block) * WIDTH<CELL> + v * W;
          V sum[G::POSITIONS];
          for (int p = 0; p < G::POSITIONS; p++) sum[p] = load(sumAt + p * UNITS);
          for (int i = 0; i < alive; i++) {
            float *dhAt = dh + size_t(i) * padded + unit, *dcAt = dc + size_t(i) * units + unit;
            V z[G::POSITIONS], cOld{}, d{}, total = load(dhAt);
            if constexpr (G::KEEPS_GATES)
              for (int p = 0; p < G::POSITIONS; p++) z[p] = load(b.workspace + s.gate(firstRow + i, block) + p * UNITS + v * W);
            if constexpr (G::HAS_C) {
              cOld = loadPart(cBefore[i] + unit, known[i] - unit);
              d = load(dcAt);
            }
            backOf(Size<CELL>{}, z, load(hidden + size_t(i) * units + unit), cOld, total, d);
            store(dhAt, total);
            if constexpr (G::HAS_C) store(dcAt, d);
            float* to = slab.row(firstRow + i) + size_t(block) * WIDTH<CELL> + v * W;
            for (int p = 0; p < G::POSITIONS; p++) {
              store(to + p * UNITS, z[p]);
              sum[p] += z[p];
            }
          }
          for (int p = 0; p < G::POSITIONS; p++) store(sumAt + p * UNITS, sum[p]);
        }
      Ahead<2 + 3 * SLICE_ROWS> ahead;  // what the next step back will read, and the weights' gradient of this
      for (int i = 0; i < alive; i++) ahead.add(b.x + s.frame(order[i], t) * s.in, s.in);
      if (step > 0) {
        const int row = plan.firstRow[slice * s.time + previous], count = plan.active[slice * s.time + previous];
        if (G::KEEPS_GATES) ahead.add(b.workspace + s.gate(row, 0), count * s.gate(1, 0));
        const int beyond = s.before(previous);
        for (int i = 0; i < count; i++) {
          ahead.add(b.dOutput + s.frame(order[i], previous) * s.hidden, s.hidden);
          if (step > 1) ahead.add(b.output + s.frame(order[i], CELL == hark::GRU ? beyond : previous) * s.hidden, s.hidden);
        }
        if (G::HAS_C && step > 1) ahead.add(b.workspace + s.cell(plan.firstRow[slice * s.time + beyond], 0), size_t(plan.active[slice * s.time + beyond]) * units);
      }
      ahead.cut((alive + ROWS - 1) / ROWS * (padded / PANEL) * s.blocks / FED_BLOCKS);
      multiplyGates(slab.row(firstRow) + G::FROM_H * UNITS, alive, weightHh, units, [&] { ahead.some(); }, [&](int i, int column, V value) {
        float* to = dh + size_t(i) * padded + column;
        store(to, load(to) + (b.hiddenMask ? value * load(mask + (to - dh)) : value));
      });
    }
    for (int i = 0; i < places; i++) {
      const size_t at = size_t(order[i]) * s.hidden;
      memcpy(b.dH0 + at, dh + size_t(i) * padded, s.hidden * sizeof(float));
      if constexpr (G::HAS_C) memcpy(b.dC0 + at, dc + size_t(i) * units, s.hidden * sizeof(float));
    }
  }

  // dx = dgates W_ih for the rows from..to-1.
  void toInput(int from, int to, const float* gates) const {
    multiplyGates(gates + G::FROM_X * UNITS, to - from, weightIh, s.in, [] {}, [&](int i, int column, V value) {
      if (column < s.in) storePart(b.dX + s.frame(plan.rowSequence[from + i], plan.rowFrame[from + i]) * s.in + column, value, s.in - column);
    });
  }

  // f(from, to) for each slab of a slice, in the order of throughTime.
  template <class F>
  void eachSlab(int slice, const F& f) const {
    Slab<CELL> slab(s, nullptr, true);
    for (int step = s.time - 1; step >= 0; step--) {
      const int at = slice * s.time + s.at(step);
      if (plan.active[at] > 0) slab.take(plan.firstRow[at], plan.active[at], f);
    }
    slab.finish(f);
  }

 private:
  // give(row, column, value) of dgates W for `rows` rows, right factor as packBackward lays it out; `between` every few blocks.
  template <class Between, class Give>
  void multiplyGates(const float* gates, int rows, const float* right, int columns, const Between& between, const Give& give) const {
    // Where every position is fed, several blocks make one long row.
    constexpr int BLOCKS = FED<CELL> == WIDTH<CELL> ? FED_BLOCKS : 1;
    const int stride = Slab<CELL>::stride(s);
    inTiles<ROWS>(rows, [&](int first, auto size) {
      constexpr int R = size.value;
      const float* panel = right;
      for (int column = 0; column < columns; column += PANEL) {
        V acc[R][COLS] = {};
        const float* a[R];
        for (int r = 0; r < R; r++) a[r] = gates + size_t(first + r) * stride;
        for (int block = 0; block < s.blocks; block += BLOCKS) {
          const int count = s.blocks - block < BLOCKS ? s.blocks - block : BLOCKS;
          between();
          multiplyRows<R, COLS>(acc, a, panel, count * FED<CELL>);
          panel += count * FED<CELL> * PANEL;
          for (int r = 0; r < R; r++) a[r] += BLOCKS * WIDTH<CELL>;
        }
        for (int r = 0; r < R; r++)
          for (int n = 0; n < COLS; n++) give(first + r, column + n * W, acc[r][n]);
      }
    });
  }

  const Shape<CELL>& s;
  const Plan& plan;
  const hark::Backward& b;
  const float *weightHh, *weightIh;
  const int units, padded;
};

template <int CELL>
void backward(const Layer& l, const hark::Backward& b) {
  using G = Gates<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const size_t fed = size_t(s.blocks) * FED<CELL>, sizeHh = roundUp(s.units(), PANEL) * fed, sizeIh = b.dX ? roundUp(s.in, PANEL) * fed : 0;
  Scratch packed(sizeHh + sizeIh);
  packBackward<CELL>(s, b.weightHh, s.hidden, G::gateOfH, packed.at);
  if (b.dX) packBackward<CELL>(s, b.weightIh, s.in, G::gateOfX, packed.at + sizeHh);
  const WayBack<CELL> back(s, plan, b, packed.at, packed.at + sizeHh);
  const WeightSums<CELL> weights(s, plan, b);

  const int groups = plan.slices < MOST_SUMS ? plan.slices : MOST_SUMS, threads = hark::threadCount();
  // With a thread for each, a slab is worked off while it is in the cache; more threads than that share its work afterwards.
  const bool atOnce = threads <= groups;
  Scratch sumsOf(groups * weights.size()), states(groups * WayBack<CELL>::memory(s));
  Scratch slabs(atOnce ? groups * Slab<CELL>::memory(s) : size_t(s.rows) * Slab<CELL>::stride(s));
  const int parts = atOnce ? groups : s.blocks < threads ? s.blocks : threads;
  Scratch panels(parts * weights.scratch());

  inParallel(groups, [&](int group) {
    float *sums = sumsOf.at + group * weights.size(), *memory = states.at + group * WayBack<CELL>::memory(s);
    memset(sums, 0, weights.size() * sizeof(float));
    Slab<CELL> slab(s, atOnce ? slabs.at + group * Slab<CELL>::memory(s) : slabs.at, !atOnce);
    const auto workOff = [&](int from, int to) {
      if (!atOnce) return;
      weights.add(from, to, slab.row(from), 0, s.blocks, sums, panels.at + group * weights.scratch());
      if (b.dX) back.toInput(from, to, slab.row(from));
    };
    for (int slice = group; slice < plan.slices; slice += groups) {
      back.throughTime(slice, memory, sums + weights.biases(), slab, workOff);
      slab.finish(workOff);
    }
  });
  if (!atOnce) {
    const auto row = [&](int from) { return slabs.at + size_t(from) * Slab<CELL>::stride(s); };
    inParallel(parts, [&](int part) {
      const int first = s.blocks * part / parts, end = s.blocks * (part + 1) / parts;
      for (int slice = 0; slice < plan.slices; slice++)
        back.eachSlab(slice, [&](int from, int to) {
          weights.add(from, to, row(from), first, end, sumsOf.at + slice % groups * weights.size(), panels.at + part * weights.scratch());
        });
    });
    constexpr int ROWS_EACH = ROWS * 8;
    if (b.dX)
      inParallel((s.rows + ROWS_EACH - 1) / ROWS_EACH, [&](int part) {
        const int from = part * ROWS_EACH, to = s.rows < from + ROWS_EACH ? s.rows : from + ROWS_EACH;
        back.toInput(from, to, row(from));
      });
  }
  weights.write(sumsOf.at, groups);
}

}  // namespace
