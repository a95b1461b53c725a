#include "memory.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>

#ifdef _WIN32
#include <malloc.h>
#endif
#ifdef __linux__
#include <sys/mman.h>
#endif

namespace hark {
namespace {

constexpr size_t HUGE_PAGE = size_t(2) << 20;
constexpr size_t HEADER = 64;  // before each block: its size, and room up to the next line of the cache

#ifdef HARK_SANITIZED
constexpr size_t LARGE = SIZE_MAX;  // what is used again is not watched for use after its end
#else
constexpr size_t LARGE = size_t(128) << 10;
#endif
// What is kept for later calls at most.
constexpr size_t MOST_BLOCKS = 16, MOST_BYTES = size_t(256) << 20;

char* fresh(size_t bytes, size_t alignment) {
#ifdef _WIN32
  void* memory = _aligned_malloc(bytes, alignment);
#else
  void* memory = nullptr;
  if (posix_memalign(&memory, alignment, bytes) != 0) memory = nullptr;
#endif
  if (!memory) throw std::bad_alloc();
  return static_cast<char*>(memory);
}

void giveBack(char* block) {
#ifdef _WIN32
  _aligned_free(block);
#else
  free(block);
#endif
}

size_t& sizeOf(char* block) { return *reinterpret_cast<size_t*>(block); }

// Blocks that wait for the next call, the one that has waited longest first. Never destroyed: threads may outlive static objects.
struct Idle {
  std::mutex mutex;
  std::vector<char*> blocks;
  size_t bytes = 0;

  char* take(size_t wanted) {
    std::lock_guard<std::mutex> lock(mutex);
    auto best = blocks.end();
    for (auto at = blocks.begin(); at != blocks.end(); ++at)
      if (sizeOf(*at) >= wanted && (best == blocks.end() || sizeOf(*at) < sizeOf(*best))) best = at;
    // Not one so large that another call will miss it.
    if (best == blocks.end() || sizeOf(*best) > 4 * (wanted + HUGE_PAGE)) return nullptr;
    char* block = *best;
    blocks.erase(best);
    bytes -= sizeOf(block);
    return block;
  }

  void keep(char* block) {
    std::lock_guard<std::mutex> lock(mutex);
    blocks.push_back(block);
    bytes += sizeOf(block);
    while (blocks.size() > MOST_BLOCKS || bytes > MOST_BYTES) {
      bytes -= sizeOf(blocks.front());
      giveBack(blocks.front());
      blocks.erase(blocks.begin());
    }
  }
};

Idle& idle() {
  static Idle* the = new Idle;
  return *the;
}

}  // namespace

float* allocate(size_t floats) {
  const size_t wanted = HEADER + ((floats * sizeof(float) + 63) & ~size_t(63)) + 64;
  char* block = wanted < LARGE ? nullptr : idle().take(wanted);
  if (!block) {
    const bool large = wanted >= LARGE;
    const size_t bytes = large ? (wanted + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1) : wanted;
    block = fresh(bytes, large ? HUGE_PAGE : 64);
    if (large) wantHugePages(block, bytes);
    sizeOf(block) = bytes;
  }
  return reinterpret_cast<float*>(block + HEADER);
}

void release(float* memory) {
  char* block = reinterpret_cast<char*>(memory) - HEADER;
  if (sizeOf(block) < LARGE) return giveBack(block);
  idle().keep(block);
}

size_t wantHugePages(void* memory, size_t bytes) {
#ifdef MADV_HUGEPAGE
  const uintptr_t from = (uintptr_t(memory) + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1), to = (uintptr_t(memory) + bytes) & ~(HUGE_PAGE - 1);
  if (from < to && madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE) == 0) return from - uintptr_t(memory);
#else
  (void)memory, (void)bytes;
#endif
  return 0;
}

}  // namespace hark
