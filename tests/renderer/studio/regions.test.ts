import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Region } from '#shared/domain/region.ts';
import {
  addRegion,
  applied,
  inTier,
  moveBody,
  moveEdge,
  regionAt,
  removeRegion,
  splitAt,
  type RegionChange,
} from '../../../src-renderer/rooms/studio/regions/model.ts';

const DURATION = 10;
const region = (id: number, start: number, end: number, rest: Partial<Region> = {}): Region => ({
  ...{ id, clip: 1, tier: 1, start, end, fMin: null, fMax: null, label: `r${id}`, note: '' },
  ...{ setBy: 'user' as const, setAt: '2026-01-01T00:00:00Z' },
  ...rest,
});
const span = (start: number, end: number) => ({ start, end, fMin: null, fMax: null });
const intervals = { id: 1, kind: 'intervals' as const };
const free = { id: 1, kind: 'regions' as const };

/** The regions as the lab would have them: what is new gets an id. */
let next = 1000;
const take = (regions: Region[], change: RegionChange) =>
  applied(regions, change, 1).map((one) => (one.id < 0 ? { ...one, id: next++ } : one));

const covers = (regions: Region[]) => {
  const row = inTier(regions, 1);
  if (row.length === 0) return;
  expect(row[0].start).toBe(0);
  expect(row.at(-1)!.end).toBe(DURATION);
  for (let i = 1; i < row.length; i++) expect(row[i].start).toBeCloseTo(row[i - 1].end, 9);
  for (const { start, end } of row) expect(end).toBeGreaterThan(start);
};

describe('intervals', () => {
  it('cover the clip without gap or overlap, whatever is done to them', () => {
    const time = fc.double({ min: 0, max: DURATION, noNaN: true }).map((value) => Math.round(value * 100) / 100);
    const deed = fc.oneof(
      fc.record({ what: fc.constant('add' as const), a: time, b: time }),
      fc.record({ what: fc.constant('split' as const), a: time, b: time }),
      fc.record({ what: fc.constant('edge' as const), a: time, b: time }),
      fc.record({ what: fc.constant('remove' as const), a: time, b: time }),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 25 }), (deeds) => {
        let regions: Region[] = [];
        for (const { what, a, b } of deeds) {
          const at = regionAt(inTier(regions, 1), a, 0)?.region;
          const change =
            what === 'add' && a !== b
              ? addRegion(intervals, regions, span(Math.min(a, b), Math.max(a, b)), DURATION)
              : what === 'split'
                ? splitAt(intervals, regions, a, DURATION)
                : what === 'edge' && at
                  ? moveEdge(intervals, regions, at, a < b ? 'end' : 'start', b, { duration: DURATION, least: 1e-3 })
                  : what === 'remove' && at
                    ? removeRegion(intervals, regions, at)
                    : null;
          if (change) regions = take(regions, change);
          covers(regions);
        }
      }),
    );
  });

  it('keep their labels where a new one is put between them', () => {
    const before = [region(1, 0, 4), region(2, 4, 10)];
    const after = inTier(take(before, addRegion(intervals, before, span(3, 5), DURATION)), 1);
    expect(after.map(({ start, end, label }) => [start, end, label])).toEqual([
      [0, 3, 'r1'],
      [3, 5, ''],
      [5, 10, 'r2'],
    ]);
  });

  it('move a shared border for both neighbours in one change, and not past either', () => {
    const row = [region(1, 0, 4), region(2, 4, 10)];
    const limits = { duration: DURATION, least: 0.1 };
    expect(moveEdge(intervals, row, row[0], 'end', 6, limits).put.map(({ start, end }) => [start, end])).toEqual([
      [0, 6],
      [6, 10],
    ]);
    expect(moveEdge(intervals, row, row[1], 'start', 50, limits).put[0].start).toBeCloseTo(9.9);
    expect(moveEdge(intervals, row, row[0], 'start', 2, limits).put).toEqual([]);
  });

  it('leave their span to the one before when they are taken away', () => {
    const row = [region(1, 0, 4), region(2, 4, 10)];
    expect(removeRegion(intervals, row, row[1])).toMatchObject({ put: [{ id: 1, end: 10 }], remove: [2] });
    expect(removeRegion(intervals, row, row[0])).toMatchObject({ put: [{ id: 2, start: 0 }], remove: [1] });
  });
});

describe('free regions', () => {
  it('are made of the selection, box and all', () => {
    const box = { start: 1, end: 2, fMin: 300, fMax: 900 };
    expect(addRegion(free, [], box, DURATION).put).toEqual([{ ...box, id: null, tier: 1, label: '', note: '' }]);
  });
  it('are split where they lie, each part with the label', () => {
    const change = splitAt(free, [region(1, 1, 5), region(2, 6, 8)], 3, DURATION)!;
    expect(change.put.map(({ id, start, end, label }) => [id, start, end, label])).toEqual([
      [1, 1, 3, 'r1'],
      [null, 3, 5, 'r1'],
    ]);
    expect(splitAt(free, [region(1, 1, 5)], 7, DURATION)).toBe(null);
  });
  it('move as a whole within the clip, or leave a copy', () => {
    expect(moveBody(region(1, 8, 9), 5, null, DURATION).put[0]).toMatchObject({ id: 1, start: 9, end: 10 });
    expect(moveBody(region(1, 8, 9), -5, null, DURATION, true).put[0]).toMatchObject({ id: null, start: 3, end: 4 });
  });
  it('are found by an edge within reach before the body, of several bodies the shortest', () => {
    const two = [region(1, 0, 10), region(2, 3, 5)];
    expect(regionAt(two, 4, 0.1)).toEqual({ region: two[1], edge: null });
    expect(regionAt(two, 4.95, 0.1)).toEqual({ region: two[1], edge: 'end' });
    expect(regionAt(two, 7, 0.1)).toEqual({ region: two[0], edge: null });
    expect(regionAt([two[1]], 7, 0.1)).toBe(null);
  });
});
