// What the border asks of convolutions and of pooling in windows. Data lies channels last: [batch, height, width, channels]; one
// axis is a height of 1.
#pragma once

namespace hark {

// Windows over an input, and the positions they stop at. What reaches beyond the input counts as zero (for a maximum: not).
struct Windows {
  int batch, inHeight, inWidth, outHeight, outWidth;
  int kernelHeight, kernelWidth, strideY, strideX, dilationY, dilationX, padTop, padLeft;
};

// weight [outChannels, inChannels / groups, kernelHeight, kernelWidth]
struct Convolution : Windows {
  int inChannels, outChannels, groups;
};

enum WindowPooling { WINDOW_MEAN = 0, WINDOW_MAX = 1 };

struct ConvolutionKernels {
  void (*forward)(const Convolution&, const float* x, const float* weight, const float* bias, float* y);
  void (*inputGradient)(const Convolution&, const float* weight, const float* dy, float* dx);
  void (*weightGradient)(const Convolution&, const float* x, const float* dy, float* dWeight);
  // best, for a maximum: where in its picture it stands
  void (*pool)(const Windows&, int channels, WindowPooling, const float* x, float* y, int* best);
  void (*poolGradient)(const Windows&, int channels, WindowPooling, const float* dy, const int* best, float* dx);
};

}  // namespace hark
