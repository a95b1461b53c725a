// What the border asks of the signal kernels: features of clips, pictures of spectra, other sampling rates.
#pragma once
#include <cstdint>

#include "fft-plan.h"

namespace hark {

enum Scale { LINEAR = 0, LOGARITHM = 1, DECIBELS = 2 };
enum FramePooling { LOUDEST = 0, AVERAGE = 1 };

struct Clip {
  const float* samples;
  int length;
};

// FeatureSpec as numbers and tables; see src-main/native/signal.ts.
struct Features {
  const FftPlan* plan;
  int winLength, hopLength;
  bool center;
  const float* window;  // [winLength]
  float exponent;       // of |X|^2
  int mels;             // 0: the spectrum itself
  const int *firsts, *ends;
  const float* weights;
  Scale scale;
  float offset, range;
  int coefficients;  // 0: no DCT
  const float* basis;
  int deltas, fixLength;
  int count;  // of clips
  const Clip* clips;
  float* out;

  int padding() const { return center ? plan->size / 2 : 0; }
  int rows() const { return mels ? mels : plan->bins(); }
  int base() const { return coefficients ? coefficients : rows(); }
  int bins() const { return base() * (1 + deltas); }
  // Frames of a clip before it is cut or filled up to fixLength.
  int frames(int clip) const {
    const int64_t room = int64_t(clips[clip].length) + 2 * padding() - plan->size;
    return room < 0 ? 1 : int(1 + room / hopLength);
  }
  int framesOut(int clip) const { return fixLength ? fixLength : frames(clip); }
};

struct Tile {
  const FftPlan* plan;
  int winLength;
  const float* window;
  int length;
  const float* samples;
  double start, step;  // samples, of the first column's left edge and from column to column
  int width, frames;   // columns, and frames of each
  FramePooling pooling;
  int height;
  const int *firsts, *lasts;
  const float* parts;
  float fullScale, floorDb, ceilingDb;
  const uint8_t* colours;  // [256][3], or null: levels
  uint8_t* pixels;
};

struct Resampling {
  int up, down, taps;
  const int* firsts;       // [phases]
  const double* filter;    // [phases][taps]
  int length;
  const float* samples;
  int64_t position, from;  // of samples[0] and of out[0] in the whole signals
  int count;
  float* out;
};

struct SignalKernels {
  void (*features)(const Features&);
  void (*tile)(const Tile&);
  void (*resample)(const Resampling&);
};

}  // namespace hark
