// Windows cut from signals, W at once, and their power spectra.
#pragma once
#include <algorithm>
#include <cstdint>

#include "../base/transpose.h"
#include "fft.h"

namespace {

// The index inside [0, length) that `index` mirrors to, the end samples not repeated.
inline int64_t reflected(int64_t index, int64_t length) {
  if (length == 1) return 0;
  const int64_t period = 2 * (length - 1);
  const int64_t turn = ((index % period) + period) % period;
  return turn < length ? turn : period - turn;
}

// The memory of one thread's spectra.
class Spectra {
 public:
  // window [winLength], centred in the transform's frame; beyond the signal's ends it is reflected, else zeros.
  Spectra(const hark::FftPlan& plan, const float* window, int winLength, bool reflect)
      : plan_(plan), window_(window), winLength_(winLength), reflect_(reflect), memory_(floats()) {
    input_ = memory_.at;
    a_ = input_ + inputFloats();
    edge_ = a_ + size_t(plan.complex.longest()) * PAIR;
    // An even length needs its input no more after the first stage: two buffers stay in the nearest cache where three do not.
    b_ = plan.even && !plan.complex.padded ? input_ : edge_ + size_t(winLength) * W;
    memset(input_, 0, inputFloats() * sizeof(float));
  }

  // The power of W windows that begin at starts[0..W) of a signal, into `power` [bins] vectors.
  void power(const float* signal, int64_t length, const int64_t (&starts)[W], float* power) {
    const float* rows[W];
    for (int l = 0; l < W; l++) rows[l] = row(signal, length, starts[l], edge_ + size_t(l) * winLength_);
    const int step = inputStep(plan_), lead = (plan_.size - winLength_) / 2;
    float* to = input_ + size_t(lead) * step;
    if (b_ == input_) {
      memset(input_, 0, size_t(lead) * step * sizeof(float));
      memset(to + size_t(winLength_) * step, 0, size_t(plan_.size - winLength_ - lead) * step * sizeof(float));
    }
    int n = 0;
    // A block stays in registers: all its loops are of a known length.
    for (; n + W <= winLength_; n += W, to += W * step) {
      V block[W];
#pragma GCC unroll 16
      for (int l = 0; l < W; l++) block[l] = load(rows[l] + n);
      transpose(block);
#pragma GCC unroll 16
      for (int i = 0; i < W; i++) store(to + i * step, block[i] * splat(window_[n + i]));
    }
    for (; n < winLength_; n++, to += step)
      for (int l = 0; l < W; l++) to[l] = rows[l][n] * window_[n];
    powerSpectrum(plan_, input_, a_, b_, power);
  }

 private:
  const hark::FftPlan& plan_;
  const float* window_;
  int winLength_;
  bool reflect_;
  Scratch memory_;
  float *input_, *a_, *b_, *edge_;

  size_t inputFloats() const { return size_t(plan_.size) * inputStep(plan_); }
  size_t floats() const { return inputFloats() + 2 * size_t(plan_.complex.longest()) * PAIR + size_t(winLength_) * W; }

  // Where the samples from `start` on stand one after another: in the signal, or, near its ends, in `room`.
  const float* row(const float* signal, int64_t length, int64_t start, float* room) const {
    if (start >= 0 && start + winLength_ <= length) return signal + start;
    for (int n = 0; n < winLength_; n++) {
      const int64_t at = start + n;
      room[n] = at >= 0 && at < length ? signal[at] : reflect_ ? signal[reflected(at, length)] : 0.0f;
    }
    return room;
  }
};

}  // namespace
