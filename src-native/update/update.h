// The optimisers' steps and what clipping needs: plain loops that the compiler vectorises.
#pragma once
#include <cmath>

#include "../base/vector.h"

namespace {

void sgd(const hark::Update& u) {
  float *p = u.p, *v = u.first;
  const float* g = u.g;
  for (int i = 0; i < u.size; i++) {
    float d = g[i] + u.weightDecay * p[i];
    if (v) {
      v[i] = u.momentum * v[i] + d;
      d = u.nesterov ? d + u.momentum * v[i] : v[i];
    }
    p[i] -= u.rate * d;
  }
}

void adam(const hark::Update& u) {
  float *__restrict p = u.p, *__restrict m = u.first, *__restrict v = u.second;
  const float* __restrict g = u.g;
  const float rate = u.rate, decay = u.weightDecay, beta1 = u.beta1, beta2 = u.beta2, eps = u.eps, shrink = u.shrink, correction = u.correction;
  for (int i = 0; i < u.size; i++) {
    const float d = g[i] + decay * p[i];
    m[i] += (1 - beta1) * (d - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * d * d;
    p[i] = shrink * p[i] - rate * m[i] / (sqrtf(v[i]) / correction + eps);
  }
}

void rmsprop(const hark::Update& u) {
  float *p = u.p, *v = u.first, *b = u.second, *a = u.third;
  const float* g = u.g;
  for (int i = 0; i < u.size; i++) {
    const float d = g[i] + u.weightDecay * p[i];
    v[i] = u.beta1 * v[i] + (1 - u.beta1) * d * d;
    if (a) a[i] += (1 - u.beta1) * (d - a[i]);
    const float spread = a ? v[i] - a[i] * a[i] : v[i];
    float change = d / (sqrtf(spread > 0 ? spread : 0) + u.eps);
    if (b) change = b[i] = u.momentum * b[i] + change;
    p[i] -= u.rate * change;
  }
}

// Sum of squares in double precision, eight sums side by side.
double squares(int size, const float* x) {
  double sums[8] = {};
  int i = 0;
  for (; i + 8 <= size; i += 8)
    for (int j = 0; j < 8; j++) sums[j] += double(x[i + j]) * x[i + j];
  for (; i < size; i++) sums[0] += double(x[i]) * x[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

void scale(int size, float factor, float* x) {
  for (int i = 0; i < size; i++) x[i] *= factor;
}

}  // namespace
