import { beforeEach, describe, expect, test } from 'vitest';
import {
  defaultSweep,
  ensureRunnable,
  levelName,
  planSweep,
  previewOfSweep,
  settingsOf,
  sweepName,
} from '#main/experiments/sweeps/plan.ts';
import type { Store } from '#main/lab/store.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { FACTOR_IDS, FACTORS, type FactorId } from '#shared/domain/factors.ts';
import type { SweepSpec } from '#shared/domain/sweep.ts';
import { madeDataset } from '../../lab/support.ts';
import { temporaryLab } from '../../support/lab.ts';

let store: Store;
let dataset: number;

beforeEach(async () => {
  ({ store } = await temporaryLab());
  dataset = madeDataset(
    store,
    Array.from({ length: 60 }, (_, clip) => ({
      ...{ file: `${clip}.wav`, label: `word ${clip % 3}`, speaker: `s${clip % 10}` },
    })),
  );
});

const sweep = (factor: FactorId, changes: Partial<SweepSpec> = {}): SweepSpec => ({
  ...defaultSweep(store, dataset, factor),
  ...changes,
});

test.each(FACTOR_IDS)('one click on %s: all its cells, one seed, few epochs, and every level can be run', (id) => {
  const spec = defaultSweep(store, dataset, id);
  expect(spec.base).toMatchObject({ dataset, cells: FACTORS[id].cells, seeds: [0] });
  expect(spec.base.training.epochs).toBeLessThanOrEqual(8);
  const { levels, runs, testClips } = previewOfSweep(planSweep(store, spec));
  expect(levels.map(({ error }) => error)).toEqual(levels.map(() => null));
  expect(runs).toBe(levels.length * FACTORS[id].cells.length);
  expect(testClips).toBeGreaterThan(0);
});

describe('a preview', () => {
  test('says the size of each network at each level', () => {
    const { levels } = previewOfSweep(planSweep(store, sweep('hiddenSize', { levels: [8, 16] })));
    expect(levels.map(({ words, cells }) => [words, cells.map(({ hiddenSize }) => hiddenSize)])).toEqual([
      ['8 units', [8, 8, 8, 8]],
      ['16 units', [16, 16, 16, 16]],
    ]);
    const parameters = levels.map(({ cells }) => cells.find(({ cell }) => cell === 'gru')!.parameters);
    expect(parameters[1]).toBeGreaterThan(parameters[0]);
  });

  test('warns of cells the setting does not touch, of one seed and of few test clips', () => {
    const spec = sweep('context');
    const { warnings } = previewOfSweep(planSweep(store, { ...spec, base: { ...spec.base, cells: ['dnn', 'gru'] } }));
    expect(warnings).toContain(
      'Context frames of the DNN changes nothing of the GRU: it would be trained again and again.',
    );
    expect(warnings.some((words) => words.startsWith('One seed'))).toBe(true);
    expect(warnings.some((words) => words.startsWith('Only 1'))).toBe(true);
  });

  test('keeps the split of the base at all levels', () => {
    const { base, levels } = planSweep(store, sweep('kind'));
    for (const { plan } of levels) expect(plan!.split).toBe(base.split);
    expect(new Set(levels.map(({ plan }) => plan!.inputSize)).size).toBeGreaterThan(1);
  });
});

describe('levels that cannot be', () => {
  test.each<[FactorId, SweepSpec['levels'], string]>([
    ['hiddenSize', [0, 32], 'Hidden size cannot be 0. Give a whole number from 1 to 4096.'],
    ['hiddenSize', [32.5, 32], 'Hidden size cannot be 32.5. Give a whole number from 1 to 4096.'],
    ['hiddenSize', [null, 32], 'Hidden size cannot be null. Give a whole number from 1 to 4096.'],
    ['hiddenSize', ['many', 32], 'Hidden size cannot be "many". Give a whole number from 1 to 4096.'],
    ['truncation', [-1, null], 'Truncated BPTT cannot be -1. Give a whole number from 1 to 100000, or none.'],
    ['kind', ['chroma', 'mfcc'], 'Features cannot be "chroma". Choose of mfcc, logmel, mel, spectrogram.'],
    ['bidirectional', ['yes', true], 'Both directions cannot be "yes". Choose of false, true.'],
  ])('%s %j: %s', (factor, levels, words) => {
    const { levels: planned, runs } = previewOfSweep(planSweep(store, sweep(factor, { levels })));
    expect(planned[0]).toMatchObject({ error: words, cells: [] });
    expect(planned[1].error).toBeNull();
    expect(runs).toBe(FACTORS[factor].cells.length);
  });

  test('settings that hinder the factor stand at each level, and nothing is begun', () => {
    const spec = sweep('nMfcc');
    const features = { ...spec.base.features, kind: 'logmel' as const };
    const plan = planSweep(store, { ...spec, base: { ...spec.base, features } });
    expect(previewOfSweep(plan).levels[0].error).toContain('no MFCC');
    expect(() => ensureRunnable(plan)).toThrow(HarkError);
    expect(() => ensureRunnable(plan)).toThrow('Fewer than two levels can be run. The features are no MFCC');
  });

  test('two that come to the same', () => {
    const spec = sweep('hopLength', { levels: [10, 10.01] });
    const { levels } = planSweep(store, spec);
    expect(levels[1].error?.message).toBe('10.01 ms comes to the same settings as 10 ms.');
    expect(settingsOf(spec, 10)).toEqual(settingsOf(spec, 10.01));
  });

  test('a setting that does not fit the others is named', () => {
    const spec = sweep('winLength');
    const base = { ...spec.base, features: { ...spec.base.features, sampleRate: 384_000 } };
    expect(() => settingsOf({ ...spec, base }, 500)).toThrow('500 ms: features.nFft ');
  });
});

test('names: of the ablation, and of its comparisons, not longer than they may be', () => {
  expect(sweepName(store, sweep('hiddenSize'))).toBe('Hidden size on Made');
  expect(sweepName(store, sweep('hiddenSize', { name: 'Mine' }))).toBe('Mine');
  expect(levelName('Mine', '64 units')).toBe('Mine: 64 units');
  const long = levelName('x'.repeat(200), '64 units');
  expect(long).toHaveLength(200);
  expect(long.endsWith('x: 64 units')).toBe(true);
});
