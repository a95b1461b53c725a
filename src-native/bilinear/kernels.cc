// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "join.h"

namespace hark {
HARK_KERNELS(BilinearKernels, bilinear) = {join, joinGradient};
}  // namespace hark
