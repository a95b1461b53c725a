import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellClipsOf, matricesOf, predictionsOf } from '#main/experiments/mistakes.ts';
import { resultsOf } from '#main/experiments/results.ts';
import { runViews } from '#main/experiments/view.ts';
import { comparisonRow, insertComparison, type ComparisonRow } from '#main/lab/comparisons.ts';
import { finishRun, runRows, type NewRun } from '#main/lab/runs.ts';
import { openStore, type Store } from '#main/lab/store.ts';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { ModelSpec } from '#shared/domain/model-spec.ts';
import type { TestResult } from '#shared/domain/run.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import { confusionMatrix, metricsOf } from '#shared/math/metrics.ts';
import { mcnemarExact, wilsonInterval } from '#shared/math/statistics.ts';
import { temporaryFolder } from '../support/comparison-lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let row: ComparisonRow;

const CLASSES = ['no', 'yes'];
const TRUTH = [0, 0, 0, 0, 1, 1, 1, 1];
/** What each run said, in the order of the runs: rnn and gru with seed 1, then with seed 2. */
const SAID = {
  'rnn 1': [1, 1, 0, 0, 1, 1, 0, 1],
  'gru 1': [0, 0, 0, 0, 1, 1, 0, 1],
  'rnn 2': [1, 0, 0, 0, 1, 1, 1, 1],
  'gru 2': [0, 0, 0, 1, 1, 1, 1, 1],
};

beforeAll(async () => {
  folder = temporaryFolder();
  store = await openStore(path.join(folder.path, 'lab.sqlite'));
  store
    .prepare(
      `insert into dataset (id, name, layout, root, created_at, state) values (1, 'words', 'folder', '/w', '', 'ready')`,
    )
    .run();
  const insert = store.prepare(
    `insert into clip (id, dataset_id, file, size, mtime_ms, content_hash, container, codec, sample_rate, channels, frames,
      duration, speaker, label, imported_label) values (?, 1, ?, 1, 1, ?, 'wav', 'pcm', 8000, 1, 8000, 1, 'ann', ?, ?)`,
  );
  TRUTH.forEach((label, index) =>
    insert.run(10 + index, `${index}.wav`, `hash ${index}`, CLASSES[label], CLASSES[label]),
  );
  const runs = Object.keys(SAID).map((name): NewRun => {
    const [cell, seed] = name.split(' ') as ['rnn' | 'gru', string];
    const training = TrainingSpec.parse({ seed: Number(seed) });
    return {
      cell,
      seed: Number(seed),
      model: ModelSpec.parse({ cell }),
      training,
      parameters: cell === 'rnn' ? 10 : 30,
    };
  });
  const id = insertComparison(store, {
    name: 'made',
    spec: ComparisonSpec.parse({
      ...{ dataset: 1, cells: ['rnn', 'gru'], seeds: [1, 2], split: { by: 'official' } },
      ...{ features: { kind: 'mfcc' }, model: {}, training: {} },
    }),
    split: { train: 5, validation: 0, test: 8, leaks: 0, leakNote: null },
    classes: CLASSES,
    inputSize: 40,
    clips: TRUTH.map((label, index) => ({ clip: 10 + index, part: 'test', label: CLASSES[label], edits: [] })),
    runs,
  });
  runRows(store, id).forEach((run, index) => {
    const said = SAID[`${run.cell} ${run.seed}` as keyof typeof SAID];
    finishRun(
      store,
      run.id,
      'done',
      resultOf(said, index),
      said.map((predicted, clip) => ({
        ...{ clip: 10 + clip, truth: TRUTH[clip], predicted },
        probabilities: Float32Array.of(predicted === 0 ? 0.75 : 0.25, predicted === 0 ? 0.25 : 0.75),
      })),
    );
  });
  row = comparisonRow(store, id);
});
afterAll(() => {
  store.close();
  folder.remove();
});

function resultOf(said: number[], index: number): TestResult {
  const { confusion, accuracy, macroF1, precision, recall, f1 } = metricsOf(confusionMatrix(TRUTH, said, 2));
  return {
    ...{ testClips: 8, testLoss: 0.5, testAccuracy: accuracy, interval: wilsonInterval(accuracy, 8), macroF1 },
    ...{ classes: CLASSES, confusion, precision, recall, f1, bestEpoch: 3 + index, epochs: 20 },
    ...{ epochSeconds: 1 + index, trainSeconds: 20, inferenceMs: { p50: 1, p95: 2 }, inferenceClips: 8 },
    peakMemoryMB: 100 + index,
  };
}

