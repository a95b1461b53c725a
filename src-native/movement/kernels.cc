// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "movement.h"

namespace hark {
HARK_KERNELS(MovementKernels, movement) = {transpose, pad, gatherRows, addRows};
}  // namespace hark
