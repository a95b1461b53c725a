// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "pooling.h"

namespace hark {
HARK_KERNELS(LayerKernels, layers) = {pool, poolGradient, dropout};
}  // namespace hark
