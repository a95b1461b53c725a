// A recurrent layer with normalisation in the cell, forward. Formulas: docs/cells/layer-norm.md.
#pragma once
#include "../dense/product.h"
#include "kept.h"
#include "step.h"

namespace {

constexpr int ABREAST_UNITS = 3;  // vectors of units of one sequence that a step computes side by side

// The right factor of a product, packed for all slices.
template <class Right>
struct Packed {
  Scratch panels;
  int depth;
  Packed(const Right& right, int depth) : panels(size_t(roundUp(right.n, PANEL)) * depth), depth(depth) { packAll(right, 0, depth, panels.at, false); }
  // to [rows, n] = left [rows, depth] times it, on this thread.
  void times(const float* left, int rows, const int* count, float* to, int n, size_t stride) const {
    const auto row = [=](int i) { return left + size_t(i) * depth; };
    multiplyAll(Result{to, n, stride, nullptr, hark::LINEAR}, rows, Gathered<decltype(row)>{row, count}, depth, panels.at, true);
  }
};

// The gates, c_t and (but for an LSTM) h_t of one sequence. `fed` and `product`: its x side, and its h side before the norm; c, h:
// c_(t-1) and h_(t-1) in, c_t and h_t out.
template <int CELL>
void stepGates(int hidden, const hark::NormedForward& f, const float* fed, const float* product, const RowNorm* norms,
               float* const (&gates)[Gates<CELL>::POSITIONS], float* c, float* h) {
  using G = Gates<CELL>;
  inTiles<ABREAST_UNITS>((hidden + W - 1) / W, [&](int first, auto size) {
    constexpr int N = size.value;
    const int unit = first * W, left = hidden - unit;
    V z[G::POSITIONS][N], before[N], cell[N], out[N];
    for (int p = 0; p < G::POSITIONS; p++)
      for (int i = 0; i < N; i++) {
        z[p][i] = V{};
        if (fedByX<CELL>(p)) z[p][i] = loadPart(fed + G::gateOfX[p - G::FROM_X] * hidden + unit + i * W, left - i * W);
        if (fedByH<CELL>(p)) {
          const int gate = G::gateOfH[p - G::FROM_H], at = gate * hidden + unit + i * W;
          const RowNorm norm = norms[groupOf<CELL>(gate)];
          const V u = (loadPart(product + at, left - i * W) - splat(norm.mean)) * splat(norm.scale);
          z[p][i] += u * loadPart(f.norm + at, left - i * W) + loadPart(f.bias + at, left - i * W);
        }
      }
    for (int i = 0; i < N; i++) {
      before[i] = load(h + unit + i * W);
      if constexpr (G::HAS_C) cell[i] = load(c + unit + i * W);
    }
    if constexpr (G::HAS_C) lstmStep(z, cell);
    else stepOf(Size<CELL>{}, z, before, cell, out);
    for (int i = 0; i < N; i++) {
      if constexpr (G::HAS_C) store(c + unit + i * W, cell[i]);
      else store(h + unit + i * W, out[i]);
      if constexpr (G::KEEPS_GATES)
        for (int p = 0; p < G::POSITIONS; p++) storePart(gates[p] + unit + i * W, z[p][i], left - i * W);
    }
  });
}

// tanh(gain * u + shift), u of c: what an LSTM shows of its cell, for N vectors of units of which `left` exist.
template <int N>
inline void shownOf(V (&y)[N], const float* c, RowNorm norm, const float* gain, const float* shift, int left) {
  HARK_EACH y[i] = (loadPart(c + i * W, left - i * W) - splat(norm.mean)) * splat(norm.scale) * loadPart(gain + i * W, left - i * W) +
                   loadPart(shift + i * W, left - i * W);
  tanhOfEach(y);
}

// An LSTM's second half: h_t = o * what is shown of c_t.
inline void stepOutput(int hidden, const hark::NormedForward& f, const float* c, RowNorm norm, const float* o, float* h) {
  inTiles<ABREAST_UNITS>((hidden + W - 1) / W, [&](int first, auto size) {
    constexpr int N = size.value;
    const int unit = first * W, left = hidden - unit;
    V y[N];
    shownOf(y, c + unit, norm, f.normC + unit, f.normCBias + unit, left);
    HARK_EACH store(h + unit + i * W, loadPart(o + unit + i * W, left - i * W) * y[i]);
  });
}

template <int CELL>
void normedForward(const Layer& l, const hark::NormedForward& f) {
  using G = Gates<CELL>;
  using Groups = NormGroups<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const int hidden = s.hidden, side = G::GATES * hidden, units = s.units();
  const Packed<Columns> weights({f.weightHh, side, size_t(hidden)}, hidden);
  const Count count(hidden);
  // What is not to be kept is written where the next step writes over it.
  const size_t keptSize = f.workspace ? 0 : Kept<CELL>::size(SLICE_ROWS, hidden);
  const size_t sliceSize = size_t(SLICE_ROWS) * (2 * units + hidden) + keptSize;
  Scratch states(plan.slices * sliceSize);

  inParallel(plan.slices, [&](int slice) {
    const int firstPlace = plan.sliceFirst[slice], places = plan.sliceFirst[slice + 1] - firstPlace;
    const int* order = plan.order + firstPlace;
    float* h = states.at + slice * sliceSize;     // [place][units]
    float* c = h + SLICE_ROWS * size_t(units);    // [place][units]
    float* left = c + SLICE_ROWS * size_t(units);  // [place][hidden]: h_(t-1) masked
    const Kept<CELL> kept(f.workspace ? f.workspace : left + SLICE_ROWS * size_t(hidden), f.workspace ? plan.rows : SLICE_ROWS, hidden);
    for (int i = 0; i < places; i++) {
      clearBeyond(s, plan, slice, i, f.output, hidden);
      copyRow(h + size_t(i) * units, f.h0 + size_t(order[i]) * hidden, hidden, units);
      if constexpr (G::HAS_C) copyRow(c + size_t(i) * units, f.c0 + size_t(order[i]) * hidden, hidden, units);
    }
    for (int step = 0; step < s.time; step++) {
      const int t = s.reverse ? s.time - 1 - step : step;
      const int alive = plan.active[slice * s.time + t], firstRow = f.workspace ? plan.firstRow[slice * s.time + t] : 0;
      if (alive == 0) continue;
      for (int i = 0; i < alive; i++)
        copyRow(left + size_t(i) * hidden, h + size_t(i) * units, hidden, hidden, f.hiddenMask ? f.hiddenMask + size_t(order[i]) * hidden : nullptr);
      weights.times(left, alive, count.at, kept.products(firstRow), side, side);
      for (int i = 0; i < alive; i++) {
        const int row = firstRow + i;
        float *hAt = h + size_t(i) * units, *cAt = c + size_t(i) * units;
        const float* product = kept.products(row);
        RowNorm* norms = kept.norms(row);
        for (int g = 0; g < Groups::COUNT; g++) {
          const int from = Groups::firstGate[g] * hidden, end = Groups::firstGate[g + 1] * hidden;
          norms[g] = normOfRow(end - from, product + from, f.eps);
        }
        float* gates[G::POSITIONS];
        for (int p = 0; p < G::POSITIONS; p++) gates[p] = kept.gate(row, p);
        stepGates<CELL>(hidden, f, f.fed + size_t(f.begins[order[i]] + t) * side, product, norms, gates, cAt, hAt);
        if constexpr (G::HAS_C) {
          norms[Groups::COUNT] = normOfRow(hidden, cAt, f.eps);
          stepOutput(hidden, f, cAt, norms[Groups::COUNT], gates[3], hAt);
          memcpy(kept.c(row), cAt, hidden * sizeof(float));
        }
        memcpy(f.output + s.frame(order[i], t) * hidden, hAt, hidden * sizeof(float));
      }
    }
    for (int i = 0; i < places; i++) {
      memcpy(f.hN + size_t(order[i]) * hidden, h + size_t(i) * units, hidden * sizeof(float));
      if constexpr (G::HAS_C) memcpy(f.cN + size_t(order[i]) * hidden, c + size_t(i) * units, hidden * sizeof(float));
    }
  });
}

}  // namespace
