import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fftLengthFor,
  frequencyAtShare,
  frequencyTicks,
  linearTicks,
  shareOfFrequency,
  stepped,
  type FrequencyRange,
} from '../../src-renderer/parts/sound/axis.ts';

const ranges: fc.Arbitrary<FrequencyRange> = fc
  .record({
    scale: fc.constantFrom('linear', 'log', 'mel'),
    low: fc.double({ min: 1, max: 2000, noNaN: true }),
    width: fc.double({ min: 200, max: 40_000, noNaN: true }),
  })
  .map(({ scale, low, width }) => ({ scale, fMin: low, fMax: low + width }));

describe('frequency axis', () => {
  it('runs from the bottom to the top and back without loss', () => {
    fc.assert(
      fc.property(ranges, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
        expect(shareOfFrequency(range.fMin, range)).toBeCloseTo(0, 9);
        expect(shareOfFrequency(range.fMax, range)).toBeCloseTo(1, 9);
        expect(shareOfFrequency(frequencyAtShare(share, range), range)).toBeCloseTo(share, 6);
      }),
    );
  });

  it('names frequencies within the range, in order, each with room to be read', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 80, max: 600 }), (range, height) => {
        const ticks = frequencyTicks(range, height);
        ticks.forEach((hz, i) => {
          expect(hz).toBeGreaterThanOrEqual(range.fMin - 1e-6);
          expect(hz).toBeLessThanOrEqual(range.fMax + 1e-6);
          if (i === 0) return;
          const apart = (shareOfFrequency(hz, range) - shareOfFrequency(ticks[i - 1], range)) * height;
          expect(apart).toBeGreaterThan(range.scale === 'linear' ? 12 : 25.99);
        });
      }),
    );
  });

  it('an octave is as high everywhere on a logarithmic axis', () => {
    const range: FrequencyRange = { scale: 'log', fMin: 50, fMax: 8000 };
    const octave = (hz: number) => shareOfFrequency(2 * hz, range) - shareOfFrequency(hz, range);
    expect(octave(100)).toBeCloseTo(octave(3000), 12);
  });

  it('names round frequencies', () => {
    expect(frequencyTicks({ scale: 'linear', fMin: 0, fMax: 8000 }, 220)).toEqual([
      0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000,
    ]);
    expect(frequencyTicks({ scale: 'mel', fMin: 0, fMax: 4000 }, 220)).toContain(1000);
  });
});

describe('round values', () => {
  it('stand at 1, 2 or 5 times a power of ten, inside the range', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), fc.integer({ min: 2, max: 12 }), (high, wanted) => {
        const ticks = linearTicks(0, high, wanted);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)!).toBeLessThanOrEqual(high * (1 + 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(wanted + 1);
        if (ticks.length > 1) expect([1, 2, 5]).toContain(Number(ticks[1].toExponential().split('e')[0]));
      }),
    );
  });
  it('a range of nothing has one', () => expect(linearTicks(3, 3, 5)).toEqual([3]));
});

it('windows are the power of two that spans the time asked for', () => {
  expect(fftLengthFor(16_000, 0.025)).toBe(512);
  expect(fftLengthFor(8000, 0.025)).toBe(256);
  expect(fftLengthFor(44_100, 0.025)).toBe(2048);
});

it('pictures are asked for in steps, within limits', () => {
  expect(stepped(0, 128, 2048)).toBe(128);
  expect(stepped(431, 128, 2048)).toBe(512);
  expect(stepped(9000, 128, 2048)).toBe(2048);
});
