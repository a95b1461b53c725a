// What the border asks of the attention.
#pragma once
#include <cstddef>
#include <cstdint>

namespace hark {

// Sequences of frames within wider rows: frame t of sequence b stands at at + (b * frames + t) * step, its heads side by side.
template <class T>
struct Frames {
  T* at;
  int frames, step;
  T* operator()(int b, int t) const { return at + (size_t(b) * frames + t) * step; }
};

struct AttentionShape {
  int batch, heads, queries, keys, size;  // size: of a head
  const int *queryLengths, *keyLengths;   // [batch], or null: all
  bool causal;                            // query i sees the keys 0..i
  uint32_t dropoutKey, dropoutThreshold;  // of the weights (src-main/engine/dropout.ts); threshold 0: none
  float dropoutScale;
  int queriesOf(int b) const { return queryLengths ? queryLengths[b] : queries; }
  int keysOf(int b) const { return keyLengths ? keyLengths[b] : keys; }
};

// All that is written is zeros at first. statistics [batch, heads, queries, 2]: largest score and 1 / sum of a query's softmax.
struct Attention {
  Frames<const float> q, k, v;
  Frames<float> output;
  float* statistics;
  float* weights;  // [batch, heads, queries, keys], or null
};

struct AttentionGradient {
  Frames<const float> q, k, v, dOutput;
  const float *statistics, *dWeights;  // dWeights: null where the weights were not given out
  Frames<float> dQ, dK, dV;
};

struct AttentionKernels {
  void (*attention)(const AttentionShape&, const Attention&);
  void (*attentionGradient)(const AttentionShape&, const AttentionGradient&);
};

}  // namespace hark
