// Where a convolution reads: a copy of its input with margins of zeros (or the input itself, where it has none), the place of
// each window in it, and the offsets of what a window holds.
#pragma once
#include "../dense/gathered.h"

namespace {

// Whole numbers for one call.
struct Places {
  Scratch memory;
  int* at;
  explicit Places(size_t count) : memory(count + 1), at(reinterpret_cast<int*>(memory.at)) {}
};

struct Picture {
  int batch, height, width, channels;
};

// `from` within margins of zeros: its first row stands in row `top` of the field, its first column in column `left`; what does
// not fit into height x width may be cut off.
class Field {
 public:
  const float* at;
  int height, width, channels;

  Field(const float* from, const Picture& picture, int top, int left, int height, int width)
      : at(from), height(picture.height), width(picture.width), channels(picture.channels), memory_(needed(picture, top, left, height, width)) {
    if (needed(picture, top, left, height, width) == 0) return;
    this->height = height;
    this->width = width;
    at = memory_.at;
    const size_t row = size_t(width) * channels, size = height * row;
    const int rows = picture.height < height - top ? picture.height : height - top;
    const int columns = picture.width < width - left ? picture.width : width - left;
    inParallel(picture.batch, [&](int b) {
      float* to = memory_.at + b * size;
      memset(to, 0, size * sizeof(float));
      for (int y = 0; y < rows && columns > 0; y++)
        memcpy(to + (top + y) * row + size_t(left) * channels, from + (size_t(b) * picture.height + y) * picture.width * channels,
               size_t(columns) * channels * sizeof(float));
    });
  }
  int place(int b, int y, int x) const { return ((b * height + y) * width + x) * channels; }

 private:
  Scratch memory_;

  static size_t needed(const Picture& picture, int top, int left, int height, int width) {
    const bool asItIs = top == 0 && left == 0 && height <= picture.height && width <= picture.width;
    return asItIs ? 0 : size_t(picture.batch) * height * width * picture.channels;
  }
};

// The input as the windows see it.
inline Field fieldOf(const hark::Convolution& c, const float* x) {
  const int height = (c.outHeight - 1) * c.strideY + (c.kernelHeight - 1) * c.dilationY + 1;
  const int width = (c.outWidth - 1) * c.strideX + (c.kernelWidth - 1) * c.dilationX + 1;
  return Field(x, {c.batch, c.inHeight, c.inWidth, c.inChannels}, c.padTop, c.padLeft, height, width);
}

// Where the window of each output position begins.
inline void placeWindows(const hark::Convolution& c, const Field& field, int* at) {
  for (int b = 0; b < c.batch; b++)
    for (int y = 0; y < c.outHeight; y++)
      for (int x = 0; x < c.outWidth; x++) *at++ = field.place(b, y * c.strideY, x * c.strideX);
}
// Where its parts stand from there.
inline void placeTaps(const hark::Convolution& c, const Field& field, int* at) {
  for (int y = 0; y < c.kernelHeight; y++)
    for (int x = 0; x < c.kernelWidth; x++) *at++ = field.place(0, y * c.dilationY, x * c.dilationX);
}

}  // namespace
