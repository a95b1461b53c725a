// Mean and maximum in windows, channel by channel.
#pragma once
#include "../base/vector.h"
#include "table.h"

namespace {

// Calls f(place of an output, its place in its picture's input) for each output of a picture and each input in its window.
template <class F>
inline void inWindows(const hark::Windows& w, const F& f) {
  for (int y = 0; y < w.outHeight; y++)
    for (int x = 0; x < w.outWidth; x++)
      for (int ky = 0; ky < w.kernelHeight; ky++) {
        const int row = y * w.strideY + ky * w.dilationY - w.padTop;
        if (row < 0 || row >= w.inHeight) continue;
        for (int kx = 0; kx < w.kernelWidth; kx++) {
          const int column = x * w.strideX + kx * w.dilationX - w.padLeft;
          if (column >= 0 && column < w.inWidth) f(y * w.outWidth + x, row * w.inWidth + column);
        }
      }
}

// A mean is over the whole window, whatever of it is padding (PyTorch's count_include_pad). A maximum is the first of its equals;
// best: the place it stands at.
void poolWindows(const hark::Windows& w, int channels, hark::WindowPooling kind, const float* x, float* y, int* best) {
  const size_t in = size_t(w.inHeight) * w.inWidth * channels, out = size_t(w.outHeight) * w.outWidth * channels;
  const float share = 1.0f / float(w.kernelHeight * w.kernelWidth);
  inParallel(w.batch, [&](int b) {
    const float* from = x + b * in;
    float* to = y + b * out;
    if (kind == hark::WINDOW_MEAN) {
      memset(to, 0, out * sizeof(float));
      inWindows(w, [&](int output, int input) {
        const float* a = from + size_t(input) * channels;
        float* sum = to + size_t(output) * channels;
        for (int c = 0; c < channels; c++) sum[c] += a[c];
      });
      for (size_t i = 0; i < out; i++) to[i] *= share;
      return;
    }
    int* place = best + b * out;
    for (size_t i = 0; i < out; i++) place[i] = -1;
    inWindows(w, [&](int output, int input) {
      const float* a = from + size_t(input) * channels;
      float* most = to + size_t(output) * channels;
      int* at = place + size_t(output) * channels;
      for (int c = 0; c < channels; c++) {
        // Not a number is larger than all.
        const bool more = at[c] < 0 || a[c] > most[c] || (a[c] != a[c] && most[c] == most[c]);
        most[c] = more ? a[c] : most[c];
        at[c] = more ? input : at[c];
      }
    });
  });
}

void poolWindowsGradient(const hark::Windows& w, int channels, hark::WindowPooling kind, const float* dy, const int* best, float* dx) {
  const size_t in = size_t(w.inHeight) * w.inWidth * channels, out = size_t(w.outHeight) * w.outWidth * channels;
  const float share = 1.0f / float(w.kernelHeight * w.kernelWidth);
  inParallel(w.batch, [&](int b) {
    float* to = dx + b * in;
    const float* from = dy + b * out;
    memset(to, 0, in * sizeof(float));
    if (kind == hark::WINDOW_MEAN)
      return inWindows(w, [&](int output, int input) {
        const float* slope = from + size_t(output) * channels;
        float* sum = to + size_t(input) * channels;
        for (int c = 0; c < channels; c++) sum[c] += slope[c] * share;
      });
    const int* place = best + b * out;
    for (size_t i = 0; i < out; i += channels)
      for (int c = 0; c < channels; c++) to[size_t(place[i + c]) * channels + c] += from[i + c];
  });
}

}  // namespace
