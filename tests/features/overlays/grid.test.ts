import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridOf, HOP } from '#main/features/overlays/grid.ts';

describe('gridOf', () => {
  test('lies every 10 ms where there is room, from the clip’s beginning on', () => {
    expect(gridOf(0, 1, 100)).toEqual({ first: 0, count: 100, hop: HOP });
    expect(gridOf(0.005, 1, 100)).toEqual({ first: 1, count: 99, hop: HOP });
  });
  test('doubles its steps until there are no more frames than asked for', () => {
    expect(gridOf(0, 3600, 1000)).toEqual({ first: 0, count: 704, hop: HOP * 512 });
  });
  test('tiles of one step share no frame and leave none out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 2000 }), (level, index) => {
        const length = 256 * HOP * 2 ** level;
        const here = gridOf(index * length, (index + 1) * length, 256);
        const next = gridOf((index + 1) * length, (index + 2) * length, 256);
        expect(here).toEqual({ first: 256 * index, count: 256, hop: HOP * 2 ** level });
        expect(next.first).toBe(here.first + here.count);
      }),
    );
  });
  test('frames lie in the part that was asked for, and never more than that many', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 5000, noNaN: true }),
        fc.double({ min: 1e-3, max: 5000, noNaN: true }),
        fc.integer({ min: 1, max: 4096 }),
        (start, length, points) => {
          const { first, count, hop } = gridOf(start, start + length, points);
          expect(count).toBeLessThanOrEqual(points);
          expect(first * hop).toBeGreaterThanOrEqual(start - 1e-5 * hop);
          if (count > 0) expect((first + count - 1) * hop).toBeLessThan(start + length);
        },
      ),
    );
  });
});
