import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultSpec, makePlan, newComparison, previewOf } from '#main/experiments/plan.ts';
import { openStore, type Store } from '#main/lab/store.ts';
import { classNames } from '#shared/domain/class-names.ts';
import { ComparisonSpec, type ComparisonSpecInput } from '#shared/domain/comparison.ts';
import { countParameters } from '#shared/domain/model-spec.ts';
import { temporaryFolder } from '../support/comparison-lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
beforeAll(async () => {
  folder = temporaryFolder();
  store = await openStore(path.join(folder.path, 'lab.sqlite'));
});
afterAll(() => {
  store.close();
  folder.remove();
});

interface MadeClip {
  label: string;
  speaker?: string | null;
  official?: string | null;
  fold?: string | null;
  sampleRate?: number;
  duration?: number;
  missing?: number;
}

let datasets = 0;
function addDataset(clips: MadeClip[]): number {
  const id = ++datasets;
  store
    .prepare(
      `insert into dataset (id, name, layout, root, created_at, state) values (?, 'words', 'folder', '/words', '', 'ready')`,
    )
    .run(id);
  const insert = store.prepare(
    `insert into clip (dataset_id, file, size, mtime_ms, content_hash, container, codec, sample_rate, channels, frames,
      duration, speaker, official, fold, label, imported_label, missing)
    values (@id, @file, 1, 1, @file, 'wav', 'pcm', @sampleRate, 1, 8000, @duration, @speaker, @official, @fold, @label, @label, @missing)`,
  );
  clips.forEach((clip, index) =>
    insert.run({
      ...{
        id,
        file: `${index}.wav`,
        sampleRate: 8000,
        duration: 1,
        speaker: null,
        official: null,
        fold: null,
        missing: 0,
      },
      ...clip,
    }),
  );
  return id;
}

const words = (count: number, more: (index: number) => Partial<MadeClip> = () => ({})) =>
  Array.from({ length: count }, (_, index): MadeClip => ({ label: ['yes', 'no', 'stop'][index % 3], ...more(index) }));

const spec = (dataset: number, changes: Partial<ComparisonSpecInput> = {}) =>
  ComparisonSpec.parse({
    dataset,
    split: { by: 'random', allowLeaks: true },
    features: { kind: 'mfcc', sampleRate: 8000 },
    model: {},
    training: {},
    ...changes,
  });

describe('what one click does', () => {
  test('official lists where there are any', () => {
    const dataset = addDataset(words(60, (index) => ({ official: index % 5 === 0 ? 'test' : 'train' })));
    expect(defaultSpec(store, dataset).split.by).toBe('official');
  });

  test('else at random, speakers kept whole; with one speaker mixed', () => {
    const several = addDataset(words(90, (index) => ({ speaker: `s${Math.floor(index / 9)}` })));
    expect(defaultSpec(store, several).split).toMatchObject({ by: 'random', allowLeaks: false });
    expect(previewOf(makePlan(store, defaultSpec(store, several))).split.leaks).toBe(0);
    const one = addDataset(words(90, () => ({ speaker: 'me' })));
    expect(defaultSpec(store, one).split).toMatchObject({ by: 'random', allowLeaks: true });
  });

  test('the dataset’s own folds where all of them are there, not where one is nearly all', () => {
    const folded = addDataset(words(100, (index) => ({ fold: String(1 + (index % 5)) })));
    expect(defaultSpec(store, folded).split).toMatchObject({ by: 'fold', folds: 5, fold: 1 });
    const plan = makePlan(store, defaultSpec(store, folded));
    expect(plan.spec.split.ofDataset).toBe(true);
    expect(plan.split.counts.test).toBe(20);
    const part = addDataset(words(40, (index) => ({ fold: index < 37 ? '4' : '5' })));
    expect(defaultSpec(store, part).split.by).toBe('random');
  });

  test('features at the most common rate, fewer epochs for more sound', () => {
    const mixed = addDataset(words(60, (index) => ({ sampleRate: index < 20 ? 44_100 : 16_000 })));
    expect(defaultSpec(store, mixed).features).toMatchObject({ kind: 'mfcc', sampleRate: 16_000, nMfcc: 40 });
    const long = addDataset(words(60, () => ({ duration: 6000 })));
    expect(defaultSpec(store, long).training.epochs).toBeLessThan(defaultSpec(store, mixed).training.epochs);
    expect(defaultSpec(store, mixed)).toMatchObject({ cells: ['rnn', 'lstm', 'gru'], seeds: [0], match: 'units' });
    expect(defaultSpec(store, mixed).model.hiddenSize).toBe(128);
  });
});

describe('a plan', () => {
  test('equal units: the same hidden size; equal parameters: sized to the LSTM', () => {
    const dataset = addDataset(words(60));
    const cells = ['rnn', 'lstm', 'gru', 'dnn'] as const;
    const units = makePlan(store, spec(dataset, { cells: [...cells] }));
    expect(units.models.map(({ model }) => model.hiddenSize)).toEqual([128, 128, 128, 128]);
    const matched = makePlan(store, spec(dataset, { cells: [...cells], match: 'parameters' }));
    const lstm = matched.models[1];
    expect(lstm.model.hiddenSize).toBe(128);
    for (const { model, parameters } of matched.models) {
      expect(parameters).toBe(countParameters(model, matched.inputSize, 3));
      expect(Math.abs(parameters - lstm.parameters) / lstm.parameters).toBeLessThan(0.02);
    }
  });

  test('cells and seeds are counted once; runs stand seed by seed', () => {
    const dataset = addDataset(words(60));
    const plan = makePlan(store, spec(dataset, { cells: ['gru', 'rnn', 'gru'], seeds: [4, 2, 4] }));
    const { runs, name, clips } = newComparison(store, plan);
    expect(runs.map(({ cell, seed, training }) => [cell, seed, training.seed])).toEqual([
      ['gru', 4, 4],
      ['rnn', 4, 4],
      ['gru', 2, 2],
      ['rnn', 2, 2],
    ]);
    expect(name).toBe('GRU, RNN on words');
    expect(clips).toHaveLength(60);
  });

  test('what is to be known before it is started', () => {
    const dataset = addDataset(
      words(60, (index) => ({ missing: Number(index < 2), sampleRate: index < 9 ? 16_000 : 8000 })),
    );
    const { warnings } = previewOf(makePlan(store, spec(dataset, { features: { kind: 'mfcc' } })));
    expect(warnings.join(' ')).toMatch(/Only \d+ test clips/);
    expect(warnings.join(' ')).toContain('2 clips are missing');
    expect(warnings.join(' ')).toContain('2 sampling rates');
  });

  test('one class is refused, and so is a dataset that is not there', () => {
    const dataset = addDataset(words(30, () => ({ label: 'yes' })));
    expect(() => makePlan(store, spec(dataset))).toThrow('nothing to tell apart');
    expect(() => makePlan(store, spec(9999))).toThrow('not in the lab');
  });

  test('classes in the order people write them', () => {
    const labels = ['10', '2', 'b', 'A', '1', 'a', '2'].map((label) => ({ label }));
    expect(classNames(labels)).toEqual(['1', '2', '10', 'a', 'A', 'b']);
  });
});
