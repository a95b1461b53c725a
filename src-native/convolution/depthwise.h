// A convolution of each channel by itself: no product of matrices, but vectors of channels.
#pragma once
#include "windows.h"

namespace {

constexpr int POSITIONS = 64;

// y [positions, channels] = bias + sum over taps of x[window[position] + tap] * weight [taps, channels]
void depthwise(const float* x, const int* window, int positions, const int* tap, int taps, int channels, const float* weight, const float* bias, float* y) {
  const int blocks = (positions + POSITIONS - 1) / POSITIONS;
  inParallel(blocks, [&](int block) {
    const int first = block * POSITIONS, end = first + POSITIONS < positions ? first + POSITIONS : positions;
    // Whole vectors of channels, several at once; then the rest.
    const int whole = channels / W;
    if (whole > 0)
      inTiles<4>(whole, [&](int vector, auto count) {
        constexpr int N = count.value;
        const int c = vector * W;
        for (int position = first; position < end; position++) {
          V sum[N];
          for (int n = 0; n < N; n++) sum[n] = bias ? load(bias + c + n * W) : V{};
          const float *from = x + window[position] + c, *factor = weight + c;
          for (int t = 0; t < taps; t++, factor += channels)
            for (int n = 0; n < N; n++) sum[n] += load(from + tap[t] + n * W) * load(factor + n * W);
          for (int n = 0; n < N; n++) store(y + size_t(position) * channels + c + n * W, sum[n]);
        }
      });
    const int c = whole * W, width = channels - c;
    if (width == 0) return;
    for (int position = first; position < end; position++) {
      V sum = bias ? loadPart(bias + c, width) : V{};
      for (int t = 0; t < taps; t++) sum += loadPart(x + window[position] + tap[t] + c, width) * loadPart(weight + size_t(t) * channels + c, width);
      storePart(y + size_t(position) * channels + c, sum, width);
    }
  });
}

// dWeight [taps, channels] = sum over positions of x[window[position] + tap] * dy; in slices, which are added in their order.
void depthwiseWeights(const float* x, const int* window, int positions, const int* tap, int taps, int channels, const float* dy, float* dWeight) {
  constexpr int MOST = 16, AT_ONCE = 8;
  const int least = (positions + MOST - 1) / MOST, length = least < 256 ? 256 : least;
  const int slices = (positions + length - 1) / length;
  const size_t size = size_t(taps) * channels;
  Scratch sums(slices * size);
  inParallel(slices, [&](int slice) {
    const int first = slice * length, end = first + length < positions ? first + length : positions;
    for (int c = 0; c < channels; c += W)
      inTiles<AT_ONCE>(taps, [&](int t, auto count) {
        constexpr int N = count.value;
        const int width = channels - c;
        V acc[N] = {};
        for (int position = first; position < end; position++) {
          const V slope = loadPart(dy + size_t(position) * channels + c, width);
          for (int n = 0; n < N; n++) acc[n] += slope * loadPart(x + window[position] + tap[t + n] + c, width);
        }
        for (int n = 0; n < N; n++) storePart(sums.at + slice * size + size_t(t + n) * channels + c, acc[n], width);
      });
  });
  memcpy(dWeight, sums.at, size * sizeof(float));
  for (int slice = 1; slice < slices; slice++)
    for (size_t i = 0; i < size; i++) dWeight[i] += sums.at[slice * size + i];
}

}  // namespace
