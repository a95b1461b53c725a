import { Random } from '#shared/math/random.ts';

/** The clips of a part, wherever their features are: in memory, or in the packs of the cache. */
export interface PackedClips {
  /** Values of one frame. */
  readonly bins: number;
  /** Frames of each clip, at least 1. */
  readonly frames: Int32Array;
  /** Class of each clip. */
  readonly labels: Int32Array;
  /**
   * Writes the features of clips, [frames, bins] each, to `out`, one every `stride` values.
   * @throws HarkError `unreadable-file` where they can no longer be read
   */
  fill(clips: Int32Array, stride: number, out: Float32Array): void;
  /** These are asked for next: what has to be read of them can be read meanwhile. */
  expect(clips: Int32Array): void;
}

/** Clips side by side, zeros behind the shorter ones. */
export interface Batch {
  size: number;
  /** Frames of the longest clip. */
  time: number;
  /** [size, time, bins] */
  x: Float32Array;
  lengths: Int32Array;
  labels: Int32Array;
}

/** Batches whose clips are sorted by length among themselves: enough for little padding, few enough to stay mixed. */
const BATCHES_IN_POOL = 8;

export interface EpochOrder {
  batchSize: number;
  /** Clips of like length share a batch. */
  buckets: boolean;
  seed: number;
  /** Counted from 1. */
  epoch: number;
}

/**
 * Which clips make up the batches of an epoch; each clip once, the last batch may be short. Depends on nothing but its arguments.
 * With `buckets` the shuffled clips are cut into pools of a few batches, each pool is sorted by length, and the batches are
 * shuffled again: what meets whom still changes from epoch to epoch.
 * @param frames of each clip
 */
export function orderOfEpoch(frames: Int32Array, { batchSize, buckets, seed, epoch }: EpochOrder): Int32Array[] {
  const random = new Random(seed, 'shuffle', epoch);
  const order = random.shuffle(Int32Array.from(frames.keys()));
  if (!buckets) return cut(order, batchSize);
  const batches = cut(order, batchSize * BATCHES_IN_POOL).flatMap((pool) => cut(byLength(pool, frames), batchSize));
  return random.shuffle(batches);
}

/** All clips in batches of like length, for work whose order does not matter. */
export function orderByLength(frames: Int32Array, batchSize: number): Int32Array[] {
  return cut(byLength(Int32Array.from(frames.keys()), frames), batchSize);
}

/** Sorts in place; clips of equal length stay in their order. */
function byLength(clips: Int32Array, frames: Int32Array): Int32Array {
  return clips.sort((a, b) => frames[a] - frames[b]);
}

function cut(order: Int32Array, size: number): Int32Array[] {
  const parts: Int32Array[] = [];
  for (let at = 0; at < order.length; at += size) parts.push(order.subarray(at, at + size));
  return parts;
}

/**
 * @param clips their numbers in `packed`
 * @param next the batch after it, if it is known
 */
export function assembleBatch(packed: PackedClips, clips: Int32Array, next?: Int32Array): Batch {
  const size = clips.length;
  const lengths = Int32Array.from(clips, (clip) => packed.frames[clip]);
  const time = lengths.reduce((longest, length) => Math.max(longest, length), 1);
  const x = new Float32Array(size * time * packed.bins);
  packed.fill(clips, time * packed.bins, x);
  if (next) packed.expect(next);
  return { size, time, x, lengths, labels: Int32Array.from(clips, (clip) => packed.labels[clip]) };
}
