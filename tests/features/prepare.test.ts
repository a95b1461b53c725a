import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '#main/audio/edits/index.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { hashBytes } from '#main/audio/hash.ts';
import { inspectFile } from '#main/audio/inspect.ts';
import { channelsOf, signalOf } from '#main/audio/signal/signal.ts';
import { memorySink } from '#main/audio/signal/sink.ts';
import { SoundPool } from '#main/audio/sound-pool.ts';
import { FeatureCache } from '#main/features/cache.ts';
import { extractFeatures } from '#main/features/extract.ts';
import { prepareFeatures, type PrepareProgress } from '#main/features/prepare.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hark-prepare-'));
const spec = FeatureSpec.parse({ kind: 'logmel', nFft: 64, nMels: 8 });
const kept = path.join(folder, 'kept');
const sound = (n: number) => Float32Array.from({ length: 4000 }, (_, i) => 0.4 * Math.sin(i * 0.01 * (n + 1)));
let pool: SoundPool;

beforeAll(() => {
  pool = new SoundPool({ entry: path.resolve('src-main/features/feature-worker.ts'), workers: 2 });
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

function recording(n: number) {
  const file = path.join(folder, `${n}.wav`);
  const bytes = encodeWav([sound(n)], 8000, 'float32');
  writeFileSync(file, bytes);
  return { id: n, path: file, contentHash: hashBytes(bytes), start: null, end: null };
}
const newCache = () => FeatureCache.open(mkdtempSync(path.join(folder, 'cache-')));

describe('prepareFeatures', () => {
  test('makes what is missing, in the clips’ order, and takes the rest from the cache', async () => {
    const clips = Array.from({ length: 100 }, (_, n) => recording(n));
    using cache = newCache();
    await prepareFeatures(clips.slice(30, 60), spec, cache, { pool, kept });
    const seen: PrepareProgress[] = [];
    const prepared = await prepareFeatures(clips, spec, cache, {
      pool,
      kept,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen[0]).toEqual({ done: 30, total: 100, cached: 30, skipped: 0 });
    expect(seen.at(-1)).toEqual({ done: 100, total: 100, cached: 30, skipped: 0 });
    for (const [n, clip] of prepared.entries()) {
      expect(clip.id).toBe(n);
      if (clip.skipped) throw new Error(clip.skipped.reason);
      expect(cache.get(clip.key)).toEqual(extractFeatures(sound(n), 8000, spec));
    }
  });
  test('spans, resampling and mixing down', async () => {
    const file = path.join(folder, 'stereo.wav');
    const bytes = encodeWav([sound(1), sound(1)], 8000, 'float32');
    writeFileSync(file, bytes);
    const whole = { path: file, contentHash: hashBytes(bytes) };
    using cache = newCache();
    const spans = [
      { ...whole, id: 'whole', start: null, end: null },
      { ...whole, id: 'part', start: 0.1, end: 0.2 },
      { ...whole, id: 'outside', start: 9, end: 10 },
    ];
    const [all, part, outside] = await prepareFeatures(spans, spec, cache, { pool, kept });
    expect(cache.get((all as { key: string }).key)).toEqual(extractFeatures(sound(1), 8000, spec));
    expect(cache.get((part as { key: string }).key)).toEqual(extractFeatures(sound(1).subarray(800, 1600), 8000, spec));
    expect(outside.skipped?.reason).toContain('holds no sound');
    const [half] = await prepareFeatures([spans[0]], { ...spec, sampleRate: 4000 }, cache, { pool, kept });
    expect(half).toMatchObject({ frames: 1 + Math.floor(2000 / 32) });
  });
  test('an edited clip has the features of its edited sound, under a key of their own', async () => {
    const clip = recording(100);
    const edits: Edit[] = [
      { op: 'gain', start: null, end: null, db: -6 },
      { op: 'delete', start: 0.1, end: 0.2 },
    ];
    using cache = newCache();
    const [plain, edited] = await prepareFeatures([clip, { ...clip, edits }], spec, cache, { pool, kept });
    const context = { sink: memorySink, kept: () => signalOf([sound(0)], 8000) };
    const [rendered] = channelsOf(applyEdits(signalOf([sound(100)], 8000), edits, context));
    const features = (entry: typeof plain) => cache.get((entry as { key: string }).key);
    expect(features(plain)).toEqual(extractFeatures(sound(100), 8000, spec));
    expect(features(edited)).toEqual(extractFeatures(rendered, 8000, spec));
    const wrong: Edit = { op: 'delete', start: 5, end: 6 };
    const [refused] = await prepareFeatures([{ ...clip, edits: [wrong] }], spec, cache, { pool, kept });
    expect(refused.skipped?.kind).toBe('bad-input');
  });
  test('files that vanished, changed or are no sound are skipped with their reason; the rest goes on', async () => {
    const clips = [recording(200), recording(201), recording(202), recording(203)];
    rmSync(clips[0].path);
    writeFileSync(clips[1].path, encodeWav([sound(5)], 8000));
    const text = Buffer.from('this is no sound');
    writeFileSync(clips[2].path, text);
    clips[2].contentHash = hashBytes(text);
    using cache = newCache();
    const prepared = await prepareFeatures(clips, spec, cache, { pool, kept });
    expect(prepared.map((clip) => clip.skipped?.reason)).toEqual([
      'The file is not there any more.',
      'The file has changed since it was brought into the lab.',
      'This is a text file, not sound.',
      undefined,
    ]);
    expect(cache.count).toBe(1);
  });
  test('clips of the same content are made once and counted each', async () => {
    const one = recording(300);
    using cache = newCache();
    const seen: PrepareProgress[] = [];
    const prepared = await prepareFeatures([one, { ...one, id: 301 }], spec, cache, {
      pool,
      kept,
      onProgress: (progress) => seen.push(progress),
    });
    expect(prepared.map((clip) => clip.id)).toEqual([300, 301]);
    expect(cache.count).toBe(1);
    expect(seen.at(-1)).toEqual({ done: 2, total: 2, cached: 0, skipped: 0 });
  });
  test('a stop is heard; what was made stays', async () => {
    const clips = Array.from({ length: 400 }, (_, n) => recording(400 + n));
    using cache = newCache();
    const stop = new AbortController();
    const work = prepareFeatures(clips, spec, cache, {
      pool,
      kept,
      signal: stop.signal,
      onProgress: ({ done }) => done > 0 && stop.abort(),
    });
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    expect(cache.count).toBeGreaterThan(0);
    expect(cache.count).toBeLessThan(400);
    expect((await prepareFeatures(clips, spec, cache, { pool, kept })).every((clip) => !clip.skipped)).toBe(true);
  });
  test('no clips', async () => {
    using cache = newCache();
    expect(await prepareFeatures([], spec, cache, { pool, kept })).toEqual([]);
  });
});

describe('inspection on the pool', () => {
  test('gives every file, in order, the same as looking here', async () => {
    const paths = Array.from({ length: 30 }, (_, n) => recording(n).path);
    paths.splice(7, 0, path.join(folder, 'gone.wav'));
    const found = [];
    for await (const part of pool.inspect(paths, { batch: 4 })) found.push(...part);
    expect(found.map((each) => each.path)).toEqual(paths);
    expect(found).toEqual(await Promise.all(paths.map((each) => inspectFile(each))));
  });
  test('can be stopped', async () => {
    const stop = new AbortController();
    const paths = Array.from({ length: 100 }, () => recording(1).path);
    const run = async () => {
      for await (const part of pool.inspect(paths, { batch: 1, signal: stop.signal }))
        if (part.length > 0) stop.abort();
    };
    await expect(run()).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

test('a pool whose worker cannot be loaded fails the work, and does not hang', async () => {
  const broken = new SoundPool({ entry: path.join(folder, 'no-such-worker.js'), workers: 1 });
  await expect(broken.run({ task: 'inspect', paths: [] })).rejects.toThrow('no-such-worker');
  await broken.close();
});

test('a pool that has been closed takes no work, and starts no threads', async () => {
  const closed = new SoundPool({ entry: path.resolve('src-main/features/feature-worker.ts'), workers: 1 });
  await closed.close();
  const clip = recording(500);
  await expect(closed.run({ task: 'inspect', paths: [clip.path] })).rejects.toMatchObject({ kind: 'cancelled' });
  using cache = newCache();
  await expect(prepareFeatures([clip], spec, cache, { pool: closed, kept })).rejects.toMatchObject({
    kind: 'cancelled',
  });
});
