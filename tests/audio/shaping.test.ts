import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut } from '#main/audio/cut.ts';
import { mixDown } from '#main/audio/mono.ts';
import { peaksOf } from '#main/audio/sounds/peaks.ts';
import { runsOf } from '#main/audio/signal/pyramid.ts';
import { channelsOf, signalOf } from '#main/audio/signal/signal.ts';

const peaks = (samples: Float32Array, points: number) =>
  peaksOf(runsOf(signalOf([samples], 100), 0), [null], 0, samples.length, points);

describe('mixDown', () => {
  test('is the mean of the channels', () => {
    expect([...mixDown([Float32Array.of(1, 0.5), Float32Array.of(0, -0.5)])]).toEqual([0.5, 0]);
  });
  test('leaves one channel as it is', () => {
    const mono = Float32Array.of(1);
    expect(mixDown([mono])).toBe(mono);
  });
});

describe('cut', () => {
  const samples = Float32Array.from({ length: 100 }, (_, n) => n);
  const signal = signalOf([samples], 100);
  test.each([
    [null, null, 0, 100],
    [0.2, null, 20, 100],
    [null, 0.5, 0, 50],
    [0.2, 0.5, 20, 50],
    [0.9, 7, 90, 100],
    [-1, 0.1, 0, 10],
  ])('from %s s to %s s', (start, end, first, last) => {
    expect([...channelsOf(cut(signal, { start, end }))[0]]).toEqual([...samples.slice(first, last)]);
  });
  test('neighbouring spans share no sample and lose none', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.98, noNaN: true }), (at) => {
        const parts = [cut(signal, { start: 0, end: at }), cut(signal, { start: at, end: 1 })];
        expect(parts[0].frames + parts[1].frames).toBe(100);
      }),
    );
  });
  test('a span without sound is an error that names it', () => {
    expect(() => cut(signal, { start: 2, end: 3 })).toThrow(
      'from 2 s to 3 s holds no sound: the recording is 1.000 s long',
    );
  });
});

describe('peaks', () => {
  test('every sample lies within the peaks of its stretch, and the extremes are reached', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 1, maxLength: 300, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        (samples, points) => {
          const pairs = peaks(samples, points);
          const [min, max] = [0, 1].map((which) => pairs.filter((_, i) => i % 2 === which));
          for (let point = 0; point < points; point++) expect(min[point]).toBeLessThanOrEqual(max[point]);
          const lowest = samples.reduce((low, value) => Math.min(low, value), Infinity);
          const highest = samples.reduce((high, value) => Math.max(high, value), -Infinity);
          expect(min.reduce((low, value) => Math.min(low, value), Infinity)).toBe(lowest);
          expect(max.reduce((high, value) => Math.max(high, value), -Infinity)).toBe(highest);
        },
      ),
    );
  });
  test('no samples draw a flat line', () => {
    expect(peaks(new Float32Array(0), 2)).toEqual(new Float32Array(4));
  });
});
