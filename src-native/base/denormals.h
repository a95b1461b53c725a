#pragma once

#if defined(__x86_64__) || defined(_M_X64)
#include <xmmintrin.h>
#endif

namespace hark {

// Denormal numbers cost a hundred cycles each and carry nothing here: they count as zero while a call of the addon runs, on its
// own thread (border.h) and on the pool's.
struct NoDenormals {
#if defined(__x86_64__) || defined(_M_X64)
  unsigned before = _mm_getcsr();
  NoDenormals() { _mm_setcsr(before | 0x8040); }
  ~NoDenormals() { _mm_setcsr(before); }
#elif defined(__aarch64__)
  unsigned long before;
  NoDenormals() {
    asm volatile("mrs %0, fpcr" : "=r"(before));
    asm volatile("msr fpcr, %0" ::"r"(before | (1ul << 24)));
  }
  ~NoDenormals() { asm volatile("msr fpcr, %0" ::"r"(before)); }
#endif
};

}  // namespace hark
