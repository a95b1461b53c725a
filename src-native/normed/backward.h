// The way back of a recurrent layer with normalisation in the cell. Derivation: docs/cells/layer-norm.md.
#pragma once
#include "forward.h"

namespace {

// What a slice sums up over its rows for the parameters of the norms; those of c are an LSTM's.
struct NormSums {
  float *norm, *bias, *normC, *normCBias;
  static size_t size(int side, int hidden) { return 2 * size_t(side) + 2 * size_t(hidden); }
  NormSums(float* at, int side, int hidden) : norm(at), bias(norm + side), normC(bias + side), normCBias(normC + hidden) {}
};

// Back through an LSTM's second half: adds to dc what c_t is given, and gives dO, the gradient of o. `dy` and `dOfC`
// are room for a row each.
inline void backOfOutput(int hidden, const hark::NormedBackward& b, const float* c, RowNorm norm, const float* o, const float* dh,
                         float* dc, float* dO, float* dy, float* dOfC, const NormSums& sums) {
  inTiles<ABREAST_UNITS>((hidden + W - 1) / W, [&](int first, auto size) {
    constexpr int N = size.value;
    const int unit = first * W, left = hidden - unit;
    V y[N];
    shownOf(y, c + unit, norm, b.normC + unit, b.normCBias + unit, left);
    HARK_EACH {
      const V d = load(dh + unit + i * W);
      store(dO + unit + i * W, d * y[i]);
      store(dy + unit + i * W, d * loadPart(o + unit + i * W, left - i * W) * (splat(1.0f) - y[i] * y[i]));
    }
  });
  gradientOfRow(hidden, c, dy, b.normC, norm, dOfC, sums.normC, sums.normCBias);
  for (int i = 0; i < hidden; i++) dc[i] += dOfC[i];
}

// Back through the gates of one sequence: the gradients of its x side to `dFed`, of its h side to `dSide`. hiddenState: h_t, for
// GRU h_(t-1). dh, dc: of h_t and c_t in, what does not pass the product out.
template <int CELL>
void backOfGates(int hidden, float* const (&gates)[Gates<CELL>::POSITIONS], const float* hiddenState, const float* cBefore, const float* dO, float* dh,
                 float* dc, float* dFed, float* dSide) {
  using G = Gates<CELL>;
  for (int unit = 0; unit < hidden; unit += W) {
    const int left = hidden - unit;
    V z[G::POSITIONS], total = load(dh + unit);
    if constexpr (G::KEEPS_GATES)
      for (int p = 0; p < G::POSITIONS; p++) z[p] = loadPart(gates[p] + unit, left);
    if constexpr (G::HAS_C) {
      V d = load(dc + unit);
      lstmBack(z, loadPart(cBefore + unit, left), d, load(dO + unit));
      store(dc + unit, d);
      total = V{};
    } else {
      V none{};
      backOf(Size<CELL>{}, z, loadPart(hiddenState + unit, left), V{}, total, none);
    }
    store(dh + unit, total);
    for (int p = 0; p < G::POSITIONS; p++) {
      if (fedByX<CELL>(p)) storePart(dFed + G::gateOfX[p - G::FROM_X] * hidden + unit, z[p], left);
      if (fedByH<CELL>(p)) storePart(dSide + G::gateOfH[p - G::FROM_H] * hidden + unit, z[p], left);
    }
  }
}

// h_(t-1) of every row, masked: the right factor of dW_hh.
template <int CELL>
struct StatesBefore {
  const Shape<CELL>& s;
  const Plan& plan;
  const hark::NormedBackward& b;
  int n;
  const float* row(int row) const {
    const int sequence = plan.rowSequence[row];
    return s.isFirstRow(plan, row) ? b.h0 + size_t(sequence) * n : b.output + s.frame(sequence, s.before(plan.rowFrame[row])) * n;
  }
  void pack(float* to, int panel, int from, int depth) const {
    const int first = panel * PANEL;
    for (int k = from; k < from + depth; k++, to += PANEL) {
      const float *state = row(k) + first, *mask = b.hiddenMask ? b.hiddenMask + size_t(plan.rowSequence[k]) * n + first : nullptr;
      for (int v = 0; v < PANEL; v += W) {
        V value{};
        if (first + v < n) value = loadPart(state + v, n - first - v);
        if (first + v < n && mask) value *= loadPart(mask + v, n - first - v);
        store(to + v, value);
      }
    }
  }
};

// Each slice's sums, added in the order of the slices.
inline void addUp(float* to, const float* sums, int slices, size_t step, int size) {
  memset(to, 0, size * sizeof(float));
  for (int slice = 0; slice < slices; slice++)
    for (int i = 0; i < size; i++) to[i] += sums[slice * step + i];
}

template <int CELL>
void normedBackward(const Layer& l, const hark::NormedBackward& b) {
  using G = Gates<CELL>;
  using Groups = NormGroups<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  const int hidden = s.hidden, side = G::GATES * hidden, units = s.units();
  const Packed<Rows> weights({b.weightHh, hidden, size_t(hidden)}, side);
  const Count count(side);
  const Kept<CELL> kept(b.workspace, plan.rows, hidden);
  const size_t sumsSize = NormSums::size(side, hidden), sliceSize = size_t(SLICE_ROWS) * 3 * units + 2 * size_t(side) + 3 * units;
  Scratch allSums(plan.slices * sumsSize), states(plan.slices * sliceSize);
  memset(allSums.at, 0, plan.slices * sumsSize * sizeof(float));

  inParallel(plan.slices, [&](int slice) {
    const int firstPlace = plan.sliceFirst[slice], places = plan.sliceFirst[slice + 1] - firstPlace;
    const int* order = plan.order + firstPlace;
    const NormSums sums(allSums.at + slice * sumsSize, side, hidden);
    float* dh = states.at + slice * sliceSize;            // [place][units]
    float* dc = dh + SLICE_ROWS * size_t(units);          // [place][units]
    float* through = dc + SLICE_ROWS * size_t(units);     // [place][units]: what passes W_hh
    float* dSide = through + SLICE_ROWS * size_t(units);  // of one row: gradient of the h side
    float* dProduct = dSide + side;                       // of the product in it
    float *dO = dProduct + side, *dy = dO + units, *dOfC = dy + units;
    for (int i = 0; i < places; i++) {
      copyRow(dh + size_t(i) * units, b.dHN + size_t(order[i]) * hidden, hidden, units);
      if constexpr (G::HAS_C) copyRow(dc + size_t(i) * units, b.dCN + size_t(order[i]) * hidden, hidden, units);
    }
    for (int step = s.time - 1; step >= 0; step--) {
      const int t = s.reverse ? s.time - 1 - step : step, previous = s.before(t);
      const int alive = plan.active[slice * s.time + t], firstRow = plan.firstRow[slice * s.time + t];
      if (alive == 0) continue;
      for (int i = 0; i < alive; i++) {
        const int row = firstRow + i;
        const size_t at = s.frame(order[i], t) * hidden, start = size_t(order[i]) * hidden;
        const bool isFirst = s.isFirst(plan, slice, i, t);
        float *dhAt = dh + size_t(i) * units, *dcAt = dc + size_t(i) * units;
        for (int unit = 0; unit < hidden; unit += W) store(dhAt + unit, load(dhAt + unit) + loadPart(b.dOutput + at + unit, hidden - unit));
        const float* before = isFirst ? b.h0 + start : b.output + s.frame(order[i], previous) * hidden;
        const RowNorm* norms = kept.norms(row);
        float* gates[G::POSITIONS];
        for (int p = 0; p < G::POSITIONS; p++) gates[p] = kept.gate(row, p);
        const float* cBefore = nullptr;
        if constexpr (G::HAS_C) {
          backOfOutput(hidden, b, kept.c(row), norms[Groups::COUNT], gates[3], dhAt, dcAt, dO, dy, dOfC, sums);
          cBefore = isFirst ? b.c0 + start : kept.c(plan.firstRow[slice * s.time + previous] + i);
        }
        backOfGates<CELL>(hidden, gates, CELL == hark::GRU ? before : b.output + at, cBefore, dO, dhAt, dcAt,
                          b.dFed + size_t(b.begins[order[i]] + t) * side, dSide);
        float* product = kept.products(row);
        for (int g = 0; g < Groups::COUNT; g++) {
          const int from = Groups::firstGate[g] * hidden, size = Groups::firstGate[g + 1] * hidden - from;
          gradientOfRow(size, product + from, dSide + from, b.norm + from, norms[g], dProduct + from, sums.norm + from, sums.bias + from);
        }
        memcpy(product, dProduct, side * sizeof(float));
      }
      weights.times(kept.products(firstRow), alive, count.at, through, hidden, units);
      for (int i = 0; i < alive; i++) {
        const float* mask = b.hiddenMask ? b.hiddenMask + size_t(order[i]) * hidden : nullptr;
        float *to = dh + size_t(i) * units, *from = through + size_t(i) * units;
        for (int unit = 0; unit < hidden; unit++) to[unit] += mask ? from[unit] * mask[unit] : from[unit];
      }
    }
    for (int i = 0; i < places; i++) {
      memcpy(b.dH0 + size_t(order[i]) * hidden, dh + size_t(i) * units, hidden * sizeof(float));
      if constexpr (G::HAS_C) memcpy(b.dC0 + size_t(order[i]) * hidden, dc + size_t(i) * units, hidden * sizeof(float));
    }
  });

  const Result to{b.dWeightHh, hidden, size_t(hidden), nullptr, hark::LINEAR};
  multiply(to, side, plan.rows, Transposed{kept.products(0), side}, StatesBefore<CELL>{s, plan, b, hidden}, false);
  const NormSums first(allSums.at, side, hidden);
  addUp(b.dNorm, first.norm, plan.slices, sumsSize, side);
  addUp(b.dBias, first.bias, plan.slices, sumsSize, side);
  if constexpr (G::HAS_C) {
    addUp(b.dNormC, first.normC, plan.slices, sumsSize, hidden);
    addUp(b.dNormCBias, first.normCBias, plan.slices, sumsSize, hidden);
  }
}

}  // namespace
