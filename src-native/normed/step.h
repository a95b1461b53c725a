// One step of one sequence and its way back, for N vectors of units side by side. RNN and GRU do with their normalised sides what
// they do with plain ones (recurrent/gates.h). An LSTM's h_t follows from c_t as a whole, so its step is in two halves, of which
// the first is here.
#pragma once
#include "../recurrent/gates.h"

namespace {

// z: pre-activations in, gates out; c: before and after.
template <int N>
inline void lstmStep(V (&z)[4][N], V (&c)[N]) {
  sigmoidOfEach(z[0]);
  sigmoidOfEach(z[1]);
  tanhOfEach(z[2]);
  sigmoidOfEach(z[3]);
  HARK_EACH c[i] = z[1][i] * c[i] + z[0][i] * z[2][i];
}

// The way back of an LSTM's first half. z: what lstmStep left in, gradients of the pre-activations out. dc: gradient of c_t in, of
// c_(t-1) out; dO: gradient of the output gate, which the second half knows.
inline void lstmBack(V (&z)[4], V cBefore, V& dc, V dO) {
  const V one = splat(1.0f);
  const V i = z[0], f = z[1], g = z[2], o = z[3], d = dc;
  z[0] = d * g * i * (one - i);
  z[1] = d * cBefore * f * (one - f);
  z[2] = d * i * (one - g * g);
  z[3] = dO * o * (one - o);
  dc = d * f;
}

}  // namespace
