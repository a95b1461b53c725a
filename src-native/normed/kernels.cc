// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "../recurrent/by-cell.h"
#include "backward.h"

namespace {

size_t workspaceSizeOf(const Layer& l) {
  return byCell(l.cell, [&](auto cell) { return Kept<cell.value>::size(l.plan.rows, l.hiddenSize); });
}
void forwardOf(const Layer& l, const hark::NormedForward& f) {
  byCell(l.cell, [&](auto cell) { normedForward<cell.value>(l, f); });
}
void backwardOf(const Layer& l, const hark::NormedBackward& b) {
  byCell(l.cell, [&](auto cell) { normedBackward<cell.value>(l, b); });
}

size_t traceCountOf(const Layer& l) {
  return byCell(l.cell, [](auto cell) { return size_t(traceCount<cell.value>); });
}

// What the gates did, in the order of PyTorch's gates, then c.
template <int CELL>
void normedTraces(const Layer& l, const float* workspace, float* to) {
  using G = Gates<CELL>;
  const Plan& plan = l.plan;
  const Kept<CELL> kept(const_cast<float*>(workspace), plan.rows, l.hiddenSize);
  if constexpr (G::KEEPS_GATES)
    for (int row = 0; row < plan.rows; row++)
      for (int trace = 0; trace < traceCount<CELL>; trace++) {
        const size_t frame = (size_t(trace) * plan.batch + plan.rowSequence[row]) * plan.time + plan.rowFrame[row];
        const float* from = trace == G::POSITIONS ? kept.c(row) : kept.gate(row, G::positionOf[trace]);
        memcpy(to + frame * l.hiddenSize, from, l.hiddenSize * sizeof(float));
      }
}
void tracesOf(const Layer& l, const float* workspace, float* to) {
  byCell(l.cell, [&](auto cell) { normedTraces<cell.value>(l, workspace, to); });
}

}  // namespace

namespace hark {
HARK_KERNELS(NormedKernels, normed) = {workspaceSizeOf, forwardOf, backwardOf, traceCountOf, tracesOf};
}  // namespace hark
