// Pictures of spectra, as src-main/features/picture.ts has it: a lane is a column.
#pragma once
#include "../base/logarithm.h"
#include "stft.h"
#include "table.h"

namespace {

// The power of a row of the picture: the loudest of its bins, or, where it falls between two, what lies on the line between them.
inline V rowPower(const float* power, int first, int last, float part) {
  if (first > last) {
    const V below = load(power + size_t(last) * W), above = load(power + size_t(first) * W);
    return below + (above - below) * splat(part);
  }
  V most = V{};
  for (int bin = first; bin <= last; bin++) most = greatest(load(power + size_t(bin) * W), most);
  return most;
}

void tile(const hark::Tile& t) {
  inParallel((t.width + W - 1) / W, [&](int group) {
    const int column = group * W, columns = std::min(W, t.width - column);
    Spectra spectra(*t.plan, t.window, t.winLength, true);
    Scratch memory(size_t(t.plan->bins() + t.height) * W);
    float *power = memory.at, *rows = power + size_t(t.plan->bins()) * W;
    // Below every floor; an average is a sum at first.
    for (int y = 0; y < t.height; y++) store(rows + size_t(y) * W, t.pooling == hark::LOUDEST ? splat(1e-30f) : V{});
    for (int frame = 0; t.length > 0 && frame < t.frames; frame++) {
      int64_t starts[W];
      for (int l = 0; l < W; l++) {
        const double place = std::min(column + l, t.width - 1) + (frame + 0.5) / t.frames;
        // As frameCentre of src-main/features/picture-frames.ts.
        const double centre = std::floor(t.start + place * t.step + 1e-6);
        starts[l] = int64_t(std::min(std::max(centre, 0.0), double(t.length - 1))) - t.plan->size / 2 + (t.plan->size - t.winLength) / 2;
      }
      spectra.power(t.samples, t.length, starts, power);
      for (int y = 0; y < t.height; y++) {
        const V found = rowPower(power, t.firsts[y], t.lasts[y], t.parts[y]), before = load(rows + size_t(y) * W);
        store(rows + size_t(y) * W, t.pooling == hark::LOUDEST ? greatest(found, before) : before + found);
      }
    }
    const float share = 1 / (t.fullScale * (t.pooling == hark::AVERAGE ? float(t.frames) : 1.0f));
    const V steps = splat(255 / (t.ceilingDb - t.floorDb)), zero = V{}, most = splat(255);
    for (int y = 0; y < t.height; y++) {
      const V decibels = logOf(greatest(load(rows + size_t(y) * W) * splat(share), splat(1e-36f))) * splat(4.34294482f);
      const V level = least(greatest((decibels - splat(t.floorDb)) * steps, zero), most) + splat(0.5f);
      for (int l = 0; l < columns; l++) {
        const int value = int(level[l]);
        const size_t at = size_t(y) * t.width + column + l;
        if (!t.colours) {
          t.pixels[at] = uint8_t(value);
          continue;
        }
        memcpy(t.pixels + 4 * at, t.colours + 3 * value, 3);
        t.pixels[4 * at + 3] = 255;
      }
    }
  });
}

}  // namespace
