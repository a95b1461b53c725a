// Normalisation of each channel by its mean and variance over the batch (Ioffe, Szegedy 2015).
#pragma once
#include "../base/sums.h"

namespace {

// Values of a piece: it stays in the nearest cache while it is read twice.
constexpr int PIECE = 4096;

// Count, mean and sum of squared distances from the mean; joined piece by piece (Chan, Golub, LeVeque 1979), so that a large mean
// costs a small variance nothing.
struct Moments {
  double count = 0, mean = 0, squares = 0;
  void join(double otherCount, double otherMean, double otherSquares) {
    const double all = count + otherCount, gap = otherMean - mean;
    squares += otherSquares + gap * gap * count * otherCount / all;
    mean += gap * otherCount / all;
    count = all;
  }
};

// Where the channels come last: pieces of `rows` positions, each of all channels.
struct Pieces {
  const hark::BatchShape& s;
  int rows, perSequence;
  explicit Pieces(const hark::BatchShape& shape) : s(shape) {
    const int fit = PIECE / s.channels;
    rows = fit > 16 ? fit : 16;
    perSequence = (s.span + rows - 1) / rows;
  }
  int count() const { return s.batch * perSequence; }
  // f(piece, offset of its first value, its rows), and nothing for a piece that is padding alone.
  template <class F>
  void each(const F& f) const {
    inParallel(count(), [&](int piece) {
      const int b = piece / perSequence, first = piece % perSequence * rows, left = s.liveOf(b) - first;
      if (left > 0) f(piece, (size_t(b) * s.span + first) * s.channels, left < rows ? left : rows);
    });
  }
};

// Where each channel is a run of its own: f(channel, offset of a run, its length), the runs of a channel in the batch's order.
template <class F>
inline void eachRun(const hark::BatchShape& s, int channel, const F& f) {
  for (int b = 0; b < s.batch; b++) f((size_t(b) * s.channels + channel) * s.span, s.liveOf(b));
}

inline void momentsOfRows(int rows, int channels, const float* x, float* __restrict mean, float* __restrict squares) {
  memset(mean, 0, channels * sizeof(float));
  memset(squares, 0, channels * sizeof(float));
  for (int row = 0; row < rows; row++)
    for (int c = 0; c < channels; c++) mean[c] += x[size_t(row) * channels + c];
  for (int c = 0; c < channels; c++) mean[c] /= float(rows);
  for (int row = 0; row < rows; row++)
    for (int c = 0; c < channels; c++) {
      const float gap = x[size_t(row) * channels + c] - mean[c];
      squares[c] += gap * gap;
    }
}

void batchStatistics(const hark::BatchShape& s, const hark::BatchStatistics& n) {
  if (!s.channelsLast) {
    inParallel(s.channels, [&](int channel) {
      Moments all;
      eachRun(s, channel, [&](size_t offset, int length) {
        for (int first = 0; first < length; first += PIECE) {
          const int size = length - first < PIECE ? length - first : PIECE;
          const float* x = n.x + offset + first;
          const float mean = total(size, [=](auto read) { return read(x); }) / float(size);
          all.join(size, mean, total(size, [=](auto read) {
            const auto gap = read(x) - read(mean);
            return gap * gap;
          }));
        }
      });
      n.mean[channel] = float(all.mean);
      n.variance[channel] = float(all.squares / all.count);
    });
    return;
  }
  const Pieces pieces(s);
  const int count = pieces.count(), channels = s.channels;
  // Of each piece means and squares; the rows in it, 0 for padding.
  Scratch moments(size_t(count) * 2 * channels), sizes(count);
  for (int piece = 0; piece < count; piece++) sizes.at[piece] = 0;
  pieces.each([&](int piece, size_t offset, int rows) {
    float* to = moments.at + size_t(piece) * 2 * channels;
    momentsOfRows(rows, channels, n.x + offset, to, to + channels);
    sizes.at[piece] = float(rows);
  });
  inParallel((channels + 15) / 16, [&](int group) {
    for (int c = group * 16; c < channels && c < group * 16 + 16; c++) {
      Moments all;
      for (int piece = 0; piece < count; piece++) {
        const float* from = moments.at + size_t(piece) * 2 * channels;
        if (sizes.at[piece] > 0) all.join(sizes.at[piece], from[c], from[channels + c]);
      }
      n.mean[c] = float(all.mean);
      n.variance[c] = float(all.squares / all.count);
    }
  });
}

inline float scaleOf(float variance, float eps) { return 1.0f / __builtin_sqrtf(variance + eps); }

// y is all zeros at first.
void batchNorm(const hark::BatchShape& s, const hark::BatchNorm& n) {
  if (!s.channelsLast) {
    inParallel(s.channels, [&](int c) {
      const float mean = n.mean[c], factor = scaleOf(n.variance[c], n.eps) * n.weight[c], bias = n.bias[c];
      eachRun(s, c, [&](size_t offset, int length) {
        const float* x = n.x + offset;
        float* __restrict y = n.y + offset;
        for (int i = 0; i < length; i++) y[i] = (x[i] - mean) * factor + bias;
      });
    });
    return;
  }
  const int channels = s.channels;
  Scratch factors(channels);
  for (int c = 0; c < channels; c++) factors.at[c] = scaleOf(n.variance[c], n.eps) * n.weight[c];
  Pieces(s).each([&](int, size_t offset, int rows) {
    const float *x = n.x + offset, *mean = n.mean, *factor = factors.at, *bias = n.bias;
    float* __restrict y = n.y + offset;
    for (int row = 0; row < rows; row++, x += channels, y += channels)
      for (int c = 0; c < channels; c++) y[c] = (x[c] - mean[c]) * factor[c] + bias[c];
  });
}

// With u = (x - mean) * scale: dBias = sum(dy), dWeight = sum(dy * u), dx = scale * weight * (dy - mean(dy) - u * mean(dy * u)); where
// the statistics were given, the means are no part of it. dx is all zeros at first.
void batchNormGradient(const hark::BatchShape& s, const hark::BatchNormGradient& n) {
  double live = 0;
  for (int b = 0; b < s.batch; b++) live += s.liveOf(b);
  const float share = n.training ? float(1 / live) : 0.0f;
  if (!s.channelsLast) {
    inParallel(s.channels, [&](int c) {
      const float mean = n.mean[c], scale = scaleOf(n.variance[c], n.eps);
      double ofDy = 0, ofDyU = 0;
      eachRun(s, c, [&](size_t offset, int length) {
        const float *x = n.x + offset, *dy = n.dy + offset;
        ofDy += total(length, [=](auto read) { return read(dy); });
        ofDyU += total(length, [=](auto read) { return read(dy) * (read(x) - read(mean)); }) * scale;
      });
      n.dBias[c] = float(ofDy);
      n.dWeight[c] = float(ofDyU);
      const float factor = scale * n.weight[c], level = float(ofDy) * share, slope = float(ofDyU) * share * scale;
      eachRun(s, c, [&](size_t offset, int length) {
        const float *x = n.x + offset, *dy = n.dy + offset;
        float* __restrict dx = n.dx + offset;
        for (int i = 0; i < length; i++) dx[i] = factor * (dy[i] - level - (x[i] - mean) * slope);
      });
    });
    return;
  }
  const Pieces pieces(s);
  const int count = pieces.count(), channels = s.channels;
  Scratch sums(size_t(count) * 2 * channels), columns(size_t(3) * channels);
  memset(sums.at, 0, size_t(count) * 2 * channels * sizeof(float));
  pieces.each([&](int piece, size_t offset, int rows) {
    const float *x = n.x + offset, *dy = n.dy + offset, *mean = n.mean;
    float* __restrict ofDy = sums.at + size_t(piece) * 2 * channels;
    float* __restrict ofDyGap = ofDy + channels;
    for (int row = 0; row < rows; row++, x += channels, dy += channels)
      for (int c = 0; c < channels; c++) {
        ofDy[c] += dy[c];
        ofDyGap[c] += dy[c] * (x[c] - mean[c]);
      }
  });
  float *factor = columns.at, *level = factor + channels, *slope = level + channels;
  memset(level, 0, 2 * channels * sizeof(float));
  for (int piece = 0; piece < count; piece++) {
    const float* from = sums.at + size_t(piece) * 2 * channels;
    for (int c = 0; c < channels; c++) level[c] += from[c];
    for (int c = 0; c < channels; c++) slope[c] += from[channels + c];
  }
  for (int c = 0; c < channels; c++) {
    const float scale = scaleOf(n.variance[c], n.eps);
    n.dBias[c] = level[c];
    n.dWeight[c] = slope[c] * scale;
    factor[c] = scale * n.weight[c];
    level[c] *= share;
    slope[c] *= share * scale * scale;
  }
  pieces.each([&](int, size_t offset, int rows) {
    const float *x = n.x + offset, *dy = n.dy + offset, *mean = n.mean;
    const float *factors = factor, *levels = level, *slopes = slope;
    float* __restrict dx = n.dx + offset;
    for (int row = 0; row < rows; row++, x += channels, dy += channels, dx += channels)
      for (int c = 0; c < channels; c++) dx[c] = factors[c] * (dy[c] - levels[c] - (x[c] - mean[c]) * slopes[c]);
  });
}

}  // namespace
