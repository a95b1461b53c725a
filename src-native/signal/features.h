// From samples to features, as src-main/features/plain.ts, which is the form to read. Frames stand W abreast in the lanes of
// vectors until they are written: a group is W frames of one clip.
#pragma once
#include <vector>

#include "../base/logarithm.h"
#include "stft.h"
#include "table.h"

namespace {

// Frames of one task at least: its memory is made once.
constexpr int TASK_FRAMES = 4096;
// DCT coefficients that are summed side by side.
constexpr int SIDE = 8;

// Of one thread.
class Extraction {
 public:
  explicit Extraction(const hark::Features& f)
      : f_(f),
        spectra_(*f.plan, f.window, f.winLength, f.center),
        rows_(f.rows()),
        memory_(size_t(f.plan->bins() + rows_ + roundUp(f.base(), W)) * W),
        power_(memory_.at),
        values_(power_ + size_t(f.plan->bins()) * W),
        results_(values_ + size_t(rows_) * W) {}

  // Bands of a clip's frames from `first` to `end`, scaled, into `to` [groups][rows]. Returns the largest of them (for a range).
  float analyse(const float* signal, int length, int first, int end, float* to) {
    V largest = splat(-INFINITY);
    for (int frame = first; frame < end; frame += W, to += size_t(rows_) * W) {
      int64_t starts[W];
      // Lanes beyond the end do the last frame over again.
      for (int l = 0; l < W; l++)
        starts[l] = int64_t(std::min(frame + l, end - 1)) * f_.hopLength - f_.padding() + (f_.plan->size - f_.winLength) / 2;
      float* power = f_.mels ? power_ : to;
      spectra_.power(signal, length, starts, power);
      raise(power);
      if (f_.mels) sum(power, to);
      if (f_.scale != hark::LINEAR)
        for (int i = 0; i < rows_; i++) {
          const V level = scaled(load(to + i * W));
          store(to + i * W, level);
          largest = greatest(level, largest);
        }
    }
    float most = -INFINITY;
    for (int l = 0; l < W; l++) most = largest[l] > most ? largest[l] : most;
    return most;
  }

  // Bands of `analyse`, none below `floor`, to rows of the clip's features, of which `out` is row `first`.
  void finish(float* bands, float floor, int first, int end, float* out) {
    const int width = f_.base(), stride = f_.bins();
    for (int frame = first; frame < end; frame += W, bands += size_t(rows_) * W, out += size_t(W) * stride) {
      if (f_.scale == hark::DECIBELS)
        for (int i = 0; i < rows_; i++) {
          const V level = load(bands + i * W);
          store(bands + i * W, level < splat(floor) ? splat(floor) : level);
        }
      const float* values = f_.coefficients ? cosines(bands) : bands;
      const int rows = std::min(W, end - frame);
      for (int column = 0; column < width; column += W) {
        const int columns = std::min(W, width - column);
        V block[W];
        if (columns == W && rows == W) {
#pragma GCC unroll 16
          for (int i = 0; i < W; i++) block[i] = load(values + size_t(column + i) * W);
          transpose(block);
#pragma GCC unroll 16
          for (int r = 0; r < W; r++) store(out + size_t(r) * stride + column, block[r]);
          continue;
        }
        for (int i = 0; i < W; i++) block[i] = i < columns ? load(values + size_t(column + i) * W) : V{};
        transpose(block);
        for (int r = 0; r < rows; r++) storePart(out + size_t(r) * stride + column, block[r], columns);
      }
    }
  }

  // A group's bands, where they need not be kept.
  float* group() { return values_; }

 private:
  const hark::Features& f_;
  Spectra spectra_;
  int rows_;
  Scratch memory_;
  float *power_, *values_, *results_;

  // |X|^2 to the power of the spec.
  void raise(float* power) const {
    if (f_.exponent == 1) return;
    for (int k = 0; k < f_.plan->bins(); k++) {
      const V value = load(power + k * W);
      store(power + k * W, f_.exponent == 0.5f ? rootOf(value) : powOf(value, f_.exponent));
    }
  }

  void sum(const float* power, float* to) const {
    const float* weight = f_.weights;
    for (int m = 0, w = 0; m < f_.mels; m++, to += W) {
      V even = V{}, odd = V{};
      const float* from = power + size_t(f_.firsts[m]) * W;
      const int end = f_.ends[m];
      for (; w + 1 < end; w += 2, from += 2 * W) {
        even += load(from) * splat(weight[w]);
        odd += load(from + W) * splat(weight[w + 1]);
      }
      if (w < end) even += load(from) * splat(weight[w++]);
      store(to, even + odd);
    }
  }

  V scaled(V value) const {
    // What is not a number stays so: every comparison with it is false.
    const V offset = splat(f_.offset);
    if (f_.scale == hark::LOGARITHM) return logOf(value + offset);
    return logOf(value < offset ? offset : value) * splat(4.34294482f);
  }

