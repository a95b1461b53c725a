import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { complexTransform, realFft } from '#shared/math/fft.ts';

/** The definition, term by term: the oracle. */
function naive(re: ArrayLike<number>, im: ArrayLike<number>) {
  const size = re.length;
  const outRe = new Float64Array(size);
  const outIm = new Float64Array(size);
  for (let k = 0; k < size; k++)
    for (let n = 0; n < size; n++) {
      const angle = (-2 * Math.PI * ((k * n) % size)) / size;
      outRe[k] += re[n] * Math.cos(angle) - im[n] * Math.sin(angle);
      outIm[k] += re[n] * Math.sin(angle) + im[n] * Math.cos(angle);
    }
  return { re: outRe, im: outIm };
}
const noise = (size: number, seed: number) =>
  Float64Array.from({ length: size }, (_, n) => Math.sin(n * n * 0.7 + seed * 1.3 + n));
const gap = (a: Float64Array, b: Float64Array) =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);

describe('complex transform', () => {
  // Powers of two, mixed radices, and lengths only Bluestein can do (primes above 13 and their multiples).
  test.each([1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 26, 34, 60, 128, 143, 200, 211, 225, 256])(
    'length %i agrees with the definition',
    (size) => {
      const re = noise(size, 1);
      const im = noise(size, 2);
      const expected = naive(re, im);
      complexTransform(size)(re, im);
      expect(gap(re, expected.re)).toBeLessThan(1e-9);
      expect(gap(im, expected.im)).toBeLessThan(1e-9);
    },
  );
});

describe('real transform', () => {
  test('agrees with the definition for any length, and again on reuse of the plan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 150 }), fc.integer({ min: 0, max: 99 }), (size, seed) => {
        const fft = realFft(size);
        const re = new Float64Array(fft.bins);
        const im = new Float64Array(fft.bins);
        for (const turn of [0, 1]) {
          const input = noise(size, seed + turn);
          const expected = naive(input, new Float64Array(size));
          fft.transform(input, re, im);
          expect(gap(re, expected.re)).toBeLessThan(1e-9);
          expect(gap(im, expected.im)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });
});
