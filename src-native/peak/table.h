// What the border asks of the loop that measures the processor's peak.
#pragma once

namespace hark {

struct PeakKernels {
  int flopsPerRepeat;
  // Runs independent chains x = x * factor + term; answers a sum of all, so that no compiler leaves them out.
  float (*chains)(int repeats, float factor, float term);
};

}  // namespace hark
