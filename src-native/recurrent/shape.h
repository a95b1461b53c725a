// The sizes of a layer, and where its values stand in the workspace, which carries what the way back needs of the forward pass:
// gates [row][block of units][WIDTH], and for LSTM then c [row][block][UNITS].
#pragma once
#include "gates.h"

namespace {

using hark::Layer;
using hark::Plan;

constexpr int SLICE_ROWS = 16;  // most sequences of a slice (plan.cc)

// Floats from row to row of a buffer that is read down its columns: whole lines of the cache, an odd number of them, so that one
// column of many rows does not fall into a few sets of the nearest cache.
constexpr int spread(int floats) { return (roundUp(floats, 16) / 16 | 1) * 16; }

template <int CELL>
struct Shape {
  int batch, time, in, hidden, blocks, rows;
  bool reverse;
  explicit Shape(const Layer& l)
      : batch(l.plan.batch), time(l.plan.time), in(l.inputSize), hidden(l.hiddenSize),
        blocks((l.hiddenSize + UNITS - 1) / UNITS), rows(l.plan.rows), reverse(l.reverse) {}
  int units() const { return blocks * UNITS; }  // hidden, rounded up
  int width() const { return blocks * WIDTH<CELL>; }  // all gates of a row
  size_t gatesSize() const { return Gates<CELL>::KEEPS_GATES ? gate(rows, 0) : 0; }
  size_t cellsSize() const { return Gates<CELL>::HAS_C ? size_t(rows) * units() : 0; }
  size_t gate(int row, int block) const { return (size_t(row) * blocks + block) * WIDTH<CELL>; }
  size_t cell(int row, int block) const { return gatesSize() + (size_t(row) * blocks + block) * UNITS; }
  size_t frame(int sequence, int t) const { return size_t(sequence) * time + t; }
  int at(int step) const { return reverse ? time - 1 - step : step; }  // the frame of a step
  int before(int t) const { return reverse ? t + 1 : t - 1; }
  bool isFirst(const Plan& plan, int slice, int place, int t) const {
    return reverse ? t + 1 >= time || place >= plan.active[slice * time + t + 1] : t == 0;
  }
  bool isFirstRow(const Plan& plan, int row) const { return reverse ? !plan.rowFollowed[row] : plan.rowFrame[row] == 0; }
};

template <int CELL>
size_t workspaceSize(const Layer& l) {
  Shape<CELL> s(l);
  return s.gatesSize() + s.cellsSize();
}

}  // namespace
