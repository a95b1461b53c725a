// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "cross-entropy.h"
#include "ctc.h"

namespace hark {
HARK_KERNELS(LossKernels, losses) = {crossEntropy, ctc};
}  // namespace hark
