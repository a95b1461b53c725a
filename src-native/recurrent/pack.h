// The weights as the products read them, and rows copied to where they lie side by side.
#pragma once
#include "../base/panels.h"
#include "shape.h"

namespace {

// Rows of several sequences lie a power of two apart often enough to fall into one set of the nearest cache, so what a step
// reads more than once is copied next to each other first. `to` is filled up with zeros to `padded`.
inline void copyRow(float* to, const float* from, int size, int padded, const float* mask = nullptr) {
  int i = 0;
  for (; i + W <= size; i += W) store(to + i, mask ? load(from + i) * load(mask + i) : load(from + i));
  for (; i < size; i++) to[i] = mask ? from[i] * mask[i] : from[i];
  for (; i < padded; i++) to[i] = 0;
}

// Both weights as [block][position][depth][unit of the block], where depth is that of [x, h], or of the one of them that feeds
// the position: the right factor of gates = [x, h] W^T.
template <int CELL>
void packForward(const Shape<CELL>& s, const float* weightIh, const float* weightHh, float* to) {
  using G = Gates<CELL>;
  const auto pack = [&](const float* weight, int depth, int gate, int block) {
    const int first = block * UNITS, count = s.hidden - first < UNITS ? s.hidden - first : UNITS;
    if (count < UNITS) memset(to, 0, size_t(depth) * UNITS * sizeof(float));
    transposeBlock(weight + (size_t(gate) * s.hidden + first) * depth, depth, to, UNITS, count, depth);
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
          const int unit = block * UNITS + u;
          const float* from = weight + (size_t(gateOf[position]) * s.hidden + unit) * columns + first;
          for (int n = 0; n < PANEL; n += W)
            store(to + n, unit < s.hidden && first + n < columns ? loadPart(from + n, columns - first - n) : V{});
        }
}

// Frames that a sequence does not have are zero.
template <int CELL>
void clearBeyond(const Shape<CELL>& s, const Plan& plan, int slice, int place, float* values, int size) {
  int length = s.time;
  while (plan.active[slice * s.time + length - 1] <= place) length--;
  const int sequence = plan.order[plan.sliceFirst[slice] + place];
  if (length < s.time) memset(values + s.frame(sequence, length) * size, 0, size_t(s.time - length) * size * sizeof(float));
}

template <int CELL>
void packBias(const Shape<CELL>& s, const float* biasIh, const float* biasHh, float* to) {
  using G = Gates<CELL>;
  memset(to, 0, size_t(s.width()) * sizeof(float));
  for (int unit = 0; unit < s.hidden; unit++) {
    float* block = to + size_t(unit / UNITS) * WIDTH<CELL> + unit % UNITS;
    for (int p = 0; p < G::GATES; p++) {
      block[(G::FROM_X + p) * UNITS] += biasIh[G::gateOfX[p] * s.hidden + unit];
      block[(G::FROM_H + p) * UNITS] += biasHh[G::gateOfH[p] * s.hidden + unit];
    }
  }
}

}  // namespace
