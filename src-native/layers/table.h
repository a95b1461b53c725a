// What the border asks of the small layers: pooling over time, dropout.
#pragma once
#include <cstdint>

namespace hark {

enum Pooling { MEAN = 0, MAX = 1, LAST = 2 };

struct LayerKernels {
  void (*pool)(Pooling, int batch, int time, int size, const int* lengths, const float* x, float* y, int* best);
  void (*poolGradient)(Pooling, int batch, int time, int size, const int* lengths, const float* dy, const int* best, float* dx);
  void (*dropout)(int size, uint32_t key, uint32_t threshold, float scale, const float* x, float* y);
};

}  // namespace hark
