// Fourier transforms of W signals at once: lane l of every vector belongs to signal l. So each step of the textbook is one
// vector operation, for any length, and no value depends on its neighbours' signals.
#pragma once
#include "../base/vector.h"
#include "fft-plan.h"

namespace {

// A complex value of each lane: re, im.
constexpr int PAIR = 2 * W;
struct C {
  V re, im;
};
inline C loadPair(const float* at) { return {load(at), load(at + W)}; }
inline void storePair(float* at, C value) {
  store(at, value.re);
  store(at + W, value.im);
}
inline C operator+(C a, C b) { return {a.re + b.re, a.im + b.im}; }
inline C operator-(C a, C b) { return {a.re - b.re, a.im - b.im}; }
// a times the complex number at w.
inline C turned(C a, const float* w) {
  const V re = splat(w[0]), im = splat(w[1]);
  return {a.re * re - a.im * im, a.re * im + a.im * re};
}
// Group 0 is not turned.
template <bool TURN>
inline C turnedIf(C a, const float* w) {
  if constexpr (TURN) return turned(a, w);
  else return a;
}

// The stages of Stockham's ordering (no bit reversal): branch r of group p is read at inner (p + groups r) and written at
// inner (radix p + r).
template <bool TURN>
inline void radix2(const float* from, float* to, int inner, int groups, const float* w) {
  const size_t far = size_t(inner) * groups * PAIR, next = size_t(inner) * PAIR;
  for (int i = 0; i < inner; i++, from += PAIR, to += PAIR) {
    const C a = loadPair(from), b = loadPair(from + far);
    storePair(to, a + b);
    storePair(to + next, turnedIf<TURN>(a - b, w + 2));
  }
}
template <bool TURN>
inline void radix4(const float* from, float* to, int inner, int groups, const float* w) {
  const size_t far = size_t(inner) * groups * PAIR, next = size_t(inner) * PAIR;
  for (int i = 0; i < inner; i++, from += PAIR, to += PAIR) {
    const C a = loadPair(from), b = loadPair(from + far), c = loadPair(from + 2 * far), d = loadPair(from + 3 * far);
    const C ac = a + c, gapAc = a - c, bd = b + d, gapBd = b - d;
    storePair(to, ac + bd);
    storePair(to + next, turnedIf<TURN>({gapAc.re + gapBd.im, gapAc.im - gapBd.re}, w + 2));
    storePair(to + 2 * next, turnedIf<TURN>(ac - bd, w + 4));
    storePair(to + 3 * next, turnedIf<TURN>({gapAc.re - gapBd.im, gapAc.im + gapBd.re}, w + 6));
  }
}
// Two transforms of four, of the even and of the odd branches; the latter turned by eighths.
template <bool TURN>
inline void radix8(const float* from, float* to, int inner, int groups, const float* w) {
  const size_t far = size_t(inner) * groups * PAIR, next = size_t(inner) * PAIR;
  const V root = splat(0.70710678f);
  for (int i = 0; i < inner; i++, from += PAIR, to += PAIR) {
    C even[4], odd[4];
    for (int side = 0; side < 2; side++) {
      const float* x = from + side * far;
      C* y = side ? odd : even;
      const C a = loadPair(x), b = loadPair(x + 2 * far), c = loadPair(x + 4 * far), d = loadPair(x + 6 * far);
      const C ac = a + c, gapAc = a - c, bd = b + d, gapBd = b - d;
      y[0] = ac + bd;
      y[1] = {gapAc.re + gapBd.im, gapAc.im - gapBd.re};
      y[2] = ac - bd;
      y[3] = {gapAc.re - gapBd.im, gapAc.im + gapBd.re};
    }
    odd[1] = {(odd[1].re + odd[1].im) * root, (odd[1].im - odd[1].re) * root};
    odd[2] = {odd[2].im, -odd[2].re};
    odd[3] = {(odd[3].im - odd[3].re) * root, (odd[3].re + odd[3].im) * -root};
    storePair(to, even[0] + odd[0]);
    storePair(to + 4 * next, turnedIf<TURN>(even[0] - odd[0], w + 8));
#pragma GCC unroll 4
    for (int k = 1; k < 4; k++) {
      storePair(to + k * next, turnedIf<TURN>(even[k] + odd[k], w + 2 * k));
      storePair(to + (k + 4) * next, turnedIf<TURN>(even[k] - odd[k], w + 2 * (k + 4)));
    }
  }
}
// Branches j and R - j go together: X[k], X[R - k] = x0 + sum_j cos(jk) (x[j] + x[R - j]) -+ i sum_j sin(jk) (x[j] - x[R - j]).
template <int R>
inline void oddRadix(const float* from, float* to, int inner, int groups, const float* w, const float* roots) {
  constexpr int HALF = R / 2;
  const size_t far = size_t(inner) * groups * PAIR, next = size_t(inner) * PAIR;
  for (int i = 0; i < inner; i++, from += PAIR, to += PAIR) {
    const C first = loadPair(from);
    C sum[HALF], gap[HALF], all = first;
    for (int j = 0; j < HALF; j++) {
      const C a = loadPair(from + (j + 1) * far), b = loadPair(from + (R - 1 - j) * far);
      sum[j] = a + b;
      gap[j] = a - b;
      all = all + sum[j];
    }
    storePair(to, all);
    for (int k = 1; k <= HALF; k++) {
      C even = first, odd = {V{}, V{}};
      for (int j = 0; j < HALF; j++) {
        const float* root = roots + 2 * ((j + 1) * k % R);
        const V cosine = splat(root[0]), sine = splat(-root[1]);
        even = {even.re + sum[j].re * cosine, even.im + sum[j].im * cosine};
        odd = {odd.re + gap[j].re * sine, odd.im + gap[j].im * sine};
      }
      storePair(to + k * next, turned({even.re + odd.im, even.im - odd.re}, w + 2 * k));
      storePair(to + (R - k) * next, turned({even.re - odd.im, even.im + odd.re}, w + 2 * (R - k)));
    }
  }
}

// `from` [size] through all stages; the result is in a or b, which is told. `from` may be a or b (and is then lost).
inline float* runStages(const hark::ComplexPlan& plan, const float* from, float* a, float* b) {
  float* result = const_cast<float*>(from);
  for (const hark::FftStage& stage : plan.stages) {
    float* to = from == a ? b : a;
    for (int p = 0; p < stage.groups; p++) {
      const size_t start = size_t(stage.inner) * p * PAIR;
      const float* in = from + start;
      float* out = to + start * stage.radix;
      const float* w = stage.twiddles.data() + 2 * size_t(stage.radix) * p;
      const auto odd = [&](auto radix) { oddRadix<radix.value>(in, out, stage.inner, stage.groups, w, stage.roots.data()); };
      if (stage.radix == 8) p ? radix8<true>(in, out, stage.inner, stage.groups, w) : radix8<false>(in, out, stage.inner, stage.groups, w);
      if (stage.radix == 4) p ? radix4<true>(in, out, stage.inner, stage.groups, w) : radix4<false>(in, out, stage.inner, stage.groups, w);
      if (stage.radix == 2) p ? radix2<true>(in, out, stage.inner, stage.groups, w) : radix2<false>(in, out, stage.inner, stage.groups, w);
      if (stage.radix == 3) odd(Size<3>{});
      if (stage.radix == 5) odd(Size<5>{});
      if (stage.radix == 7) odd(Size<7>{});
      if (stage.radix == 11) odd(Size<11>{});
      if (stage.radix == 13) odd(Size<13>{});
    }
    from = result = to;
  }
  return result;
}

// `from` [size], not a nor b, transformed; a and b have plan.longest() values each, and the result is in one of them or, for a
// size of 1, is `from`.
inline const float* transformed(const hark::ComplexPlan& plan, const float* from, float* a, float* b) {
  if (!plan.padded) return runStages(plan, from, a, b);
  const int size = plan.size, length = plan.padded->size;
  for (int n = 0; n < size; n++) storePair(a + n * PAIR, turned(loadPair(from + n * PAIR), plan.chirp.data() + 2 * n));
  memset(a + size * PAIR, 0, size_t(length - size) * PAIR * sizeof(float));
  float* spectrum = runStages(*plan.padded, a, a, b);
  // The inverse transform is the forward one of the conjugate.
  for (int n = 0; n < length; n++) {
    const C product = turned(loadPair(spectrum + n * PAIR), plan.kernel.data() + 2 * n);
    storePair(spectrum + n * PAIR, {product.re, -product.im});
  }
  float* result = runStages(*plan.padded, spectrum, a, b);
  for (int n = 0; n < size; n++) {
    const C sum = loadPair(result + n * PAIR);
    storePair(result + n * PAIR, turned({sum.re, -sum.im}, plan.chirp.data() + 2 * n));
  }
  return result;
}

// Floats from one real value to the next in the input of `powerSpectrum`: an odd size is transformed as complex values, whose
// imaginary parts are zeros.
inline int inputStep(const hark::FftPlan& plan) { return plan.even ? W : PAIR; }

// |X[k]|^2 of real `input` [size] into `power` [bins] vectors; a and b as for `transformed`.
inline void powerSpectrum(const hark::FftPlan& plan, const float* input, float* a, float* b, float* power) {
  const float* z = transformed(plan.complex, input, a, b);
  if (!plan.even) {
    for (int k = 0; k < plan.bins(); k++) {
      const C x = loadPair(z + k * PAIR);
      store(power + k * W, x.re * x.re + x.im * x.im);
    }
    return;
  }
  // Z = E + iO, the transforms of the even and the odd samples: their conjugate-even and -odd parts, twice as large here.
  // X[k] = E[k] + turn O[k], and X[half - k] is the conjugate of E[k] - turn O[k].
  const int half = plan.size / 2;
  const C first = loadPair(z);
  const V sum = first.re + first.im, gap = first.re - first.im;
  store(power, sum * sum);
  store(power + half * W, gap * gap);
  const V quarter = splat(0.25f);
  for (int k = 1, mirror = half - 1; k <= mirror; k++, mirror--) {
    const C here = loadPair(z + k * PAIR), there = loadPair(z + mirror * PAIR);
    const C even = {here.re + there.re, here.im - there.im};
    const C odd = turned({here.im + there.im, there.re - here.re}, plan.turns.data() + 2 * k);
    const C x = even + odd, y = even - odd;
    store(power + k * W, (x.re * x.re + x.im * x.im) * quarter);
    store(power + mirror * W, (y.re * y.re + y.im * y.im) * quarter);
  }
}

}  // namespace