  // The DCT of one group; the basis is half as long as the bands (src-shared/math/dct.ts): coefficient k needs the sums of
  // mirrored bands, or, if k is odd, their differences.
  const float* cosines(float* bands) {
    const int half = (rows_ + 1) / 2;
    for (int n = 0, mirror = rows_ - 1; n < mirror; n++, mirror--) {
      const V a = load(bands + n * W), b = load(bands + mirror * W);
      store(bands + n * W, a + b);
      store(bands + mirror * W, a - b);
    }
    // The middle of an odd count is its own mirror; odd coefficients have a weight of zero for it.
    const auto of = [&](int first, auto count) {
      constexpr int N = count.value;
      V acc[N];
      for (int k = 0; k < N; k++) acc[k] = V{};
      const float* basis = f_.basis + size_t(first) * half;
      for (int n = 0; n < half; n++) {
        const V even = load(bands + n * W), odd = load(bands + (rows_ - 1 - n) * W);
#pragma GCC unroll 8
        for (int k = 0; k < N; k++) acc[k] += (k % 2 ? odd : even) * splat(basis[k * half + n]);
      }
      for (int k = 0; k < N; k++) store(results_ + size_t(first + k) * W, acc[k]);
    };
    int first = 0;
    for (; first + SIDE <= f_.coefficients; first += SIDE) of(first, Size<SIDE>{});
    for (; first + 2 <= f_.coefficients; first += 2) of(first, Size<2>{});
    if (first < f_.coefficients) of(first, Size<1>{});
    return results_;
  }
};

// Slopes over five frames of the bins [from, from + width) of frames `first` to `end`, written `width` further on
// (src-main/features/deltas.ts).
inline void slopes(float* rows, int frames, int stride, int from, int width, int first, int end) {
  const auto row = [&](int64_t frame) { return rows + std::min(std::max(frame, int64_t(0)), int64_t(frames - 1)) * stride + from; };
  for (int t = first; t < end; t++) {
    const float *a = row(int64_t(t) - 2), *b = row(int64_t(t) - 1), *c = row(int64_t(t) + 1), *d = row(int64_t(t) + 2);
    float* to = rows + size_t(t) * stride + from + width;
    for (int i = 0; i < width; i += W) {
      const int left = width - i;
      const V slope = (loadPart(c + i, left) - loadPart(b + i, left)) + splat(2.0f) * (loadPart(d + i, left) - loadPart(a + i, left));
      storePart(to + i, slope / splat(10.0f), left);
    }
  }
}

// All features of one clip into `out` [frames, bins]; `each` runs f(extraction, first, end) over parts of its frames.
template <class Each>
void clipFeatures(const hark::Features& f, int clip, int frames, float* out, const Each& each) {
  const float* signal = f.clips[clip].samples;
  const int length = f.clips[clip].length, bins = f.bins(), rows = f.rows();
  if (f.scale == hark::DECIBELS) {
    // The floor is known when the whole clip is.
    Scratch bands(size_t(roundUp(frames, W)) * rows);
    std::vector<float> largest((frames + TASK_FRAMES - 1) / TASK_FRAMES);
    each([&](Extraction& e, int first, int end) {
      largest[first / TASK_FRAMES] = e.analyse(signal, length, first, end, bands.at + size_t(first) * rows);
    });
    const float floor = *std::max_element(largest.begin(), largest.end()) - f.range;
    each([&](Extraction& e, int first, int end) {
      e.finish(bands.at + size_t(first) * rows, floor, first, end, out + size_t(first) * bins);
    });
  } else {
    each([&](Extraction& e, int first, int end) {
      for (int frame = first; frame < end; frame += W) {
        const int next = std::min(end, frame + W);
        e.analyse(signal, length, frame, next, e.group());
        e.finish(e.group(), 0, frame, next, out + size_t(frame) * bins);
      }
    });
  }
  for (int order = 0; order < f.deltas; order++)
    each([&](Extraction&, int first, int end) { slopes(out, frames, bins, order * f.base(), f.base(), first, end); });
}

// The same, cut or filled up with zeros to the spec's length.
template <class Each>
void clipInto(const hark::Features& f, int clip, float* out, const Each& each) {
  const int frames = f.frames(clip), wanted = f.framesOut(clip);
  if (frames == wanted) return clipFeatures(f, clip, frames, out, each);
  const size_t bins = f.bins(), kept = std::min(frames, wanted) * bins;
  Scratch all(frames * bins);
  clipFeatures(f, clip, frames, all.at, each);
  memcpy(out, all.at, kept * sizeof(float));
  memset(out + kept, 0, (wanted * bins - kept) * sizeof(float));
}

void features(const hark::Features& f) {
  // Short clips are shared out a few at a time, a long one frame by frame: neither has a say in the values.
  struct Task {
    int first, end;
  };
  std::vector<Task> tasks;
  std::vector<size_t> rows(f.count + 1);
  std::vector<int> longClips;
  int waiting = 0;
  bool open = false;
  for (int clip = 0; clip < f.count; clip++) {
    rows[clip + 1] = rows[clip] + f.framesOut(clip);
    const int frames = f.frames(clip);
    if (frames > TASK_FRAMES) {
      longClips.push_back(clip);
      open = false;
      continue;
    }
    if (!open || waiting >= TASK_FRAMES) {
      tasks.push_back({clip, clip});
      waiting = 0;
      open = true;
    }
    tasks.back().end = clip + 1;
    waiting += frames;
  }
  const auto outOf = [&](int clip) { return f.out + rows[clip] * f.bins(); };
  inParallel(int(tasks.size()), [&](int task) {
    Extraction extraction(f);
    for (int clip = tasks[task].first; clip < tasks[task].end; clip++)
      clipInto(f, clip, outOf(clip), [&](const auto& work) {
        const int frames = f.frames(clip);
        for (int first = 0; first < frames; first += TASK_FRAMES) work(extraction, first, std::min(frames, first + TASK_FRAMES));
      });
  });
  for (int clip : longClips)
    clipInto(f, clip, outOf(clip), [&](const auto& work) {
      const int frames = f.frames(clip);
      inParallel((frames + TASK_FRAMES - 1) / TASK_FRAMES, [&](int part) {
        Extraction extraction(f);
        work(extraction, part * TASK_FRAMES, std::min(frames, (part + 1) * TASK_FRAMES));
      });
    });
}

}  // namespace
