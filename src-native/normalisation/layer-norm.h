// Normalisation of each row, or of each group of a row's values, by its own mean and variance (Ba, Kiros, Hinton 2016).
#pragma once
#include "../base/row-norm.h"

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
      const float *weight = n.weight, *bias = n.bias;
      float* __restrict y = n.y + size_t(row) * size;
      float* statistics = n.statistics + 2 * size_t(row) * n.groups;
      for (int group = 0, from = 0; group < n.groups; from += n.sizes[group++]) {
        const int to = from + n.sizes[group];
        const auto [mean, scale] = normOfRow(to - from, x + from, n.eps);
        for (int i = from; i < to; i++) y[i] = (x[i] - mean) * scale * weight[i] + bias[i];
        statistics[2 * group] = mean;
        statistics[2 * group + 1] = scale;
      }
    }
  });
}

void layerNormGradient(const hark::LayerNormGradient& n) {
  const int step = rowsOfPart(n.rows, n.size), parts = (n.rows + step - 1) / step;
  // Of each part the gradients of weight and bias.
  Scratch sums(size_t(parts) * 2 * n.size);
  inParallel(parts, [&](int part) {
    const int size = n.size, end = part * step + step < n.rows ? part * step + step : n.rows;
    float* dWeight = sums.at + size_t(part) * 2 * size;
    memset(dWeight, 0, 2 * size * sizeof(float));
    for (int row = part * step; row < end; row++) {
      const float* statistics = n.statistics + 2 * size_t(row) * n.groups;
      for (int group = 0, from = 0; group < n.groups; from += n.sizes[group++]) {
        const size_t at = size_t(row) * size + from;
        const RowNorm norm{statistics[2 * group], statistics[2 * group + 1]};
        gradientOfRow(n.sizes[group], n.x + at, n.dy + at, n.weight + from, norm, n.dx + at, dWeight + from, dWeight + size + from);
      }
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
