import { describe, expect, test } from 'vitest';
import { BEST, resample, TORCHAUDIO } from '#main/audio/resample.ts';

const tone = (hz: number, rate: number, seconds = 0.5) =>
  Float32Array.from({ length: rate * seconds }, (_, n) => Math.sin((2 * Math.PI * hz * n) / rate));
/** Level of the middle part in dB re a full-scale sine. */
const level = (samples: Float32Array) => {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  return 10 * Math.log10((2 * middle.reduce((sum, value) => sum + value * value, 0)) / middle.length);
};

describe('resample', () => {
  test('a tone keeps its samples, whatever the rates', () => {
    for (const [from, to] of [
      [44_100, 16_000],
      [16_000, 44_100],
      [48_000, 8000],
      [11_025, 16_000],
      [16_000, 15_999],
    ]) {
      const actual = resample(tone(440, from), from, to, BEST);
      const expected = tone(440, to);
      expect(actual.length).toBe(Math.ceil((from * 0.5 * to) / from));
      for (let n = 1000; n < expected.length - 1000; n++) expect(Math.abs(actual[n] - expected[n])).toBeLessThan(1e-4);
    }
  });
  test('what the new rate cannot hold is taken out: 90 dB by the best filter, 30 dB by the default', () => {
    for (const hz of [8200, 9000, 12_000, 20_000])
      expect(level(resample(tone(hz, 44_100), 44_100, 16_000, BEST))).toBeLessThan(-90);
    for (const hz of [10_000, 12_000, 20_000])
      expect(level(resample(tone(hz, 44_100), 44_100, 16_000, TORCHAUDIO))).toBeLessThan(-30);
  });
  test('what it can hold stays', () => {
    for (const hz of [100, 1000, 4000, 7000])
      expect(Math.abs(level(resample(tone(hz, 44_100), 44_100, 16_000, BEST)))).toBeLessThan(0.01);
  });
  test('equal rates give the samples themselves; none give none', () => {
    const samples = tone(100, 8000);
    expect(resample(samples, 8000, 8000)).toBe(samples);
    expect(resample(new Float32Array(0), 8000, 16_000).length).toBe(0);
  });
  test('one sample', () => {
    expect(resample(Float32Array.of(1), 8000, 16_000).length).toBe(2);
  });
});
