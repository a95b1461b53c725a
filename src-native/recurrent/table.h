// What the border asks of the recurrent kernels.
#pragma once
#include <cstddef>

namespace hark {

enum Cell { RNN = 0, LSTM = 1, GRU = 2 };

// Which frames exist, and where their gates are kept. The batch is cut into a fixed number of slices, whatever the number of
// threads; inside a slice the sequences stand longest first, so that the ones alive at frame t are the first active[t].
// A "row" is one frame of one sequence; rows run slice by slice, frame by frame.
struct Plan {
  int batch, time, slices, rows;
  const int* order;       // [batch] place -> sequence
  const int* sliceFirst;  // [slices + 1] first place of each slice
  const int* active;      // [slices][time]
  const int* firstRow;    // [slices][time]
  const int* rowSequence; // [rows]
  const int* rowFrame;     // [rows]
  const bool* rowFollowed; // [rows] has its sequence a frame behind it?
};

struct Layer {
  Cell cell;
  int inputSize, hiddenSize;
  bool reverse;
  Plan plan;
};

// All tensors are row-major and whole, in PyTorch's layouts; `workspace` carries the gates from forward to backward.
struct Forward {
  const float *x, *weightIh, *weightHh, *biasIh, *biasHh, *h0, *c0;
  const float* hiddenMask;  // [batch, hidden], multiplies h_(t-1) on its way into the gates; null: ones
  float *output, *hN, *cN;
  float* workspace;  // null: nothing is kept
};
struct Backward {
  const float *x, *weightIh, *weightHh, *output, *h0, *c0, *hiddenMask, *workspace, *dOutput, *dHN, *dCN;
  float *dH0, *dC0, *dWeightIh, *dWeightHh, *dBiasIh, *dBiasHh;
  float* dX;  // null: not asked for
};

struct RecurrentKernels {
  size_t (*workspaceSize)(const Layer&);
  void (*forward)(const Layer&, const Forward&);
  void (*backward)(const Layer&, const Backward&);
  size_t (*traceCount)(const Layer&);
  // LSTM: i, f, g, o, c. GRU: r, z, n, and n's part from h. RNN: none. Frames that do not exist are left as they are.
  void (*traces)(const Layer&, const float* workspace, float* traces);
};

}  // namespace hark
