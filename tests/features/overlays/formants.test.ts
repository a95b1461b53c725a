import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signalOf } from '#main/audio/signal/signal.ts';
import { PHONES } from '#main/datasets/sample/phones.ts';
import { burg } from '#main/features/overlays/burg.ts';
import { polynomialRoots } from '#main/features/overlays/roots.ts';
import { trackOverlay } from '#main/features/overlays/track.ts';
import { Random } from '#shared/math/random.ts';
import { medianOf, speakVowel } from './voice.ts';

/** Coefficients of the polynomial with these roots, the first (1) left out. */
function polynomialOf(roots: readonly { re: number; im: number }[]): Float64Array {
  let re = [1];
  let im = [0];
  for (const root of roots) {
    const [nextRe, nextIm] = [
      [...re, 0],
      [...im, 0],
    ];
    for (let k = 0; k < re.length; k++) {
      nextRe[k + 1] -= re[k] * root.re - im[k] * root.im;
      nextIm[k + 1] -= re[k] * root.im + im[k] * root.re;
    }
    [re, im] = [nextRe, nextIm];
  }
  return Float64Array.from(re.slice(1));
}

const pairs = fc.array(
  fc.record({
    radius: fc.double({ min: 0.3, max: 0.99, noNaN: true }),
    angle: fc.double({ min: 0.05, max: 3.1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('polynomialRoots', () => {
  test('finds pairs of roots that are apart', () => {
    fc.assert(
      fc.property(pairs, (found) => {
        const apart = found.every((a, i) => found.every((b, j) => i === j || Math.abs(a.angle - b.angle) > 0.05));
        fc.pre(apart);
        const roots = found.flatMap(({ radius, angle }) =>
          [1, -1].map((sign) => ({ re: radius * Math.cos(angle), im: sign * radius * Math.sin(angle) })),
        );
        const { re, im } = polynomialRoots(polynomialOf(roots));
        for (const root of roots) {
          const nearest = Math.min(...Array.from(re, (x, k) => Math.hypot(x - root.re, im[k] - root.im)));
          expect(nearest).toBeLessThan(1e-6);
        }
      }),
    );
  });
  test('finds real ones too', () => {
    const { re } = polynomialRoots(Float64Array.of(-0.1, -0.72));
    expect([...re].sort((a, b) => a - b).map((x) => Number(x.toFixed(9)))).toEqual([-0.8, 0.9]);
  });
});

describe('burg', () => {
  test('finds the filter a noise has gone through', () => {
    const filter = [-1.6, 1.3, -0.7, 0.2];
    const random = new Random(5);
    const samples = new Float64Array(40_000);
    for (let n = 0; n < samples.length; n++)
      samples[n] = random.normal() - filter.reduce((sum, a, k) => sum + a * (samples[n - 1 - k] ?? 0), 0);
    const found = burg(samples, 4)!;
    filter.forEach((a, k) => expect(found[k]).toBeCloseTo(a, 1));
  });
  test('is stable for any sound, and has nothing to say of silence', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 30, maxLength: 80 }), (values) => {
        const found = burg(Float64Array.from(values), 8);
        if (!found) return;
        const { re, im } = polynomialRoots(found);
        for (let k = 0; k < re.length; k++) expect(Math.hypot(re[k], im[k])).toBeLessThan(1 + 1e-3);
      }),
      { numRuns: 60 },
    );
    expect(burg(new Float64Array(50), 6)).toBeNull();
  });
});

describe('the formants of vowels that are known', () => {
  const formants = (samples: Float32Array, sampleRate: number) => {
    const track = trackOverlay(signalOf([samples], sampleRate), {
      kind: 'formants',
      start: 0.1,
      end: 0.7,
      points: 4096,
    });
    return [0, 1, 2, 3].map((formant) => medianOf(track.data.filter((_, i) => i % 4 === formant)));
  };
  test.each([8000, 16_000, 44_100])('are found at %i Hz', (rate) => {
    for (const vowel of ['a', 'i', 'o', 'u'] as const) {
      const found = formants(
        speakVowel(vowel, rate, 0.8, () => 110),
        rate,
      );
      // The first one lies between the harmonics of the voice, 110 Hz apart.
      PHONES[vowel].formants.forEach((hz, formant) => {
        const most = formant === 0 ? 45 : 0.05 * hz;
        expect(Math.abs(found[formant] - hz), `F${formant + 1} of ${vowel}: ${found[formant]}`).toBeLessThan(most);
      });
    }
  });
  test('are the same at any loudness; silence has none', () => {
    const samples = speakVowel('a', 16_000, 0.8, () => 110);
    const loud = formants(samples, 16_000);
    formants(
      samples.map((sample) => 0.25 * sample),
      16_000,
    ).forEach((hz, i) => expect(hz).toBeCloseTo(loud[i], 1));
    const { data } = trackOverlay(signalOf([new Float32Array(16_000)], 16_000), { kind: 'formants', points: 100 });
    expect(data.length).toBe(400);
    expect(data.every((hz) => Number.isNaN(hz))).toBe(true);
  });
});
