// What the border asks of the bilinear form y_k = x1ᵀ A_k x2 + b_k. Its products with the weights, t = x2 Aᵀ, are general ones; here
// stands what joins t [batch, outs, size] with x [batch, size] (x1).
#pragma once

namespace hark {

struct BilinearKernels {
  // y [batch, outs] = sum over size of t * x, and bias [outs].
  void (*join)(int batch, int outs, int size, const float* t, const float* x, const float* bias, float* y);
  // dT = dy x, dX = sum over outs of dy * t.
  void (*joinGradient)(int batch, int outs, int size, const float* t, const float* x, const float* dy, float* dT, float* dX);
};

}  // namespace hark
