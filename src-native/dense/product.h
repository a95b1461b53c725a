// The general matrix product, and batches of it.
#pragma once
#include "gathered.h"

namespace {

// 0, 1, 2, ...: where the elements of a plain row stand.
struct Count {
  Scratch memory;
  int* at;
  explicit Count(int k) : memory(k + 1), at(reinterpret_cast<int*>(memory.at)) {
    for (int i = 0; i < k; i++) at[i] = i;
  }
};

// One matrix of the batch.
void multiplyMatrix(const hark::Product& p, int matrix, const int* count, bool alone) {
  const float* a = p.a + (p.aAt ? p.aAt[matrix] : 0);
  const float* b = p.b + (p.bAt ? p.bAt[matrix] : 0);
  const int k = p.k;
  const Result to{p.c + size_t(matrix) * p.m * p.n, p.n, size_t(p.n), p.bias, p.activation};
  const auto row = [a, k](int i) { return a + size_t(i) * k; };
  const auto withRight = [&](const auto& left) {
    if (p.transposeB) multiply(to, p.m, k, left, Columns{b, p.n, size_t(k)}, alone);
    else multiply(to, p.m, k, left, Rows{b, p.n, size_t(p.n)}, alone);
  };
  if (p.transposeA) withRight(Transposed{a, p.m});
  else withRight(Gathered<decltype(row)>{row, count});
}

void product(const hark::Product& p) {
  const Count count(p.k);
  // Many matrices: each to one thread. Few: each to all.
  if (p.batch < TASKS)
    for (int matrix = 0; matrix < p.batch; matrix++) multiplyMatrix(p, matrix, count.at, false);
  else inParallel(p.batch, [&](int matrix) { multiplyMatrix(p, matrix, count.at, true); });
}

void activationGradient(hark::Activation activation, int size, const float* y, const float* dy, float* dx) {
  constexpr int PART = 1 << 14;
  const int parts = size / PART + (size % PART > 0);
  inParallel(parts, [&](int part) {
    const int first = part * PART, end = part + 1 < parts ? first + PART : size;
    for (int i = first; i < end; i += W) {
      const V value = loadPart(y + i, end - i), slope = loadPart(dy + i, end - i);
      V result = slope;
      if (activation == hark::RELU) result = value > 0 ? slope : V{};
      if (activation == hark::TANH) result = slope * (splat(1.0f) - value * value);
      if (activation == hark::SIGMOID) result = slope * value * (splat(1.0f) - value);
      storePart(dx + i, result, end - i);
    }
  });
}

}  // namespace
