import { describe, expect, it } from 'vitest';
import { ComparisonSpec, type ComparisonSummary } from '#shared/domain/comparison.ts';
import { defaultFeatureSpec, FeatureSpec } from '#shared/domain/feature-spec.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import type { PredictionView } from '#shared/domain/run.ts';
import { accuracy, interval, pValue, seedWords } from '../../../src-renderer/parts/results/numbers.ts';
import {
  ACCURACY_COLUMN,
  bestRows,
  RESULT_COLUMNS,
  type ResultRow,
} from '../../../src-renderer/parts/results/columns.ts';
import { whiskerDomain } from '../../../src-renderer/parts/results/whisker.tsx';
import { classKeys } from '../../../src-renderer/parts/class-keys.ts';
import { opinions, rankClasses } from '../../../src-renderer/rooms/compare/clips/opinions.ts';
import { filterComparisons } from '../../../src-renderer/rooms/compare/list/filter.ts';
import { runShare, totalShare } from '../../../src-renderer/rooms/compare/live/shares.ts';
import {
  describeComparison,
  describeFeatures,
  describeRecipe,
  listWords,
} from '../../../src-renderer/rooms/compare/words.ts';
import { groupReports } from '../../../src-renderer/rooms/reports/group.ts';

const plain = (words: string) => words.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('numbers', () => {
  it('accuracies have one decimal; what is not quite all never reads 100 %', () => {
    expect(plain(accuracy(0.9734))).toBe('97.3 %');
    expect(plain(accuracy(0.9999))).toBe('99.9 %');
    expect(plain(accuracy(1))).toBe('100 %');
    expect(plain(accuracy(0))).toBe('0 %');
    expect(accuracy(null)).toBe('–');
    expect(plain(interval([0.951, 1]))).toBe('95.1–100 %');
  });

  it('p-values and seeds read as people write them', () => {
    expect(pValue(0.3123)).toBe('p = 0.31');
    expect(pValue(0.0004)).toBe('p < 0.001');
    expect(seedWords([3])).toBe('seed 3');
    expect(seedWords([0, 1, 2])).toBe('3 seeds (0, 1, 2)');
  });
});

describe('what Compare will do, in words', () => {
  it('the recipe', () => {
    const words = (training: unknown, validated = true) =>
      plain(describeRecipe(TrainingSpec.parse(training), validated));
    expect(words({})).toBe('Adam at 0.002 falling to 0 along half a cosine');
    expect(words({ optimiser: { name: 'sgd' }, learningRate: 0.1, schedule: 'plateau', truncation: 20 }, false)).toBe(
      'SGD at 0.1 times 0.1 after every 11 epochs without a better training loss, BPTT cut every 20 frames',
    );
  });

  const spec = ComparisonSpec.parse({
    dataset: 1,
    split: { by: 'official' },
    features: defaultFeatureSpec(8000),
    model: {},
    training: { epochs: 15 },
  });

  it('names networks, size, dataset, split, features, budget and seed', () => {
    expect(plain(describeComparison(spec, 'Digits', { train: 2430, validation: 270, test: 300 }))).toBe(
      'Trains RNN, LSTM and GRU with 128 units each on Digits, official split (2430 clips to train on, 270 to validate, ' +
        '300 to test), from 40 MFCC of 64 mel bands, 25 ms windows every 10 ms, for 15 epochs, seed 0.',
    );
  });

  it('says what equal parameters and several seeds mean', () => {
    const words = plain(describeComparison({ ...spec, match: 'parameters', seeds: [0, 1] }, 'Digits', null));
    expect(words).toContain('as many parameters each as the LSTM with 128 units has');
    expect(words).toContain('2 times, 2 seeds (0, 1)');
  });

  it('describes features of every kind', () => {
    const of = (input: object) => describeFeatures(FeatureSpec.parse(input));
    expect(of({ kind: 'spectrogram', nFft: 512 })).toBe('spectrogram of 257 bins, 512 samples windows every 256 samples'); // prettier-ignore
    expect(of({ kind: 'logmel', sampleRate: 16_000, nFft: 512, deltas: 1 })).toBe(
      '64 log-mel bands with deltas, 32 ms windows every 16 ms',
    );
  });

  it('lists with and', () => {
    expect(listWords([])).toBe('');
    expect(listWords(['a'])).toBe('a');
    expect(listWords(['a', 'b', 'c'])).toBe('a, b and c');
  });
});

describe('classKeys', () => {
  it('gives classes the digits in order', () => {
    expect([...classKeys(['yes', 'no'])]).toEqual([['yes', '1'], ['no', '2']]); // prettier-ignore
  });
  it('lets a class called by a digit keep it', () => {
    const keys = classKeys(['noise', '1', '0', 'silence']);
    expect([keys.get('1'), keys.get('0'), keys.get('noise'), keys.get('silence')]).toEqual(['1', '0', '2', '3']);
  });
  it('leaves classes beyond ten without', () => {
    const keys = classKeys(Array.from({ length: 12 }, (_, i) => `word ${i}`));
    expect(keys.size).toBe(10);
    expect(keys.get('word 9')).toBe('0');
  });
});

