// Which gates are normalised together, and what a step keeps for the way back.
#pragma once
#include "../base/row-norm.h"
#include "../recurrent/pack.h"
#include "../recurrent/traces.h"

namespace {

// Runs of gates, in PyTorch's order, whose pre-activations are normalised together: run g is firstGate[g] .. firstGate[g + 1].
template <int CELL>
struct NormGroups {
  static constexpr int COUNT = 1, firstGate[2] = {0, Gates<CELL>::GATES};
};
// r and z, then n.
template <>
struct NormGroups<hark::GRU> {
  static constexpr int COUNT = 2, firstGate[3] = {0, 2, 3};
};
template <int CELL>
constexpr int groupOf(int gate) {
  int group = 0;
  while (gate >= NormGroups<CELL>::firstGate[group + 1]) group++;
  return group;
}

// What is kept of `rows` steps, in plain rows: the h side's products, whose gradients take their place on the way back
// [row][gates * hidden]; the gates [row][position][hidden]; an LSTM's c [row][hidden]; the norms [row][NORMS], of c the last.
template <int CELL>
class Kept {
  using G = Gates<CELL>;
  static constexpr int POSITIONS = G::KEEPS_GATES ? G::POSITIONS : 0;

 public:
  static constexpr int NORMS = NormGroups<CELL>::COUNT + G::HAS_C;
  static size_t size(int rows, int hidden) { return rows * (size_t(G::GATES + POSITIONS + G::HAS_C) * hidden + 2 * NORMS); }

  Kept(float* at, int rows, int hidden)
      : hidden_(hidden), products_(at), gates_(products_ + size_t(rows) * G::GATES * hidden), c_(gates_ + size_t(rows) * POSITIONS * hidden),
        norms_(c_ + (G::HAS_C ? size_t(rows) * hidden : 0)) {}
  float* products(int row) const { return products_ + size_t(row) * G::GATES * hidden_; }
  float* gate(int row, int position) const { return gates_ + (size_t(row) * POSITIONS + position) * hidden_; }
  float* c(int row) const { return c_ + size_t(row) * hidden_; }
  RowNorm* norms(int row) const { return reinterpret_cast<RowNorm*>(norms_) + size_t(row) * NORMS; }

 private:
  int hidden_;
  float *products_, *gates_, *c_, *norms_;
};

}  // namespace
