import type { Span } from './viewport.ts';

/**
 * Pictures are kept as tiles of a fixed grid: at level k a pixel (or a pair of peaks) stands for 2^k seconds, and tile i covers the
 * seconds [i, i + 1) * points * 2^k. So a tile asked for once serves every later view of the same level.
 */
export interface Place {
  level: number;
  index: number;
}

/** The level whose points are as long as a pixel, or finer by less than two (`floor`); or the nearest of all (`round`). */
export const levelFor = (secondsPerPixel: number, choose: (value: number) => number = Math.floor): number =>
  choose(Math.log2(secondsPerPixel) + 1e-9);

export const tileLength = (level: number, points: number): number => points * 2 ** level;

/** The seconds a tile covers; the last one ends with the sound. */
export function tileSpan({ level, index }: Place, points: number, duration: number): Span {
  const length = tileLength(level, points);
  return { start: index * length, end: Math.min(duration, (index + 1) * length) };
}

/** The tiles in sight and `margin` more at either side, those in sight first, from the middle outwards. */
export function tilesIn(view: Span, level: number, points: number, duration: number, margin = 1): Place[] {
  const length = tileLength(level, points);
  const first = Math.floor(view.start / length);
  const last = Math.max(first, Math.ceil(view.end / length) - 1);
  const end = Math.max(1, Math.ceil(duration / length));
  const middle = (view.start + view.end) / 2 / length - 0.5;
  const places: Place[] = [];
  for (let index = Math.max(0, first - margin); index <= Math.min(end - 1, last + margin); index++)
    places.push({ level, index });
  const inSight = ({ index }: Place) => Number(index < first || index > last);
  return places.sort((a, b) => inSight(a) - inSight(b) || Math.abs(a.index - middle) - Math.abs(b.index - middle));
}
