import { sharedFloats } from './sink.ts';
import type { Piece, Signal } from './signal.ts';
import { readSource, type Source } from './source.ts';

/** Sources that sound together as their mean: sample n of the lane is of samples n + shifts[i] of sources[i]. */
export interface Lane {
  sources: readonly Source[];
  shifts: readonly number[];
}

/** A run of a lane's samples. */
export interface Run {
  lane: Lane;
  from: number;
  frames: number;
}

/** A channel of a signal (from 0), or, null, the mix of all, as runs of lanes, one after another. */
export function runsOf({ channels, frames }: Signal, channel: number | null): Run[] {
  const parts = channel === null ? channels : [channels[channel]];
  const places = parts.map((pieces) => ({ pieces, index: 0, into: 0 }));
  const runs: Run[] = [];
  for (let at = 0; at < frames;) {
    const heads: Piece[] = places.map(({ pieces, index, into }) => {
      const { source, from, frames: length } = pieces[index];
      return { source, from: from + into, frames: length - into };
    });
    const [first] = heads;
    const count = Math.min(...heads.map((head) => head.frames));
    const lane = { sources: heads.map(({ source }) => source), shifts: heads.map(({ from }) => from - first.from) };
    runs.push({ lane, from: first.from, frames: count });
    at += count;
    for (const place of places) {
      place.into += count;
      if (place.into < place.pieces[place.index].frames) continue;
      place.index++;
      place.into = 0;
    }
  }
  return runs;
}

/** Fills `out` with a lane's samples from `from` on. */
export function readLane({ sources, shifts }: Lane, from: number, out: Float32Array): Float32Array {
  if (sources.length === 1) {
    readSource(sources[0], from, out);
    return out;
  }
  const each = sources.map((source, i) => {
    const samples = new Float32Array(out.length);
    readSource(source, from + shifts[i], samples);
    return samples;
  });
  for (let n = 0; n < out.length; n++) {
    let sum = 0;
    for (const samples of each) sum += samples[n];
    out[n] = sum / sources.length;
  }
  return out;
}

/** Samples in a block of the lowest level, and blocks of a level in one of the next. */
export const BASE = 256;
const FACTOR = 4;

/** Least and greatest sample of every block of a lane that lies wholly in [first, end), in levels of ever larger blocks. */
export interface Pyramid {
  first: number;
  end: number;
  /** (min, max) of the blocks of all levels, the lowest level first. */
  pairs: Float32Array;
}

interface Level {
  /** Samples in a block. */
  size: number;
  /** Of the lane's blocks, the first that is there, and the one behind the last. */
  from: number;
  to: number;
  /** Where its pairs begin, counted in pairs. */
  at: number;
}

function levelsOf({ first, end }: { first: number; end: number }): Level[] {
  const levels: Level[] = [];
  let at = 0;
  for (let size = BASE; ; size *= FACTOR) {
    const from = Math.ceil(first / size);
    const to = Math.floor(end / size);
    if (to <= from) return levels;
    levels.push({ size, from, to, at });
    at += to - from;
  }
}

const pairsIn = (levels: Level[]): number => levels.reduce((sum, { from, to }) => sum + to - from, 0);

/** Floats of a pyramid over samples [first, end). */
export const pyramidSize = (span: { first: number; end: number }): number => 2 * pairsIn(levelsOf(span));

/** Samples read at a time. */
const READ = 1024 * BASE;

/** Reads samples [first, end) of a lane once. @param progress hears how much is done, 0 to 1 */
export function buildPyramid(lane: Lane, first: number, end: number, progress?: (share: number) => void): Pyramid {
  const levels = levelsOf({ first, end });
  const pairs = sharedFloats(2 * pairsIn(levels));
  const [base] = levels;
  if (!base) return { first, end, pairs };
  const samples = new Float32Array(Math.min(READ, (base.to - base.from) * BASE));
  for (let from = base.from * BASE, to = 0; from < base.to * BASE; from += READ) {
    const part = readLane(lane, from, samples.subarray(0, Math.min(READ, base.to * BASE - from)));
    for (let n = 0; n < part.length; to += 2) {
      let low = part[n];
      let high = low;
      for (const last = n + BASE; n < last; n++) {
        const value = part[n];
        if (value < low) low = value;
        else if (value > high) high = value;
      }
      pairs[to] = low;
      pairs[to + 1] = high;
    }
    progress?.(Math.min(1, (from + READ - first) / (end - first)));
  }
  for (let k = 1; k < levels.length; k++) {
    const [below, level] = [levels[k - 1], levels[k]];
    for (let block = level.from; block < level.to; block++) {
      const children = 2 * (below.at + FACTOR * block - below.from);
      const range = new Range();
      for (let child = 0; child < FACTOR; child++) range.take(pairs, children + 2 * child);
      const to = 2 * (level.at + block - level.from);
      pairs[to] = range.low;
      pairs[to + 1] = range.high;
    }
  }
  return { first, end, pairs };
}

/** Least and greatest of what it has seen. */
export class Range {
  low = Infinity;
  high = -Infinity;

  /** Of a pair. */
  take(pairs: Float32Array, at: number): void {
    if (pairs[at] < this.low) this.low = pairs[at];
    if (pairs[at + 1] > this.high) this.high = pairs[at + 1];
  }

  samples(samples: Float32Array): void {
    for (let n = 0; n < samples.length; n++) {
      const value = samples[n];
      if (value < this.low) this.low = value;
      if (value > this.high) this.high = value;
    }
  }
}

const edge = new Float32Array(2 * BASE);

/** Has a range see samples [from, end) of a lane, to the sample: whole blocks from the pyramid, the rest from the sound. */
export function seeLane(lane: Lane, pyramid: Pyramid | null, from: number, end: number, range: Range): void {
  const inside = pyramid && pyramid.first <= from && end <= pyramid.end;
  let low = Math.ceil(from / BASE);
  let high = Math.floor(end / BASE);
  if (!inside || low >= high) return seeSamples(lane, from, end, range);
  seeSamples(lane, from, low * BASE, range);
  seeSamples(lane, high * BASE, end, range);
  const levels = levelsOf(pyramid);
  for (let k = 0; low < high; k++) {
    const { at, from: first } = levels[k];
    const see = (block: number) => range.take(pyramid.pairs, 2 * (at + block - first));
    const top = k === levels.length - 1;
    while (low < high && (top || low % FACTOR !== 0)) see(low++);
    while (low < high && high % FACTOR !== 0) see(--high);
    low /= FACTOR;
    high /= FACTOR;
  }
}

function seeSamples(lane: Lane, from: number, end: number, range: Range): void {
  for (let at = from; at < end; at += READ) {
    const count = Math.min(READ, end - at);
    range.samples(readLane(lane, at, count <= edge.length ? edge.subarray(0, count) : new Float32Array(count)));
  }
}
