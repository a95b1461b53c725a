// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "batch-norm.h"
#include "layer-norm.h"

namespace hark {
HARK_KERNELS(NormalisationKernels, normalisation) = {layerNorm, layerNormGradient, batchStatistics, batchNorm, batchNormGradient};
}  // namespace hark
