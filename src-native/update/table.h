// What the border asks of the optimisers.
#pragma once

namespace hark {

// p: weights, g: gradient; the rest by the names of src-main/engine/update-rules.ts. Buffers not in use are null.
struct Update {
  int size;
  float* p;
  const float* g;
  float *first, *second, *third;
  float rate, weightDecay, momentum, beta1, beta2, eps, correction, shrink;
  bool nesterov;
};

struct UpdateKernels {
  void (*sgd)(const Update&);
  void (*adam)(const Update&);
  void (*rmsprop)(const Update&);
  double (*squares)(int size, const float* x);
  void (*scale)(int size, float factor, float* x);
};

}  // namespace hark
