// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "chains.h"

namespace hark {
HARK_KERNELS(PeakKernels, peak) = {FLOPS_PER_REPEAT, chains};
}  // namespace hark
