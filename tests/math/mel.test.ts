import { describe, expect, test } from 'vitest';
import { hzToMel, melFilterbank, melToHz } from '#shared/math/mel.ts';

describe('mel scales', () => {
  test.each(['htk', 'slaney'] as const)('%s goes there and back', (scale) => {
    for (const hz of [0, 20, 440, 999, 1000, 1001, 4000, 20_000])
      expect(melToHz(hzToMel(hz, scale), scale)).toBeCloseTo(hz, 6);
  });
  test('known points', () => {
    expect(hzToMel(1000, 'htk')).toBeCloseTo(999.9855, 3);
    expect(hzToMel(1000, 'slaney')).toBeCloseTo(15, 12);
    expect(hzToMel(6400, 'slaney')).toBeCloseTo(42, 12);
  });
});

describe('mel filterbank', () => {
  const base = { sampleRate: 16000, nFft: 512, nMels: 20, fMin: 100, fMax: 7000, melScale: 'htk', norm: null } as const;
  test('triangles without norm sum to one between the first and the last centre', () => {
    const sums = new Float64Array(257);
    for (const band of melFilterbank(base)) band.weights.forEach((weight, i) => (sums[band.first + i] += weight));
    const hz = (bin: number) => (bin * 16000) / 512;
    for (let bin = 0; bin < 257; bin++) {
      if (hz(bin) > 300 && hz(bin) < 6000) expect(sums[bin]).toBeCloseTo(1, 9);
      if (hz(bin) <= 100 || hz(bin) >= 7000) expect(sums[bin]).toBe(0);
    }
  });
  test('slaney norm gives every band an area of one', () => {
    const bands = melFilterbank({ ...base, nFft: 8192, norm: 'slaney' });
    for (const band of bands) expect((band.weights.reduce((a, b) => a + b, 0) * 16000) / 8192).toBeCloseTo(1, 1);
  });
  test('a band between two bins is empty, not an error', () => {
    const bands = melFilterbank({ ...base, nFft: 64, nMels: 80 });
    expect(bands.some((band) => band.weights.length === 0)).toBe(true);
  });
});
