// The threads, and memory for the length of one call.
#pragma once
#include <cstddef>

namespace hark {

// Runs task(context, 0..count-1) on the pool and the caller, in any order; returns when all are done.
void parallel(int count, void (*task)(void* context, int index), void* context);
int threadCount();
void setThreadCount(int count);

// Aligned to 64 bytes, not zeroed. Never null: throws std::bad_alloc before the kernels' loops begin.
float* allocate(size_t floats);
void release(float* memory);

}  // namespace hark
