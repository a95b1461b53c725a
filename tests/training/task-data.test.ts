import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { FeatureCache } from '#main/features/cache.ts';
import { normalise, RunningStatistics } from '#main/features/normalise.ts';
import { createModel, readWeights } from '#main/models/model.ts';
import { assembleBatch, orderOfEpoch } from '#main/training/batches.ts';
import { evaluate } from '#main/training/evaluate.ts';
import { createLoop } from '#main/training/loop.ts';
import { packTask, type TaskData } from '#main/training/task-data.ts';
import { PARTS } from '#shared/domain/split.ts';
import { BINS, made, madeFeatures, madeTask } from '../support/learning.ts';

const reader = new URL('../../src-main/training/reader.ts', import.meta.url);
const task = madeTask({ folder: '' });
/** Bytes of all features of the task. */
const allBytes = task.clips.reduce((sum, { features }) => sum + 4 * BINS * made.has(features)!.frames, 0);

/** Every clip of a part, one after another. */
const valuesOf = ({ packed }: TaskData['train']) =>
  Array.from(packed.frames, (_, clip) => assembleBatch(packed, Int32Array.of(clip)).x);

describe('a task', () => {
  test('is standardised by the training part alone', () => {
    const data = packTask(task, made);
    const statistics = new RunningStatistics(BINS);
    const of = (part: string) =>
      task.clips.filter((clip) => clip.part === part).map(({ clip }) => madeFeatures(clip - 1));
    for (const features of of('train')) statistics.add(features);
    expect(data.normalisation).toEqual(statistics.finish());
    for (const part of PARTS)
      expect(valuesOf(data[part])).toEqual(of(part).map((each) => normalise(each, data.normalisation).values));
  });

  test('has the same bits however much of it stays in memory', () => {
    const whole = packTask(task, made);
    fc.assert(
      fc.property(fc.nat(allBytes + 100), (bytes) => {
        const data = packTask(task, made, { residentBytes: bytes });
        expect(data.normalisation).toEqual(whole.normalisation);
        for (const part of PARTS) {
          expect(valuesOf(data[part])).toEqual(valuesOf(whole[part]));
          expect(data[part].packed.labels).toEqual(whole[part].packed.labels);
          expect(data[part].clips).toEqual(whole[part].clips);
        }
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    { words: 'with room for all, nothing is read again', bytes: allBytes, again: 0 },
    { words: 'without room, each batch is read', bytes: 0, again: 100 },
    { words: 'training clips stay first', bytes: allBytes / 2, again: 50 },
  ])('$words', ({ bytes, again }) => {
    let reads = 0;
    const counting = { ...made, borrow: (key: string) => (reads++, made.borrow(key)) };
    const data = packTask(task, counting, { residentBytes: bytes });
    // The statistics need each training clip once.
    expect(reads).toBeGreaterThanOrEqual(data.train.clips.length);
    expect(reads).toBeLessThanOrEqual(task.clips.length);
    reads = 0;
    for (const part of PARTS) valuesOf(data[part]);
    expect(Math.abs(reads - again)).toBeLessThan(again === 50 ? 12 : 1);
    reads = 0;
    valuesOf(data.test);
    expect(reads).toBe(bytes >= allBytes ? 0 : data.test.clips.length);
  });

  test('says which features are missing, at once or when they go missing later', () => {
    const without = (gone: string) => ({
      ...made,
      has: (key: string) => (key === gone ? null : made.has(key)),
    });
    const { features } = task.clips[3];
    expect(() => packTask(task, without(features))).toThrow(
      expect.objectContaining({ kind: 'unreadable-file', where: features }) as Error,
    );
    let damaged = false;
    const data = packTask(
      task,
      { ...made, borrow: (key) => (damaged ? null : made.borrow(key)) },
      { residentBytes: 0 },
    );
    damaged = true;
    expect(() => assembleBatch(data.test.packed, Int32Array.of(2))).toThrow(
      expect.objectContaining({ kind: 'unreadable-file' }) as Error,
    );
  });
});

describe('training from the cache', () => {
  let folder: string;
  let cache: FeatureCache;
  const stored = {
    ...task,
    model: { ...task.model, cell: 'lstm' as const, dropout: 0.2 },
    clips: task.clips.map((clip, index) => ({ ...clip, features: index.toString(16).padStart(40, '0') })),
  };
  beforeAll(async () => {
    await startBackend();
    folder = mkdtempSync(path.join(os.tmpdir(), 'hark-task-'));
    // Packs of a few clips each.
    cache = FeatureCache.open(folder, { packBytes: 2000 });
    stored.clips.forEach(({ features }, index) => cache.put(features, madeFeatures(index)));
  });
  afterAll(() => {
    cache.close();
    rmSync(folder, { recursive: true });
  });

  const begin = (residentBytes: number, reader?: URL) => {
    const data = packTask(stored, FeatureCache.open(folder, { readOnly: true }), { residentBytes, reader });
    const model = createModel(stored.model, { inputSize: BINS, classes: 2 }, stored.training.seed);
    const loop = createLoop({
      model,
      training: stored.training,
      train: data.train.packed,
      validation: data.validation.packed,
    });
    return { data, model, loop };
  };
  const noPause = async () => {};
  const learnt = async ({ data, model, loop }: ReturnType<typeof begin>) => ({
    weights: readWeights(model),
    records: loop.records.map((record) => ({ ...record, seconds: 0, clipsPerSecond: 0 })),
    best: loop.best,
    optimiser: loop.state().optimiser,
    tested: await evaluate(model, data.test.packed, noPause),
  });

  test('gives the same bits as from memory, also where it was cut off and resumed', async () => {
    const whole = begin(Infinity);
    for (let epoch = 0; epoch < 4; epoch++) await whole.loop.epoch(noPause);
    const wanted = await learnt(whole);
    for (const [bytes, thread] of [
      [0, undefined],
      [0, reader],
      [allBytes / 2, reader],
    ] as const) {
      const first = begin(bytes, thread);
      for (let epoch = 0; epoch < 2; epoch++) await first.loop.epoch(noPause);
      const second = begin(bytes, thread);
      second.loop.restore(first.loop.state());
      for (let epoch = 0; epoch < 2; epoch++) await second.loop.epoch(noPause);
      expect(await learnt(second)).toEqual(wanted);
    }
  });

  test('a batch is what was stored, whatever stands around it', () => {
    const { data } = begin(0);
    const order = orderOfEpoch(data.train.packed.frames, { batchSize: 7, buckets: true, seed: 1, epoch: 1 });
    const memory = packTask(task, made).train.packed;
    for (const indices of order)
      expect(assembleBatch(data.train.packed, indices)).toEqual(assembleBatch(memory, indices));
  });
});
