// Compiled once per instruction set.
#include "table.h"

#include "../base/sets.h"
#include "attention.h"

namespace hark {
HARK_KERNELS(AttentionKernels, attention) = {attention, attentionGradient};
}  // namespace hark