describe('best of a column', () => {
  const row = (cell: ResultRow['cell'], share: number, parameters: number) =>
    ({ cell, accuracy: share, parameters, hiddenSize: 1 }) as ResultRow;
  const parameters = RESULT_COLUMNS.find(({ id }) => id === 'parameters')!;

  it('is the highest accuracy and the fewest parameters; what reads the same shares it', () => {
    const rows = [row('rnn', 0.9, 10), row('lstm', 0.98001, 40), row('gru', 0.98004, 30)];
    expect([...bestRows(rows, ACCURACY_COLUMN)].map(({ cell }) => cell)).toEqual(['lstm', 'gru']);
    expect([...bestRows(rows, parameters)].map(({ cell }) => cell)).toEqual(['rnn']);
  });
  it('is nobody when all are equal or alone', () => {
    expect(bestRows([row('rnn', 0.9, 1), row('gru', 0.9, 1)], ACCURACY_COLUMN).size).toBe(0);
    expect(bestRows([row('rnn', 0.9, 1)], ACCURACY_COLUMN).size).toBe(0);
  });
});

it('whiskers share an axis of whole fives that holds them all', () => {
  expect(whiskerDomain([[0.93, 0.99], [0.81, 0.9]])).toEqual([0.8, 1]); // prettier-ignore
  const [from, to] = whiskerDomain([[0.98, 1]]);
  expect(to - from).toBeCloseTo(0.1);
  expect(whiskerDomain([])).toEqual([0, 1]);
});

describe('opinions', () => {
  const say = (cell: PredictionView['cell'], seed: number, a: number): PredictionView => ({
    run: seed + 1,
    cell,
    seed,
    label: a > 0.5 ? 'a' : 'b',
    probabilities: [
      { label: 'a', probability: a },
      { label: 'b', probability: 1 - a },
    ],
  });

  it('averages the seeds of a cell and keeps each of them', () => {
    const [gru] = opinions([say('gru', 0, 0.9), say('gru', 1, 0.3)]);
    expect(gru.mean.get('a')).toBeCloseTo(0.6);
    expect(gru.label).toBe('a');
    expect(gru.each.get('a')).toEqual([0.9, 0.3]);
  });

  it('come in the cells’ order, and rank the truth before what was likeliest', () => {
    const all = opinions([say('gru', 0, 0.9), say('rnn', 0, 0.2)]);
    expect(all.map(({ cell }) => cell)).toEqual(['rnn', 'gru']);
    expect(rankClasses(all, 'b', 5)).toEqual(['b', 'a']);
    expect(rankClasses(all, 'b', 1)).toEqual(['b']);
  });
});

describe('shares of the work', () => {
  const run = (state: string, epochs: number, progress: object | null = null) =>
    ({ state, training: { epochs: 10 }, epochs: Array.from({ length: epochs }), progress }) as never;

  it('count the epoch at hand, and an ended run as done', () => {
    expect(runShare(run('training', 3, { epoch: 4, share: 0.5 }))).toBeCloseTo(0.35);
    // The epoch told of has been recorded meanwhile.
    expect(runShare(run('training', 4, { epoch: 4, share: 0.9 }))).toBeCloseTo(0.4);
    expect(runShare(run('stopped', 3))).toBe(1);
    expect(totalShare({ runs: [run('done', 10), run('waiting', 0)] })).toBe(0.5);
    expect(totalShare({ runs: [] })).toBe(0);
  });
});

it('comparisons are found by all words, pinned and new ones first', () => {
  const entry = (id: number, name: string, tags: string[], pinned: boolean, createdAt: string) =>
    ({ id, name, tags, pinned, createdAt, datasetName: 'Digits' }) as ComparisonSummary;
  const list = [
    entry(1, 'First', ['homework'], false, '2026-01-01'),
    entry(2, 'Second', [], false, '2026-02-01'),
    entry(3, 'Third', [], true, '2026-01-15'),
  ];
  expect(filterComparisons(list, '').map(({ id }) => id)).toEqual([3, 2, 1]);
  expect(filterComparisons(list, 'digits HOME').map(({ id }) => id)).toEqual([1]);
  expect(filterComparisons(list, 'nothing')).toEqual([]);
});

it('reports stand by comparison, the newest first', () => {
  const file = (comparison: number, format: 'html' | 'csv', createdAt: string) => ({ comparison, format, createdAt, path: '', name: '', bytes: 1 }); // prettier-ignore
  const groups = groupReports([file(1, 'html', '2026-01-01'), file(2, 'csv', '2026-01-02'), file(1, 'csv', '2026-01-03')]); // prettier-ignore
  expect(groups.map(({ comparison, files }) => [comparison, files.map(({ format }) => format)])).toEqual([
    [1, ['csv', 'html']],
    [2, ['csv']],
  ]);
});
