// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "elementwise.h"

namespace hark {
HARK_KERNELS(LayerKernels, layers) = {pool, poolGradient, dropout, elementwise, columnSums};
}  // namespace hark
