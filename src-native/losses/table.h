// What the border asks of the losses.
#pragma once

namespace hark {

struct CrossEntropy {
  int rows, classes;
  const float* logits;  // [rows, classes]
  const int* targets;   // [rows], -1: the row does not count
  const float* weights; // [classes] or null: all 1
  float smoothing;
  float* gradient;  // [rows, classes] or null
};

struct Ctc {
  int batch, time, classes, blank;
  const float* logits;       // [batch, time, classes]
  const int* lengths;        // [batch], 1..time
  const int* targets;        // one sequence after another
  const int* targetLengths;  // [batch]
  bool zeroInfinity;
  const float* factors;  // [batch], of each sequence's gradient
  float* losses;         // [batch]
  float* gradient;       // [batch, time, classes] or null
};

struct LossKernels {
  double (*crossEntropy)(const CrossEntropy&);
  void (*ctc)(const Ctc&);
};

}  // namespace hark
