// Convolutions in one and two axes and their gradients: products of gathered rows (dense/gathered.h), where nothing is unfolded.
#pragma once
#include "depthwise.h"

namespace {

inline int perGroup(int channels, const hark::Convolution& c) { return channels / c.groups; }
inline int tapsOf(const hark::Convolution& c) { return c.kernelHeight * c.kernelWidth; }
inline bool isDepthwise(const hark::Convolution& c) { return c.groups > 1 && c.inChannels == c.groups && c.outChannels == c.groups; }

// to [taps, channels] = weight [channels, taps], of the taps in `which`.
inline void turnDepthwise(const float* weight, int channels, int taps, const int* which, int count, float* to) {
  for (int t = 0; t < count; t++)
    for (int c = 0; c < channels; c++) to[size_t(t) * channels + c] = weight[size_t(c) * taps + which[t]];
}

void convolve(const hark::Convolution& c, const float* x, const float* weight, const float* bias, float* y) {
  const int positions = c.batch * c.outHeight * c.outWidth, taps = tapsOf(c);
  const Field field = fieldOf(c, x);
  const Places window(positions), tap(taps);
  placeWindows(c, field, window.at);
  placeTaps(c, field, tap.at);
  const int in = perGroup(c.inChannels, c), out = perGroup(c.outChannels, c), depth = taps * in;
  Scratch turned(size_t(depth) * out);
  if (isDepthwise(c)) {
    Scratch all(size_t(taps) * c.groups);
    const Places each(taps);
    for (int t = 0; t < taps; t++) each.at[t] = t;
    turnDepthwise(weight, c.groups, taps, each.at, taps, all.at);
    return depthwise(field.at, window.at, positions, tap.at, taps, c.groups, all.at, bias, y);
  }
  const Places at(depth);
  for (int g = 0; g < c.groups; g++) {
    // [tap, in] in depth; the weights [tap, in, out].
    for (int t = 0; t < taps; t++)
      for (int i = 0; i < in; i++) {
        at.at[t * in + i] = tap.at[t] + g * in + i;
        for (int o = 0; o < out; o++) turned.at[size_t(t * in + i) * out + o] = weight[(size_t(g * out + o) * in + i) * taps + t];
      }
    const auto row = [&](int i) { return field.at + window.at[i]; };
    const Result to{y + g * out, out, size_t(c.outChannels), bias ? bias + g * out : nullptr, hark::LINEAR};
    multiply(to, positions, depth, Gathered<decltype(row)>{row, at.at}, Rows{turned.at, out, size_t(out)}, false);
  }
}

// One weight's place for each window in it: a product with the positions in depth.
void convolveWeights(const hark::Convolution& c, const float* x, const float* dy, float* dWeight) {
  const int positions = c.batch * c.outHeight * c.outWidth, taps = tapsOf(c);
  const Field field = fieldOf(c, x);
  const Places window(positions), tap(taps);
  placeWindows(c, field, window.at);
  placeTaps(c, field, tap.at);
  const int in = perGroup(c.inChannels, c), out = perGroup(c.outChannels, c), rows = taps * in;
  Scratch turned(size_t(rows) * (isDepthwise(c) ? c.groups : out));
  if (isDepthwise(c)) {
    depthwiseWeights(field.at, window.at, positions, tap.at, taps, c.groups, dy, turned.at);
    for (int t = 0; t < taps; t++)
      for (int i = 0; i < c.groups; i++) dWeight[size_t(i) * taps + t] = turned.at[size_t(t) * c.groups + i];
    return;
  }
  for (int g = 0; g < c.groups; g++) {
    const auto row = [&](int i) { return field.at + tap.at[i / in] + g * in + i % in; };
    const Result to{turned.at, out, size_t(out), nullptr, hark::LINEAR};
    multiply(to, rows, positions, Gathered<decltype(row)>{row, window.at}, Rows{dy + g * out, out, size_t(c.outChannels)}, false);
    for (int t = 0; t < taps; t++)
      for (int i = 0; i < in; i++)
        for (int o = 0; o < out; o++) dWeight[(size_t(g * out + o) * in + i) * taps + t] = turned.at[size_t(t * in + i) * out + o];
  }
}

// The input positions of one axis that have the same distance from a window's begin, modulo the stride, see the same taps: tap k
// where k * dilation leaves that remainder. Input i then stands in the window of output (i + pad - remainder) / stride - back(k).
struct Phase {
  int first, count, start;  // input positions first, first + stride, ...; output (without `back`) of the first
  int taps;
  Places tap, back;
  Phase(int remainder, int size, int kernel, int stride, int dilation, int pad) : taps(0), tap(kernel), back(kernel) {
    first = ((remainder - pad) % stride + stride) % stride;
    count = first < size ? (size - first + stride - 1) / stride : 0;
    start = (first + pad - remainder) / stride;
    for (int k = 0; k < kernel; k++)
      if (k * dilation % stride == remainder) {
        tap.at[taps] = k;
        back.at[taps++] = (k * dilation - remainder) / stride;
      }
  }
};

// The gradient of the input, phase by phase (a stride of 1 has one): each a product of the windows that look back from it.
// It is also what a transposed convolution does forward.
void convolveBack(const hark::Convolution& c, const float* weight, const float* dy, float* dx) {
  const int in = perGroup(c.inChannels, c), out = perGroup(c.outChannels, c), taps = tapsOf(c);
  const int top = (c.kernelHeight - 1) * c.dilationY / c.strideY, left = (c.kernelWidth - 1) * c.dilationX / c.strideX;
  const Field field(dy, {c.batch, c.outHeight, c.outWidth, c.outChannels}, top, left, top + (c.inHeight - 1 + c.padTop) / c.strideY + 1,
                    left + (c.inWidth - 1 + c.padLeft) / c.strideX + 1);
  const bool whole = c.strideY == 1 && c.strideX == 1;
  for (int py = 0; py < c.strideY; py++)
    for (int px = 0; px < c.strideX; px++) {
      const Phase v(py, c.inHeight, c.kernelHeight, c.strideY, c.dilationY, c.padTop);
      const Phase h(px, c.inWidth, c.kernelWidth, c.strideX, c.dilationX, c.padLeft);
      const int positions = c.batch * v.count * h.count, count = v.taps * h.taps;
      if (positions == 0) continue;
      const Places window(positions), tap(count), which(count);
      int* next = window.at;
      for (int b = 0; b < c.batch; b++)
        for (int y = 0; y < v.count; y++)
          for (int x = 0; x < h.count; x++) *next++ = field.place(b, top + v.start + y, left + h.start + x);
      for (int y = 0; y < v.taps; y++)
        for (int x = 0; x < h.taps; x++) {
          tap.at[y * h.taps + x] = -field.place(0, v.back.at[y], h.back.at[x]);
          which.at[y * h.taps + x] = v.tap.at[y] * c.kernelWidth + h.tap.at[x];
        }
      // What this phase finds, to be spread over dx.
      Scratch found(whole ? 0 : size_t(positions) * c.inChannels);
      float* to = whole ? dx : found.at;
      if (isDepthwise(c)) {
        Scratch turned(size_t(count) * c.groups);
        turnDepthwise(weight, c.groups, taps, which.at, count, turned.at);
        depthwise(field.at, window.at, positions, tap.at, count, c.groups, turned.at, nullptr, to);
      } else {
        const int depth = count * out;
        const Places at(depth);
        Scratch turned(size_t(depth) * in);
        for (int g = 0; g < c.groups; g++) {
          for (int t = 0; t < count; t++)
            for (int o = 0; o < out; o++) {
              at.at[t * out + o] = tap.at[t] + g * out + o;
              for (int i = 0; i < in; i++) turned.at[size_t(t * out + o) * in + i] = weight[(size_t(g * out + o) * in + i) * taps + which.at[t]];
            }
          const auto row = [&](int i) { return field.at + window.at[i]; };
          const Result result{to + g * in, in, size_t(c.inChannels), nullptr, hark::LINEAR};
          multiply(result, positions, depth, Gathered<decltype(row)>{row, at.at}, Rows{turned.at, in, size_t(in)}, false);
        }
      }
      if (whole) continue;
      inParallel(c.batch, [&](int b) {
        const float* from = found.at + size_t(b) * v.count * h.count * c.inChannels;
        for (int y = 0; y < v.count; y++)
          for (int x = 0; x < h.count; x++, from += c.inChannels) {
            const size_t line = size_t(b) * c.inHeight + v.first + y * c.strideY;
            memcpy(dx + (line * c.inWidth + h.first + x * c.strideX) * c.inChannels, from, c.inChannels * sizeof(float));
          }
      });
    }
}

}  // namespace
