// Normalisation of one row by its own mean and variance (Ba, Kiros, Hinton 2016), forward and back.
#pragma once
#include "sums.h"

namespace {

// u = (x - mean) * scale, scale = 1 / sqrt(variance + eps), with the biased variance.
struct RowNorm {
  float mean, scale;
};

inline RowNorm normOfRow(int size, const float* x, float eps) {
  const float mean = total(size, [=](auto read) { return read(x); }) / float(size);
  const float variance = total(size, [=](auto read) {
    const auto gap = read(x) - read(mean);
    return gap * gap;
  }) / float(size);
  return {mean, 1.0f / __builtin_sqrtf(variance + eps)};
}

// dx from the means of g and g * u, and what the row adds to dWeight and dBias. (Of its own, so that the compiler sees that no
// store changes what is read.)
inline void spreadGradient(int size, const float* x, const float* dy, const float* weight, RowNorm norm, float ofG, float ofGu,
                           float* __restrict dx, float* __restrict dWeight, float* __restrict dBias) {
  for (int i = 0; i < size; i++) {
    const float u = (x[i] - norm.mean) * norm.scale;
    dx[i] = norm.scale * (dy[i] * weight[i] - ofG - u * ofGu);
    dWeight[i] += dy[i] * u;
    dBias[i] += dy[i];
  }
}

// The way back of y = u * weight + bias. With g = dy * weight: dx = scale * (g - mean(g) - u * mean(g * u)). dWeight and dBias are
// added to; dx stands apart from all that is read.
inline void gradientOfRow(int size, const float* x, const float* dy, const float* weight, RowNorm norm, float* dx, float* dWeight, float* dBias) {
  const float mean = norm.mean;
  const float ofG = total(size, [=](auto read) { return read(dy) * read(weight); }) / float(size);
  const float ofGu = total(size, [=](auto read) { return read(dy) * read(weight) * (read(x) - read(mean)); }) * norm.scale / float(size);
  spreadGradient(size, x, dy, weight, norm, ofG, ofGu, dx, dWeight, dBias);
}

}  // namespace
