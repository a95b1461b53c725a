// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "reductions.h"

namespace hark {
HARK_KERNELS(ArithmeticKernels, arithmetic) = {unary, binary, reduce, softmax, select};
}  // namespace hark
