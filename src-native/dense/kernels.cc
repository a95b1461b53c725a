// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "product.h"

namespace hark {
HARK_KERNELS(DenseKernels, dense) = {product};
}  // namespace hark
