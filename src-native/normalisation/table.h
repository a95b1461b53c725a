// What the border asks of the normalisations.
#pragma once

namespace hark {

// x [rows, size], whose rows are cut into `groups` runs of values that are normalised each by itself, of `sizes` [groups]; statistics
// [rows, groups, 2]: mean and 1 / sqrt(variance + eps) of each run.
struct LayerNorm {
  int rows, size, groups;
  const int* sizes;
  float eps;
  const float *x, *weight, *bias;
  float *y, *statistics;
};

struct LayerNormGradient {
  int rows, size, groups;
  const int* sizes;
  const float *x, *weight, *statistics, *dy;
  float *dx, *dWeight, *dBias;
};

// x [batch, span, channels] where the channels come last, else [batch, channels, span]. live [batch]: positions of the span, from
// its beginning, that there are; what lies beyond is neither read nor stored. null: all.
struct BatchShape {
  int batch, channels, span;
  bool channelsLast;
  const int* live;
  int liveOf(int b) const { return live ? live[b] : span; }
};

// mean, variance [channels]: the biased variance.
struct BatchStatistics {
  const float* x;
  float *mean, *variance;
};

struct BatchNorm {
  float eps;
  const float *x, *mean, *variance, *weight, *bias;
  float* y;
};

// `training`: mean and variance are those of x, and the gradient goes through them.
struct BatchNormGradient {
  float eps;
  bool training;
  const float *x, *mean, *variance, *weight, *dy;
  float *dx, *dWeight, *dBias;
};

struct NormalisationKernels {
  void (*layerNorm)(const LayerNorm&);
  void (*layerNormGradient)(const LayerNormGradient&);
  void (*batchStatistics)(const BatchShape&, const BatchStatistics&);
  void (*batchNorm)(const BatchShape&, const BatchNorm&);
  void (*batchNormGradient)(const BatchShape&, const BatchNormGradient&);
};

}  // namespace hark
