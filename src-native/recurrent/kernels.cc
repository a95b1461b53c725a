// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "backward.h"
#include "by-cell.h"
#include "forward.h"
#include "traces.h"

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
size_t traceCountOf(const Layer& l) {
  return byCell(l.cell, [](auto cell) { return size_t(traceCount<cell.value>); });
}
void tracesOf(const Layer& l, const float* workspace, float* to) {
  byCell(l.cell, [&](auto cell) { traces<cell.value>(l, workspace, to); });
}

}  // namespace

namespace hark {
HARK_KERNELS(RecurrentKernels, recurrent) = {workspaceSizeOf, forwardOf, backwardOf, traceCountOf, tracesOf};
}  // namespace hark
