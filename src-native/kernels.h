// What the border (addon.cc) asks of the kernels. One source (kernels.cc) fills this table for each instruction set.
#pragma once
#include <cstddef>
#include <cstdint>

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

// All tensors are row-major and whole, in PyTorch's layouts; `workspace` carries the gates from forward to backward, where
// their gradients take their place.
struct Forward {
  const float *x, *weightIh, *weightHh, *biasIh, *biasHh, *h0, *c0;
  float *output, *hN, *cN;
  float* workspace;  // null: nothing is kept
};
struct Backward {
  const float *weightHh, *output, *h0, *c0, *dOutput, *dHN, *dCN;
  float *workspace, *dH0, *dC0;
};
struct WeightGradient {
  const float *x, *output, *h0, *workspace;
  float *dWeightIh, *dWeightHh, *dBiasIh, *dBiasHh;
};

struct Product {
  int m, n, k;
  const float *a, *b, *bias;  // bias [n] or null
  bool transposeA, transposeB;
  float* c;
};

enum Pooling { MEAN = 0, MAX = 1, LAST = 2 };

enum Operation { ADD = 0, SUBTRACT = 1, MULTIPLY = 2, RELU = 3, STEP = 4 };

// p: weights, g: gradient; the rest by the names of src-main/engine/update-rules.ts. Buffers not in use are null.
struct Update {
  int size;
  float* p;
  const float* g;
  float *first, *second, *third;
  float rate, weightDecay, momentum, beta1, beta2, eps, correction, shrink;
  bool nesterov;
};

struct Kernels {
  const char* name;
  size_t (*workspaceSize)(const Layer&);
  void (*forward)(const Layer&, const Forward&);
  void (*backward)(const Layer&, const Backward&);
  void (*inputGradient)(const Layer&, const float* weightIh, const float* workspace, float* dX);
  void (*weightGradient)(const Layer&, const WeightGradient&);
  void (*product)(const Product&);
  void (*pool)(Pooling, int batch, int time, int size, const int* lengths, const float* x, float* y, int* best);
  void (*poolGradient)(Pooling, int batch, int time, int size, const int* lengths, const float* dy, const int* best, float* dx);
  void (*dropout)(int size, uint32_t key, uint32_t threshold, float scale, const float* x, float* y);
  void (*elementwise)(Operation, int size, const float* a, const float* b, float* y);
  void (*columnSums)(int rows, int columns, const float* x, float* y);
  void (*sgd)(const Update&);
  void (*adam)(const Update&);
  void (*rmsprop)(const Update&);
  double (*squares)(int size, const float* x);
  void (*scale)(int size, float factor, float* x);
};

}  // namespace hark
