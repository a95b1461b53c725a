// Normalisation of each row by its own mean and variance (Ba, Kiros, Hinton 2016).
#pragma once
#include "../base/sums.h"

namespace {

constexpr int MOST_PARTS = 64;

// Rows of a part: the parts depend on the shape alone, and are not smaller than is worth a dispatch.
inline int rowsOfPart(int rows, int size) {
  const int few = (rows + MOST_PARTS - 1) / MOST_PARTS;
  const int worth = 4096 / size + 1;
  return few > worth ? few : worth;
}

void layerNorm(const hark::LayerNorm& n) {
  const int step = rowsOfPart(n.rows, n.size);
  inParallel((n.rows + step - 1) / step, [&](int part) {
    const int size = n.size, end = part * step + step < n.rows ? part * step + step : n.rows;
    for (int row = part * step; row < end; row++) {
      const float* x = n.x + size_t(row) * size;
      const float mean = total(size, [=](auto read) { return read(x); }) / float(size);
      const float variance = total(size, [=](auto read) {
        const auto gap = read(x) - read(mean);
        return gap * gap;
      }) / float(size);
      const float scale = 1.0f / __builtin_sqrtf(variance + n.eps);
      const float *weight = n.weight, *bias = n.bias;
      float* __restrict y = n.y + size_t(row) * size;
      for (int i = 0; i < size; i++) y[i] = (x[i] - mean) * scale * weight[i] + bias[i];
      n.statistics[2 * size_t(row)] = mean;
      n.statistics[2 * size_t(row) + 1] = scale;
    }
  });
}

// A row's dx from the means of g and g * u, and what it adds to dWeight and dBias. (Of its own, so that the compiler sees that no
// store changes what is read.)
inline void gradientOfRow(int size, const float* x, const float* dy, const float* weight, float mean, float scale, float ofG, float ofGu,
                          float* __restrict dx, float* __restrict dWeight, float* __restrict dBias) {
  for (int i = 0; i < size; i++) {
    const float u = (x[i] - mean) * scale;
    dx[i] = scale * (dy[i] * weight[i] - ofG - u * ofGu);
    dWeight[i] += dy[i] * u;
    dBias[i] += dy[i];
  }
}

// With g = dy * weight and u = (x - mean) * scale: dx = scale * (g - mean(g) - u * mean(g * u)).
void layerNormGradient(const hark::LayerNormGradient& n) {
  const int step = rowsOfPart(n.rows, n.size), parts = (n.rows + step - 1) / step;
  // Of each part the gradients of weight and bias.
  Scratch sums(size_t(parts) * 2 * n.size);
  inParallel(parts, [&](int part) {
    const int size = n.size, end = part * step + step < n.rows ? part * step + step : n.rows;
    float* dWeight = sums.at + size_t(part) * 2 * size;
    memset(dWeight, 0, 2 * size * sizeof(float));
    for (int row = part * step; row < end; row++) {
      const float *x = n.x + size_t(row) * size, *dy = n.dy + size_t(row) * size, *weight = n.weight;
      const float mean = n.statistics[2 * size_t(row)], scale = n.statistics[2 * size_t(row) + 1];
      const float ofG = total(size, [=](auto read) { return read(dy) * read(weight); }) / float(size);
      const float ofGu = total(size, [=](auto read) { return read(dy) * read(weight) * (read(x) - read(mean)); }) * scale / float(size);
      gradientOfRow(size, x, dy, weight, mean, scale, ofG, ofGu, n.dx + size_t(row) * size, dWeight, dWeight + size);
    }
  });
  memset(n.dWeight, 0, n.size * sizeof(float));
  memset(n.dBias, 0, n.size * sizeof(float));
  for (int part = 0; part < parts; part++) {
    const float* from = sums.at + size_t(part) * 2 * n.size;
    for (int i = 0; i < n.size; i++) n.dWeight[i] += from[i];
    for (int i = 0; i < n.size; i++) n.dBias[i] += from[n.size + i];
  }
}

}  // namespace
