// Memory for the length of one call of the addon.
#pragma once
#include <cstddef>

namespace hark {

// Aligned to 64 bytes, not zeroed. Never null: throws std::bad_alloc before the kernels' loops begin. Large blocks are kept for
// the next call, so that their pages need not be asked for and cleared again, and lie in huge pages where the system has them.
float* allocate(size_t floats);
void release(float* memory);

// Asks the system for huge pages in a range that has not been written to yet. Only a hint. Answers where in the range the first
// one begins: 0 where there are none.
size_t wantHugePages(void* memory, size_t bytes);

}  // namespace hark
