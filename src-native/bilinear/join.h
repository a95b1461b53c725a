#pragma once
#include "../base/sums.h"

namespace {

void join(int batch, int outs, int size, const float* t, const float* x, const float* bias, float* y) {
  inParallel(batch, [&](int b) {
    const float* left = x + size_t(b) * size;
    for (int k = 0; k < outs; k++) {
      const size_t at = size_t(b) * outs + k;
      const float* right = t + at * size;
      y[at] = bias[k] + total(size, [=](auto read) { return read(left) * read(right); });
    }
  });
}

void joinGradient(int batch, int outs, int size, const float* t, const float* x, const float* dy, float* dT, float* dX) {
  inParallel(batch, [&](int b) {
    const float* left = x + size_t(b) * size;
    float* __restrict sum = dX + size_t(b) * size;
    memset(sum, 0, size * sizeof(float));
    for (int k = 0; k < outs; k++) {
      const size_t at = size_t(b) * outs + k;
      const float* right = t + at * size;
      const float factor = dy[at];
      float* __restrict to = dT + at * size;
      for (int i = 0; i < size; i++) {
        to[i] = factor * left[i];
        sum[i] += factor * right[i];
      }
    }
  });
}

}  // namespace
