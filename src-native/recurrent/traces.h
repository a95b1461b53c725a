// What the gates did, out of the workspace into plain rows.
#pragma once
#include "shape.h"

namespace {

template <int CELL>
constexpr int traceCount = Gates<CELL>::KEEPS_GATES ? Gates<CELL>::POSITIONS + Gates<CELL>::HAS_C : 0;

template <int CELL>
void traces(const Layer& l, const float* workspace, float* to) {
  using G = Gates<CELL>;
  const Shape<CELL> s(l);
  const Plan& plan = l.plan;
  if constexpr (G::KEEPS_GATES)
    for (int row = 0; row < s.rows; row++)
      for (int trace = 0; trace < traceCount<CELL>; trace++) {
        float* at = to + (size_t(trace) * s.batch * s.time + s.frame(plan.rowSequence[row], plan.rowFrame[row])) * s.hidden;
        for (int unit = 0; unit < s.hidden; unit++) {
          const int block = unit / UNITS, u = unit % UNITS;
          at[unit] = workspace[trace == G::POSITIONS ? s.cell(row, block) + u : s.gate(row, block) + G::positionOf[trace] * UNITS + u];
        }
      }
}

}  // namespace
