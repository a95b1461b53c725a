// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "features.h"
#include "resample.h"
#include "tile.h"

namespace hark {
HARK_KERNELS(SignalKernels, signal) = {features, tile, resample};
}  // namespace hark
