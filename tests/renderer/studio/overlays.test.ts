import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OverlayTrack } from '../../../src-renderer/client/bulk.ts';
import { axisY } from '../../../src-renderer/rooms/studio/view/overlays/axis-y.ts';
import {
  centreOf,
  frameAt,
  frameLevel,
  framesInOrder,
  summarise,
  valueOf,
  type FrameTile,
} from '../../../src-renderer/rooms/studio/view/overlays/frames.ts';
import { HEATS, heatWords } from '../../../src-renderer/rooms/studio/view/overlays/heat.ts';
import { OVERLAY_TABLE } from '../../../src-renderer/rooms/studio/view/overlays/kinds.ts';
import { valueNames, valueWords } from '../../../src-renderer/rooms/studio/view/overlays/words.ts';
import { OVERLAYS } from '../../../src-shared/contract/bulk.ts';

/** Frames whose only value is the moment they lie at. */
function tileOf(start: number, frames: number, hop: number, factor = 1): FrameTile {
  const data = Float32Array.from({ length: frames }, (_, frame) => factor * (start + frame * hop));
  return { data, frames, values: 1, start, hop, unit: '', words: '', end: start + frames * hop };
}

describe('frames of overlays', () => {
  it('are as close as the lab has them, and at least two pixels apart', () => {
    expect(2 ** frameLevel({ start: 0, end: 1, width: 1000 })).toBeCloseTo(0.01, 12);
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 10_000, noNaN: true }),
        fc.integer({ min: 50, max: 4000 }),
        (length, width) => {
          const hop = 2 ** frameLevel({ start: 3, end: 3 + length, width });
          const perPixel = length / width;
          expect(hop).toBeGreaterThanOrEqual(2 * perPixel * (1 - 1e-6));
          expect(hop === 2 ** Math.log2(0.01) || hop < 4 * perPixel * (1 + 1e-6)).toBe(true);
        },
      ),
    );
  });
  it('come in the order of time, each moment from the last tile that has it', () => {
    const coarse = tileOf(0, 8, 0.04, -1);
    const fine = tileOf(0.08, 8, 0.01);
    const frames = framesInOrder([coarse, fine]);
    const centres = frames.map(centreOf);
    expect(centres).toEqual(centres.toSorted((a, b) => a - b));
    // The frames of the fine tile, and those of the coarse one that lie beside it.
    expect(frames.filter(({ tile }) => tile === fine).length).toBe(8);
    const beside = frames.filter(({ tile }) => tile === coarse).map(centreOf);
    expect(beside.map((seconds) => Number(seconds.toFixed(3)))).toEqual([0, 0.04, 0.16, 0.2, 0.24, 0.28]);
  });
  it('are found by the moment nearest to them', () => {
    const tiles = [tileOf(0, 10, 0.01), tileOf(0.1, 10, 0.01)];
    for (const [seconds, centre] of [
      [0, 0],
      [0.014, 0.01],
      [0.096, 0.1],
      [0.19, 0.19],
    ])
      expect(centreOf(frameAt(tiles, seconds)!)).toBeCloseTo(centre, 9);
    expect(frameAt(tiles, 0.2)).toBeNull();
    expect(frameAt([], 0)).toBeNull();
    expect(valueOf(frameAt(tiles, 0.05)!, 0)).toBeCloseTo(0.05, 6);
  });
  it('are summed up over those that have a value', () => {
    const track: OverlayTrack = { ...tileOf(0, 4, 0.01), values: 2, data: Float32Array.of(3, 1, NaN, 2, 1, 9, 8, 4) };
    expect(summarise(track, 0)).toEqual({ count: 3, least: 1, median: 3, most: 8 });
    expect(summarise(track, 1)).toEqual({ count: 4, least: 1, median: 3, most: 9 });
    expect(summarise({ ...track, frames: 0, data: new Float32Array() }, 0)).toMatchObject({ count: 0, median: NaN });
  });
});

describe('scales of overlays', () => {
  it('have their ends at the lane’s edges and hold what lies outside', () => {
    expect(axisY(-80, [-80, 0], 101)).toBe(100);
    expect(axisY(0, [-80, 0], 101)).toBe(1);
    expect(axisY(-40, [-80, 0], 101)).toBe(50.5);
    expect(axisY(-120, [-80, 0], 101)).toBe(100);
    expect(axisY(NaN, [-80, 0], 101)).toBeNaN();
  });
  it('colour a strip from the first value at the bottom to the last at the top', () => {
    const table = Uint32Array.from({ length: 256 }, (_, i) => i);
    const heat = { ...HEATS.mfcc, range: (value: number) => (value === 0 ? [0, 10] : [-1, 1]) as [number, number] };
    const words = heatWords({ data: Float32Array.of(0, -1, 10, 1, 5, NaN), frames: 3, values: 2 }, heat, table);
    expect([...words]).toEqual([0, 255, 0, 0, 255, 128]);
  });
  it('name mel bands by frequencies that rise and lie within', () => {
    for (const rate of [8000, 16_000, 44_100]) {
      const names = HEATS.mel.names(40, rate);
      expect(names.length).toBeGreaterThan(2);
      const shares = names.map(({ share }) => share);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.every((share) => share > 0 && share < 1)).toBe(true);
    }
  });
});

describe('the table of overlays', () => {
  it('has every kind once, and no two curves of a lane with one mark and colour', () => {
    expect(OVERLAY_TABLE.map(({ kind }) => kind).sort()).toEqual([...OVERLAYS].sort());
    const looks = OVERLAY_TABLE.flatMap((overlay) =>
      overlay.lane === 'strip' ? [] : overlay.curves.map(({ mark }) => `${overlay.lane} ${mark}`),
    );
    expect(new Set(looks).size).toBe(looks.length);
  });
  it('names values and writes them with their units', () => {
    expect(valueNames('formants', 4)).toEqual(['F1', 'F2', 'F3', 'F4']);
    expect(valueNames('mfcc', 2)).toEqual(['c0', 'c1']);
    expect(valueWords(211.96, 'Hz')).toBe('212\u00a0Hz');
    expect(valueWords(-23.14, 'dBFS')).toBe('−23.1\u00a0dBFS');
    expect(valueWords(NaN, 'Hz')).toBe('–');
  });
});
