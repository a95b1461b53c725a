import type { OverlayTrack } from '../../../../client/bulk.ts';
import { secondsPerPixel, type Span, type Viewport } from '../viewport.ts';

/** Frames of a part of the sound, and the span they stand for. */
export interface FrameTile extends OverlayTrack, Span {}

/** Seconds from frame to frame at the closest, as the lab computes them. */
const HOP = 0.01;
/** Pixels from frame to frame at least. */
const APART = 2;

/** The level (log2 of the hop in seconds) that a view shows: the lab's steps are 10 ms, 20 ms, 40 ms, ... */
export function frameLevel(view: Pick<Viewport, 'start' | 'end' | 'width'>): number {
  const doublings = Math.ceil(Math.log2((APART * secondsPerPixel(view)) / HOP) - 1e-9);
  return Math.log2(HOP) + Math.max(0, doublings);
}

/** A frame of a tile. */
export interface FrameAt {
  tile: FrameTile;
  frame: number;
}

export const centreOf = ({ tile, frame }: FrameAt): number => tile.start + frame * tile.hop;

export const valueOf = ({ tile, frame }: FrameAt, value: number): number => tile.data[frame * tile.values + value];

/**
 * The frames to be drawn, in the order of time: each moment from the last of the tiles that has it, for of what lies one over
 * another as pictures only one may be seen as a line.
 */
export function framesInOrder(tiles: readonly FrameTile[]): FrameAt[] {
  const covered: Span[] = [];
  const frames: FrameAt[] = [];
  for (const tile of tiles.toReversed()) {
    for (let frame = 0; frame < tile.frames; frame++) {
      const seconds = tile.start + frame * tile.hop;
      if (!covered.some(({ start, end }) => seconds >= start && seconds < end)) frames.push({ tile, frame });
    }
    covered.push(spanOf(tile));
  }
  return frames.sort((a, b) => centreOf(a) - centreOf(b));
}

/** What a tile's frames stand for: half a hop around each. */
const spanOf = ({ start, hop, frames }: FrameTile): Span => ({
  start: start - hop / 2,
  end: start + (frames - 0.5) * hop,
});

/** The frame nearest to a moment; null where none stands for it. */
export function frameAt(tiles: readonly FrameTile[], seconds: number): FrameAt | null {
  const tile = tiles.findLast((each) => {
    const { start, end } = spanOf(each);
    return seconds >= start && seconds < end;
  });
  if (!tile) return null;
  return { tile, frame: Math.max(0, Math.min(tile.frames - 1, Math.round((seconds - tile.start) / tile.hop))) };
}

/** What the values of a part come to; `count` frames have one. */
export interface Summary {
  count: number;
  least: number;
  median: number;
  most: number;
}

/** Over all frames that have the value; NaN where there are none. */
export function summarise({ data, frames, values }: OverlayTrack, value: number): Summary {
  const found: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const each = data[frame * values + value];
    if (!Number.isNaN(each)) found.push(each);
  }
  found.sort((a, b) => a - b);
  const middle = (found.length - 1) / 2;
  const median = (found[Math.floor(middle)] + found[Math.ceil(middle)]) / 2;
  return { count: found.length, least: found[0] ?? NaN, median, most: found.at(-1) ?? NaN };
}