describe('over two seeds', () => {
  test('a row a cell', () => {
    const { summary } = resultsOf(store, runViews(store, row.id, null));
    expect(summary.map(({ cell, runs, accuracy }) => [cell, runs, accuracy])).toEqual([
      ['rnn', 2, (5 / 8 + 7 / 8) / 2],
      ['gru', 2, 7 / 8],
    ]);
    expect(summary[0]).toMatchObject({
      parameters: 10,
      testClips: 8,
      bestEpoch: 4,
      epochSeconds: 2,
      peakMemoryMB: 102,
    });
    expect(summary[0].seedDeviation).toBeCloseTo(0.25 / Math.SQRT2, 12);
    expect(summary[1].seedDeviation).toBe(0);
    expect(summary[0].interval[0]).toBeLessThan(0.75);
    expect(summary[0].interval[1]).toBeGreaterThan(0.75);
  });

  test('a paired test over the clips, all seeds together', () => {
    const { tests } = resultsOf(store, runViews(store, row.id, null));
    // By clip, seeds the RNN was right on less those the GRU was: -2, -1, 0, +1, 0, 0, 0, 0; |sum| = 2.
    // Of the 8 choices of signs of (2, 1, 1) the sums are ±4, ±2 (twice each) and 0 (twice): 6 of 8 are as far out.
    expect(tests).toMatchObject([{ a: 'rnn', b: 'gru', onlyA: 1, onlyB: 3, clips: 8, p: expect.closeTo(0.75, 12) }]);
    expect(tests[0].pHolm).toBe(tests[0].p);
    expect(tests[0].words).toContain('could be chance: p = 0.75 (n = 8 clips, 2 seeds)');
  });

  test("with one seed the test is McNemar's", () => {
    const runs = runViews(store, row.id, null).filter(({ seed }) => seed === 1);
    expect(resultsOf(store, runs).tests[0]).toMatchObject({ onlyA: 0, onlyB: 2, p: mcnemarExact(0, 2) });
  });

  test('cells that share no seed are not tested against each other', () => {
    const runs = runViews(store, row.id, null).filter(({ cell, seed }) => (cell === 'rnn') === (seed === 1));
    expect(resultsOf(store, runs)).toMatchObject({ summary: [{ runs: 1 }, { runs: 1 }], tests: [] });
  });
});

describe('behind a cell of the matrix', () => {
  test('matrices of one seed, and summed', () => {
    expect(matricesOf(store, row, 1)[0].counts).toEqual([
      [2, 2],
      [1, 3],
    ]);
    expect(matricesOf(store, row, null)[0]).toMatchObject({
      counts: [
        [5, 3],
        [1, 7],
      ],
      clips: 16,
    });
    expect(matricesOf(store, row, 3)).toEqual([]);
  });

  test('clips of a cell; of several seeds what most of them said comes first', () => {
    const clips = cellClipsOf(store, row, { cell: 'rnn', seed: null, truth: 'no', predicted: 'yes' });
    expect(clips.map(({ clip, seeds }) => [clip, seeds])).toEqual([
      [10, [1, 2]],
      [11, [1]],
    ]);
    expect(clips[0]).toMatchObject({ file: '0.wav', speaker: 'ann', truth: 'no', label: 'no', predicted: 'yes' });
    expect(clips[0].probability).toBeCloseTo(0.75, 6);
  });

  test('all mistakes of a row, and all there are', () => {
    const mistakes = (truth: string | null) =>
      cellClipsOf(store, row, { cell: 'gru', seed: null, truth, predicted: null }).map(({ clip }) => clip);
    expect(mistakes('no')).toEqual([13]);
    expect(mistakes(null)).toEqual([13, 16]);
  });

  test('a label mended since shows beside the truth of the test', () => {
    store.prepare(`update clip set label = 'yes' where id = 10`).run();
    const [clip] = cellClipsOf(store, row, { cell: 'rnn', seed: 1, truth: 'no', predicted: 'yes' });
    expect(clip).toMatchObject({ truth: 'no', label: 'yes' });
    store.prepare(`update clip set label = 'no' where id = 10`).run();
  });

  test('what every run said of one clip', () => {
    expect(predictionsOf(store, row, 13).map(({ cell, seed, label }) => `${cell} ${seed} ${label}`)).toEqual([
      'rnn 1 no',
      'gru 1 no',
      'rnn 2 no',
      'gru 2 yes',
    ]);
    expect(predictionsOf(store, row, 999)).toEqual([]);
  });

  test('a class that is none', () => {
    expect(() => cellClipsOf(store, row, { cell: 'rnn', seed: null, truth: 'maybe', predicted: null })).toThrow(
      'is no class of this comparison',
    );
  });
});
