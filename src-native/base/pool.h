// The threads.
#pragma once

namespace hark {

// Runs task(context, 0..count-1) on the pool and the caller, in any order; returns when all are done.
void parallel(int count, void (*task)(void* context, int index), void* context);
int threadCount();
void setThreadCount(int count);

}  // namespace hark
