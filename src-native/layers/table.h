// What the border asks of the small layers: pooling over time, dropout, arithmetic by element.
#pragma once
#include <cstdint>

namespace hark {

enum Pooling { MEAN = 0, MAX = 1, LAST = 2 };

enum Operation { ADD = 0, SUBTRACT = 1, MULTIPLY = 2, RELU = 3, STEP = 4 };

struct LayerKernels {
  void (*pool)(Pooling, int batch, int time, int size, const int* lengths, const float* x, float* y, int* best);
  void (*poolGradient)(Pooling, int batch, int time, int size, const int* lengths, const float* dy, const int* best, float* dx);
  void (*dropout)(int size, uint32_t key, uint32_t threshold, float scale, const float* x, float* y);
  void (*elementwise)(Operation, int size, const float* a, const float* b, float* y);
  void (*columnSums)(int rows, int columns, const float* x, float* y);
};

}  // namespace hark
