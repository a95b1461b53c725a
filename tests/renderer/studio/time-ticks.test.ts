import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockWords, sampleTicks, timeStep, timeTicks } from '../../../src-renderer/rooms/studio/view/time-ticks.ts';

describe('the ruler', () => {
  it.each([
    [0, 1, '0:00'],
    [65, 1, '1:05'],
    [3723, 60, '1:02:03'],
    [0.0045, 0.0005, '0:00.0045'],
    [59.9996, 0.001, '1:00.000'],
    [7199.5, 0.5, '1:59:59.5'],
  ])('%d s in steps of %d s is called %s', (seconds, step, words) => expect(clockWords(seconds, step)).toBe(words));

  it.each([
    [0.00003, 0.00005],
    [0.6, 1],
    [3, 5],
    [12, 15],
    [40, 60],
    [1000, 1800],
    [20_000, 21_600],
  ])('steps of at least %d s are of %d s', (least, step) => expect(timeStep(least)).toBeCloseTo(step, 9));

  it('has ticks in sight alone, in order, and few enough names to be read, from two hours to single samples', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 3.86, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (log, at) => {
          const length = 10 ** log;
          const view = { start: at * (7200 - length), end: at * (7200 - length) + length };
          for (const ticks of [timeTicks(view, 1000), sampleTicks(view, 48_000, 1000)]) {
            const named = ticks.filter(({ label }) => label !== null);
            expect(named.length).toBeLessThanOrEqual(13);
            expect(new Set(named.map(({ label }) => label)).size).toBe(named.length);
            for (const [i, { seconds }] of ticks.entries()) {
              expect(seconds).toBeGreaterThanOrEqual(view.start - length / 100);
              expect(seconds).toBeLessThanOrEqual(view.end + length / 100);
              if (i > 0) expect(seconds).toBeGreaterThan(ticks[i - 1].seconds);
            }
          }
        },
      ),
    );
  });

  it('counts samples from the first on', () => {
    const ticks = sampleTicks({ start: 0, end: 10 / 8000 }, 8000, 1000);
    expect(ticks.filter(({ label }) => label !== null).map(({ label }) => label)).toEqual(
      Array.from({ length: 11 }, (_, i) => String(i)),
    );
  });
});
