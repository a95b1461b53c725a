import { describe, expect, test } from 'vitest';
import { salientSound } from '#main/inspection/resynthesis.ts';
import { Random } from '#shared/math/random.ts';

const RATE = 8000;
const BANDS = [0, 1000, 2000, 4000].slice(0, 3).map((low, index) => ({ low, high: [1000, 2000, 4001][index] }));
const FRAMES = 100;

/** Two tones, of 500 Hz and 3 kHz, one second. */
const tones = Float32Array.from(
  { length: RATE },
  (_, n) => 0.3 * Math.sin((2 * Math.PI * 500 * n) / RATE) + 0.3 * Math.sin((2 * Math.PI * 3000 * n) / RATE),
);
const sound = { samples: tones, sampleRate: RATE, start: 0, hop: 0.01 };
const saliency = (of: (t: number, band: number) => number) => ({
  ...{ frames: FRAMES, bands: BANDS, target: 0, output: 0, baseline: 0 },
  values: Float32Array.from({ length: FRAMES * 3 }, (_, at) => of(Math.floor(at / 3), at % 3)),
});

/** Amplitude of a tone in a stretch of samples. */
function amplitude(samples: Float32Array, hertz: number, from = 0.2, to = 0.8): number {
  let [re, im, n] = [0, 0, 0];
  for (let at = Math.round(from * RATE); at < to * RATE; at++, n++) {
    re += samples[at] * Math.cos((2 * Math.PI * hertz * at) / RATE);
    im += samples[at] * Math.sin((2 * Math.PI * hertz * at) / RATE);
  }
  return (2 * Math.hypot(re, im)) / n;
}

describe('the sound of what speaks for a class', () => {
  test('where everything does, it is the clip again', () => {
    const heard = salientSound(
      sound,
      saliency(() => 1),
      1,
    );
    const worst = heard.reduce((most, value, at) => Math.max(most, Math.abs(value - tones[at])), 0);
    expect(worst).toBeLessThan(1e-5);
  });

  test('is of the bands and the time that do, and of nothing else', () => {
    const low = salientSound(
      sound,
      saliency((_, band) => (band === 0 ? 1 : -1)),
      1,
    );
    expect(amplitude(low, 500)).toBeCloseTo(0.3, 2);
    expect(amplitude(low, 3000)).toBeLessThan(1e-3);
    const late = salientSound(
      sound,
      saliency((t, band) => (band === 2 && t >= 50 ? 1 : 0)),
      1,
    );
    expect(amplitude(late, 3000, 0.6, 0.9)).toBeCloseTo(0.3, 2);
    expect(amplitude(late, 3000, 0.1, 0.4)).toBeLessThan(1e-3);
    expect(amplitude(late, 500, 0.6, 0.9)).toBeLessThan(1e-3);
  });

  test('keeps the share of the cells that speak most', () => {
    const heard = salientSound(
      sound,
      saliency((_, band) => [1, 0, 2][band]),
      1 / 3,
    );
    expect(amplitude(heard, 3000)).toBeCloseTo(0.3, 2);
    expect(amplitude(heard, 500)).toBeLessThan(1e-3);
  });

  test('is silence where nothing does, and as long as the clip whatever its length', () => {
    const random = new Random(1, 'length');
    for (const length of [1, 7, 300, 5001]) {
      const samples = Float32Array.from({ length }, () => random.normal());
      expect(
        salientSound(
          { ...sound, samples },
          saliency(() => 1),
          1,
        ),
      ).toHaveLength(length);
      expect(
        [
          ...salientSound(
            { ...sound, samples },
            saliency(() => -1),
            1,
          ),
        ].every((value) => value === 0),
      ).toBe(true);
    }
  });
});
