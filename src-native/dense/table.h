// What the border asks of the products.
#pragma once

namespace hark {

enum Activation { LINEAR = 0, RELU = 1, TANH = 2, SIGMOID = 3 };

// c [batch, m, n] = activation(op(a) op(b) + bias) for each matrix of a batch.
struct Product {
  int batch, m, n, k;
  // a [m, k] and b [k, n], transposed: [k, m] and [n, k]. Where each matrix of the batch begins; null: at 0.
  const float *a, *b;
  const int *aAt, *bAt;
  bool transposeA, transposeB;
  const float* bias;  // [n] or null
  Activation activation;
  float* c;
};

struct DenseKernels {
  void (*product)(const Product&);
  // dx = dy f'(x) of an activation y = f(x), from y
  void (*activationGradient)(Activation, int size, const float* y, const float* dy, float* dx);
};

}  // namespace hark
