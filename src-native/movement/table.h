// What the border asks of operations that move values.
#pragma once

namespace hark {

constexpr int MOST_AXES = 6;

struct MovementKernels {
  // y = x [size...] with its axes in the order of `order`
  void (*transpose)(int rank, const int* size, const int* order, const float* x, float* y);
  // y [sizeOfY...] is `value`, with x [size...] in it from `before` on
  void (*pad)(int rank, const int* size, const int* before, const int* sizeOfY, float value, const float* x, float* y);
  // y [count, size]: row i is row indices[i] of x
  void (*gatherRows)(int count, int size, const int* indices, const float* x, float* y);
  // y [rows, size]: row r is the sum of the rows i of x [count, size] with indices[i] = r, in their order
  void (*addRows)(int count, int rows, int size, const int* indices, const float* x, float* y);
};

}  // namespace hark
