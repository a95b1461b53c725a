// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "by-cell.h"
#include "recurrent.h"

namespace {

size_t workspaceSizeOf(const Layer& l) {
  return byCell(l.cell, [&](auto cell) { return workspaceSize<cell.value>(l); });
}
void forwardOf(const Layer& l, const hark::Forward& f) {
  byCell(l.cell, [&](auto cell) { forward<cell.value>(l, f); });
}
void backwardOf(const Layer& l, const hark::Backward& b) {
  byCell(l.cell, [&](auto cell) { backward<cell.value>(l, b); });
}
void inputGradientOf(const Layer& l, const float* weightIh, const float* workspace, float* dX) {
  byCell(l.cell, [&](auto cell) { inputGradient<cell.value>(l, weightIh, workspace, dX); });
}
void weightGradientOf(const Layer& l, const hark::WeightGradient& g) {
  byCell(l.cell, [&](auto cell) { weightGradient<cell.value>(l, g); });
}

size_t traceCountOf(const Layer& l) {
  return byCell(l.cell, [](auto cell) { return size_t(traceCount<cell.value>); });
}
void tracesOf(const Layer& l, const float* workspace, float* to) {
  byCell(l.cell, [&](auto cell) { traces<cell.value>(l, workspace, to); });
}

}  // namespace

namespace hark {
HARK_KERNELS(RecurrentKernels, recurrent) = {workspaceSizeOf, forwardOf,      backwardOf, inputGradientOf,
                                             weightGradientOf, traceCountOf, tracesOf};
}  // namespace hark
