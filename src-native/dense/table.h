// What the border asks of the products.
#pragma once

namespace hark {

struct Product {
  int m, n, k;
  const float *a, *b, *bias;  // bias [n] or null
  bool transposeA, transposeB;
  float* c;
};

struct DenseKernels {
  void (*product)(const Product&);
};

}  // namespace hark
