import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelFor, tileLength, tilesIn, tileSpan } from '../../../src-renderer/rooms/studio/view/levels.ts';
import {
  frequencyToY,
  heldView,
  scrolledView,
  secondsToX,
  viewOf,
  xToSeconds,
  yToFrequency,
  zoomedFrequencies,
  zoomedView,
} from '../../../src-renderer/rooms/studio/view/viewport.ts';

const bounds = fc.record({
  duration: fc.double({ min: 0.01, max: 7200, noNaN: true }),
  sampleRate: fc.constantFrom(8000, 16_000, 44_100, 192_000),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the viewport', () => {
  it('turns seconds into pixels and back', () => {
    fc.assert(
      fc.property(share, fc.double({ min: 1e-3, max: 100, noNaN: true }), share, (start, length, at) => {
        const view = { start, end: start + length, width: 900 };
        expect(secondsToX(xToSeconds(at * 900, view), view)).toBeCloseTo(at * 900, 6);
      }),
    );
    expect(secondsToX(1.5, { start: 1, end: 2, width: 800 })).toBe(400);
  });

  it.each(['linear', 'log', 'mel'] as const)('turns Hz into pixels and back on a %s axis', (scale) => {
    const range = { scale, fMin: 50, fMax: 8000 };
    expect(frequencyToY(50, range, 300)).toBe(300);
    expect(frequencyToY(8000, range, 300)).toBe(0);
    for (const y of [10, 123, 290]) expect(frequencyToY(yToFrequency(y, range, 300), range, 300)).toBeCloseTo(y, 6);
  });

  it('never leaves the sound, and never shows fewer samples than eight', () => {
    fc.assert(
      fc.property(bounds, share, share, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (sound, a, b, factor) => {
        const whole = { start: 0, end: sound.duration };
        for (const view of [
          zoomedView(whole, a * sound.duration, factor, sound),
          scrolledView(heldView({ start: 0, end: b * sound.duration }, sound), (a - 0.5) * 9000, sound),
          viewOf({ start: a * sound.duration, end: a * sound.duration }, sound),
        ]) {
          expect(view.start).toBeGreaterThanOrEqual(0);
          expect(view.end).toBeLessThanOrEqual(sound.duration * (1 + 1e-12));
          const least = Math.min(sound.duration, 8 / sound.sampleRate);
          expect(view.end - view.start).toBeGreaterThan(least * (1 - 1e-6));
        }
      }),
    );
  });

  it('keeps what is under the pointer where it is while zooming', () => {
    const view = zoomedView({ start: 10, end: 20 }, 12, 0.5, { duration: 60, sampleRate: 16_000 });
    expect(view).toEqual({ start: 11, end: 16 });
  });

  it('zooms frequencies on their own scale and within the limits', () => {
    const range = { scale: 'log', fMin: 100, fMax: 6400 } as const;
    const near = zoomedFrequencies(range, 800, 0.5, range);
    expect(frequencyToY(800, near, 100)).toBeCloseTo(frequencyToY(800, range, 100), 6);
    expect(zoomedFrequencies(near, 800, 100, range)).toEqual(range);
  });
});

describe('tiles', () => {
  it('cover what is in sight without gap, the last one to the end of the sound', () => {
    fc.assert(
      fc.property(bounds, share, share, ({ duration }, a, b) => {
        const [start, end] = [Math.min(a, b) * duration, Math.max(a, b) * duration];
        fc.pre(end - start > 1e-4);
        const level = levelFor((end - start) / 800);
        const spans = tilesIn({ start, end }, level, 384, duration, 0)
          .map((place) => tileSpan(place, 384, duration))
          .sort((x, y) => x.start - y.start);
        expect(spans[0].start).toBeLessThanOrEqual(start);
        expect(spans.at(-1)!.end).toBeGreaterThanOrEqual(end * (1 - 1e-12));
        for (let i = 1; i < spans.length; i++) expect(spans[i].start).toBe(spans[i - 1].end);
      }),
    );
  });

  it('are of a level no coarser than a pixel, and asked for from the middle outwards', () => {
    expect(2 ** levelFor(0.01)).toBeLessThanOrEqual(0.01);
    expect(2 ** levelFor(0.01)).toBeGreaterThan(0.005);
    expect(levelFor(0.25)).toBe(-2);
    const length = tileLength(0, 10);
    const places = tilesIn({ start: 3 * length, end: 6 * length }, 0, 10, 100 * length);
    expect(places.map(({ index }) => index).slice(0, 3).sort()).toEqual([3, 4, 5]); // prettier-ignore
    expect(places[0].index).toBe(4);
    expect(places.slice(3).map(({ index }) => index).sort()).toEqual([2, 6]); // prettier-ignore
  });
});
