// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "update.h"

namespace hark {
HARK_KERNELS(UpdateKernels, update) = {sgd, adam, rmsprop, squares, scale};
}  // namespace hark
