import { setImmediate } from 'node:timers/promises';
import type { Refusal } from '#main/audio/inspect.ts';
import type { SoundPool } from '#main/audio/sound-pool.ts';
import { throwIfCancelled } from '#shared/domain/errors.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import type { FeatureBatch, FeatureBatchResult } from './batch.ts';
import type { FeatureCache } from './cache.ts';
import { entryKey, featureKey, type SoundIdentity } from './key.ts';

/** A clip whose features are wanted. */
export interface ClipToPrepare extends SoundIdentity {
  id: number | string;
  path: string;
}

export type PreparedClip<Id = ClipToPrepare['id']> =
  { id: Id; key: string; frames: number; bins: number; skipped?: undefined } | { id: Id; skipped: Refusal };

export interface PrepareProgress {
  /** Clips whose features are there, or that were skipped. */
  done: number;
  total: number;
  /** Of `done`, those that were in the cache already. */
  cached: number;
  skipped: number;
}

export interface PrepareOptions {
  pool: SoundPool;
  /** The lab's folder of sound kept for edits. */
  kept: string;
  signal?: AbortSignal;
  onProgress?: (progress: PrepareProgress) => void;
}

const CLIPS_PER_MESSAGE = 32;
/** A recording with more clips than this is decoded again for the next so many, so that one thread does not get them all. */
const MOST_SPANS_PER_FILE = 256;
/** Cache entries looked at before others on this thread have a turn. */
const CHECKS_PER_TURN = 64;

/**
 * Sees that the cache holds the features of every clip, making what is missing or damaged on the pool's threads. A file
 * that has vanished, cannot be read, or has changed since its content hash was taken costs its own clips only.
 * @returns for each clip, in order, where its features are, or why there are none
 * @throws HarkError cancelled: what was made until then stays in the cache
 */
export async function prepareFeatures<Clip extends ClipToPrepare>(
  clips: readonly Clip[],
  spec: FeatureSpec,
  cache: FeatureCache,
  { pool, kept, signal, onProgress }: PrepareOptions,
): Promise<PreparedClip<Clip['id']>[]> {
  const feature = featureKey(spec);
  const keys: string[] = [];
  const shapes = new Map<string, Shape | Refusal>();
  const shapeOf = sharedShapes();
  const missing = new Map<string, Clip>();
  const copies = new Map<string, number>();
  const progress = { done: 0, total: clips.length, cached: 0, skipped: 0 };

  for (const [index, clip] of clips.entries()) {
    const key = entryKey(feature, clip);
    keys.push(key);
    const seen = copies.get(key) ?? 0;
    copies.set(key, seen + 1);
    if (seen === 0) {
      const cached = cache.borrow(key);
      if (cached) shapes.set(key, shapeOf(cached));
      else missing.set(key, clip);
    }
    if (shapes.has(key)) progress.cached++;
    if (index % CHECKS_PER_TURN === CHECKS_PER_TURN - 1) {
      throwIfCancelled(signal);
      await setImmediate();
    }
  }
  progress.done = progress.cached;
  onProgress?.({ ...progress });

  const work = async (batch: KeyedFile[]) => ({
    batch,
    made: await pool.run<FeatureBatchResult>({ task: 'features', batch: messageOf(spec, kept, batch) }),
  });
  for await (const { batch, made } of pool.map(batchesOf(missing), work, signal)) {
    const keysOfBatch = batch.flatMap((file) => file.keys);
    let at = 0;
    for (const [index, result] of made.results.entries()) {
      const key = keysOfBatch[index];
      shapes.set(key, 'reason' in result ? result : shapeOf(result));
      progress.done += copies.get(key)!;
      if ('reason' in result) progress.skipped += copies.get(key)!;
      else {
        const length = result.frames * result.bins;
        cache.put(key, { ...result, values: made.values.subarray(at, at + length) });
        at += length;
      }
    }
    onProgress?.({ ...progress });
  }

  return clips.map(({ id }, index) => {
    const shape = shapes.get(keys[index])!;
    return 'reason' in shape ? { id, skipped: shape } : { id, key: keys[index], ...shape };
  });
}

interface Shape {
  frames: number;
  bins: number;
}

/** One object for all clips of one shape: there are many clips, and few shapes. */
function sharedShapes(): (shape: Shape) => Shape {
  const known = new Map<string, Shape>();
  return ({ frames, bins }) => {
    const key = `${frames} ${bins}`;
    let shape = known.get(key);
    if (!shape) known.set(key, (shape = { frames, bins }));
    return shape;
  };
}

/** One file and the spans of it that are wanted, each under its key. */
type KeyedFile = FeatureBatch['files'][number] & { keys: string[] };

/**
 * Spans of one file that follow each other go into one message, so that it is decoded once. Made as they are sent: what waits
 * takes no memory.
 */
function* batchesOf(missing: ReadonlyMap<string, ClipToPrepare>): Generator<KeyedFile[]> {
  let batch: KeyedFile[] = [];
  let clips = 0;
  for (const [key, { path, contentHash, start, end, edits = [] }] of missing) {
    let file = batch.at(-1);
    const same = file?.path === path && file.contentHash === contentHash && file.keys.length < MOST_SPANS_PER_FILE;
    if (!same && clips >= CLIPS_PER_MESSAGE) {
      yield batch;
      batch = [];
      clips = 0;
    }
    if (!file || !same) batch.push((file = { path, contentHash, keys: [], spans: [] }));
    file.keys.push(key);
    file.spans.push({ start, end, edits });
    clips++;
  }
  if (batch.length > 0) yield batch;
}

function messageOf(spec: FeatureSpec, kept: string, batch: KeyedFile[]): FeatureBatch {
  return { spec, kept, files: batch.map(({ path, contentHash, spans }) => ({ path, contentHash, spans })) };
}
