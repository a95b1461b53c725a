// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "convolution.h"
#include "pooling.h"

namespace hark {
HARK_KERNELS(ConvolutionKernels, convolution) = {convolve, convolveBack, convolveWeights, poolWindows, poolWindowsGradient};
}  // namespace hark
