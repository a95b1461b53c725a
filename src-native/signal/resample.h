// Polyphase filtering between two sampling rates, in double precision: floats would put the noise at -135 dB.
#pragma once
#include <algorithm>

#include "../base/vector.h"
#include "table.h"

namespace {

typedef double D __attribute__((vector_size(W * 4)));
typedef double UnalignedD __attribute__((vector_size(W * 4), aligned(8), may_alias));
typedef float Half __attribute__((vector_size(W * 2), aligned(4), may_alias));
constexpr int WIDE = W / 2;

inline D loadD(const double* at) { return *reinterpret_cast<const UnalignedD*>(at); }
inline D widened(const float* at) { return __builtin_convertvector(*reinterpret_cast<const Half*>(at), D); }

// The sum of `count` products, in four parts.
inline double dot(const double* a, const float* b, int count) {
  D s0 = D{}, s1 = D{}, s2 = D{}, s3 = D{};
  int i = 0;
  for (; i + 4 * WIDE <= count; i += 4 * WIDE) {
    s0 += loadD(a + i) * widened(b + i);
    s1 += loadD(a + i + WIDE) * widened(b + i + WIDE);
    s2 += loadD(a + i + 2 * WIDE) * widened(b + i + 2 * WIDE);
    s3 += loadD(a + i + 3 * WIDE) * widened(b + i + 3 * WIDE);
  }
  for (; i + WIDE <= count; i += WIDE) s0 += loadD(a + i) * widened(b + i);
  const D all = (s0 + s1) + (s2 + s3);
  double sum = 0;
  for (int l = 0; l < WIDE; l++) sum += all[l];
  for (; i < count; i++) sum += a[i] * double(b[i]);
  return sum;
}

void resample(const hark::Resampling& r) {
  constexpr int BLOCK = 4096;
  inParallel((r.count + BLOCK - 1) / BLOCK, [&](int block) {
    const int first = block * BLOCK, end = std::min(r.count, first + BLOCK);
    int64_t phase = (r.from + first) % r.up, start = (r.from + first) / r.up * r.down - r.position;
    for (int n = first; n < end; n++) {
      // Samples that are not there count as zeros.
      const int64_t at = start + r.firsts[phase];
      const int low = int(std::min(std::max(-at, int64_t(0)), int64_t(r.taps)));
      const int high = int(std::min(std::max(r.length - at, int64_t(low)), int64_t(r.taps)));
      r.out[n] = low < high ? float(dot(r.filter + phase * r.taps + low, r.samples + at + low, high - low)) : 0.0f;
      if (++phase == r.up) {
        phase = 0;
        start += r.down;
      }
    }
  });
}

}  // namespace
