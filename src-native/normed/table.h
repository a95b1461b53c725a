// What the border asks of the recurrent layers with normalisation in the cell.
#pragma once
#include "../recurrent/table.h"

namespace hark {

// Layer::inputSize is the width of the x side, gates * hidden. fed [frames, gates * hidden]: the x side, A_t, of all frames that
// exist, sequence behind sequence; `begins` [batch] is the first of each. norm, bias [gates * hidden] are those of the h side,
// normC, normCBias [hidden] an LSTM's alone, as is all that is named c.
struct NormedForward {
  float eps;
  const int* begins;
  const float *fed, *weightHh, *norm, *bias, *normC, *normCBias, *h0, *c0;
  const float* hiddenMask;  // [batch, hidden], multiplies h_(t-1) on its way into the gates; null: ones
  float *output, *hN, *cN;
  float* workspace;  // null: nothing is kept
};
struct NormedBackward {
  const int* begins;
  const float *weightHh, *norm, *normC, *normCBias, *output, *h0, *c0, *hiddenMask, *dOutput, *dHN, *dCN;
  float* workspace;
  float *dFed, *dWeightHh, *dNorm, *dBias, *dNormC, *dNormCBias, *dH0, *dC0;
};

struct NormedKernels {
  size_t (*workspaceSize)(const Layer&);
  void (*forward)(const Layer&, const NormedForward&);
  void (*backward)(const Layer&, const NormedBackward&);
  size_t (*traceCount)(const Layer&);
  // As those of RecurrentKernels.
  void (*traces)(const Layer&, const float* workspace, float* traces);
};

}  // namespace hark
