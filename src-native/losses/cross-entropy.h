// Softmax with cross-entropy, loss and gradient in one pass over the rows.
#pragma once
#include "softmax.h"
#include "table.h"

namespace {

// A row of class y has the loss own (-ln p_y) + spread sum_c w_c (-ln p_c), p = softmax(z).
struct RowLoss {
  float own, spread, allWeights;
};

double crossEntropyRow(const hark::CrossEntropy& c, const RowLoss& share, const float* z, int target, float* gradient) {
  const RowSum row = sumRow(z, c.classes);
  const V shift = splat(row.most), logSum = splat(row.logSum);
  const auto weightsAt = [&](int i, int count) {
    float ones[W];
    store(ones, splat(1));
    return loadPart(c.weights ? c.weights + i : ones, count);
  };
  // A class that is not wanted does not count, be it impossible.
  double loss = share.own > 0 ? share.own * (double(row.logSum) - (z[target] - row.most)) : 0;
  if (share.spread > 0) {
    V sum = splat(0);
    eachVector(c.classes, [&](int i, int count, int seen) {
      const V w = weightsAt(i, count);
      const V term = w * (logSum - (loadPart(z + i, count, 0) - shift));
      sum += unseen(w > splat(0) ? term : splat(0), seen);
    });
    loss += share.spread * sumOf(sum);
  }
  if (!gradient) return loss;
  const V ofP = splat(share.own + share.spread * share.allWeights), spread = splat(share.spread);
  eachVector(c.classes, [&](int i, int count, int) {
    const V p = exponential(loadPart(z + i, count, 0) - shift - logSum);
    storePart(gradient + i, ofP * p - spread * weightsAt(i, count), count);
  });
  gradient[target] -= share.own;
  return loss;
}

// The mean over the rows that count, weighed by their targets' weights, as PyTorch has it.
double crossEntropy(const hark::CrossEntropy& c) {
  constexpr int SLICE = 128;
  const auto weight = [&](int target) { return target < 0 ? 0.0f : c.weights ? c.weights[target] : 1.0f; };
  double counted = 0, allWeights = 0;
  for (int row = 0; row < c.rows; row++) counted += weight(c.targets[row]);
  for (int i = 0; i < c.classes; i++) allWeights += weight(i);
  const double each = counted > 0 ? 1 / counted : 0;

  const int slices = (c.rows + SLICE - 1) / SLICE;
  Scratch sums(2 * size_t(slices));
  double* const sum = reinterpret_cast<double*>(sums.at);
  inParallel(slices, [&](int slice) {
    const int first = slice * SLICE, end = slice + 1 < slices ? first + SLICE : c.rows;
    sum[slice] = 0;
    for (int row = first; row < end; row++) {
      const size_t at = size_t(row) * c.classes;
      const int target = c.targets[row];
      float* const gradient = c.gradient ? c.gradient + at : nullptr;
      if (target < 0) {
        if (gradient) memset(gradient, 0, c.classes * sizeof(float));
        continue;
      }
      const RowLoss share = {float((1 - c.smoothing) * weight(target) * each), float(c.smoothing / c.classes * each), float(allWeights)};
      sum[slice] += crossEntropyRow(c, share, c.logits + at, target, gradient);
    }
  });
  double loss = 0;
  for (int slice = 0; slice < slices; slice++) loss += sum[slice];
  // Where nothing counts, the mean is no number.
  return counted > 0 ? loss : NAN;
}

}  // namespace
