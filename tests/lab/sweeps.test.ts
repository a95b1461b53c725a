import { beforeEach, expect, test } from 'vitest';
import { tradeOffsOf } from '#main/experiments/trade-offs.ts';
import { testedComparisons } from '#main/experiments/tested.ts';
import { comparisonRow, comparisonRows, insertComparison } from '#main/lab/comparisons.ts';
import { removeDataset } from '#main/lab/dataset-steps.ts';
import { clearHistory, undoStep } from '#main/lab/history.ts';
import type { Store } from '#main/lab/store.ts';
import {
  deleteSweep,
  insertSweep,
  levelComparisons,
  markSweepsInterrupted,
  nameSweep,
  removedSweeps,
  setLevelFailure,
  setSweepState,
  sweepOf,
  sweepRow,
  sweepRows,
  sweepsOf,
} from '#main/lab/sweeps.ts';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { SweepSpec } from '#shared/domain/sweep.ts';
import { madeSummary } from '../experiments/made-results.ts';
import { temporaryLab } from '../support/lab.ts';
import { madeDataset } from './support.ts';

let store: Store;
let dataset: number;
let spec: SweepSpec;

beforeEach(async () => {
  ({ store } = await temporaryLab());
  dataset = madeDataset(store, [{ file: 'a.wav', label: 'a' }]);
  const base = ComparisonSpec.parse({
    ...{ dataset, cells: ['gru'], split: { by: 'random' }, features: { kind: 'mfcc' }, model: {}, training: {} },
  });
  spec = SweepSpec.parse({ factor: 'truncation', levels: [10, null], base });
});

const addLevel = (sweep: number, level: number) =>
  insertComparison(
    store,
    {
      ...{ name: `level ${level}`, spec: spec.base, classes: ['a', 'b'], inputSize: 40, clips: [], runs: [] },
      split: { train: 1, validation: 0, test: 1, leaks: 0, leakNote: null },
    },
    { sweep, level },
  );

test('an ablation comes back as it was written down, with its levels in order', () => {
  const sweep = insertSweep(store, 'Truncation', spec, [null, 'It cannot be.']);
  expect(sweepRow(store, sweep)).toMatchObject({
    ...{ id: sweep, name: 'Truncation', dataset, datasetName: 'Made', spec, state: 'running', error: null },
    failures: { 1: 'It cannot be.' },
  });
  const [second, first] = [addLevel(sweep, 1), addLevel(sweep, 0)];
  expect(levelComparisons(store, sweep).map(({ comparison, level }) => [comparison, level])).toEqual([
    [first, 0],
    [second, 1],
  ]);
  // One comparison a level, and each says which it is: null is a level, too.
  expect(() => addLevel(sweep, 1)).toThrow();
  expect(comparisonRow(store, second).sweep).toEqual({ id: sweep, name: 'Truncation', level: 'Whole clips' });
  expect(comparisonRow(store, first).sweep?.level).toBe('10 frames');
  expect([sweepOf(store, first), sweepOf(store, 999)]).toEqual([sweep, null]);
});

test('names, states and failures are changed; only what was running is interrupted', () => {
  const [one, two] = [insertSweep(store, 'One', spec), insertSweep(store, 'Two', spec)];
  nameSweep(store, one, 'First');
  setSweepState(store, two, 'paused', 'Why');
  setLevelFailure(store, one, 1, 'It has a "quote" in it.');
  setLevelFailure(store, one, 0, 'Gone soon');
  setLevelFailure(store, one, 0, null);
  markSweepsInterrupted(store);
  expect(sweepRows(store)).toMatchObject([
    { id: two, name: 'Two', state: 'paused', error: 'Why', failures: {} },
    { id: one, name: 'First', state: 'interrupted', failures: { 1: 'It has a "quote" in it.' } },
  ]);
  expect(sweepsOf(store, dataset).map(({ id }) => id)).toEqual([one, two]);
  expect(() => sweepRow(store, 99)).toThrow('This ablation is not in the lab.');
});

test('its comparisons go with it, it goes with its dataset, and both come back when that is undone', () => {
  const sweep = insertSweep(store, 'One', spec);
  const comparison = addLevel(sweep, 0);
  removeDataset(store, dataset);
  expect([sweepRows(store), removedSweeps(store)]).toEqual([[], [sweep]]);
  undoStep(store);
  expect([sweepRows(store).length, removedSweeps(store)]).toEqual([1, []]);
  deleteSweep(store, sweep);
  expect(() => comparisonRow(store, comparison)).toThrow('not in the lab');
  const other = insertSweep(store, 'Two', spec);
  removeDataset(store, dataset);
  clearHistory(store);
  expect(() => sweepRow(store, other)).toThrow('not in the lab');
});

test('trade-offs: an entry a tested cell, levels under their names; of many comparisons each is asked once', async () => {
  const sweep = insertSweep(store, 'One', spec);
  const level = addLevel(sweep, 1);
  const idle = addLevel(sweep, 0);
  const model = { ...spec.base.model, numLayers: 2, bidirectional: true };
  for (let i = 0; i < 300; i++)
    insertComparison(store, {
      ...{ name: `plain ${i}`, spec: { ...spec.base, model }, classes: ['a', 'b'], inputSize: 40, clips: [], runs: [] },
      split: { train: 1, validation: 0, test: 1, leaks: 0, leakNote: null },
    });
  const asked: number[] = [];
  const results = (id: number) => {
    asked.push(id);
    const cells = id === level ? (['gru', 'dnn'] as const) : (['dnn'] as const);
    return { summary: id === idle ? [] : cells.map((cell) => madeSummary(cell)), tests: [] };
  };
  const comparisons = { results };
  const tested = await testedComparisons({ store, comparisons }, dataset);
  const offs = tradeOffsOf(tested);
  expect(asked).toEqual(comparisonRows(store).map(({ id }) => id).reverse()); // prettier-ignore
  expect(offs).toHaveLength(302);
  expect(offs[0]).toMatchObject({
    comparison: level,
    sweep,
    level: 'Whole clips',
    cell: 'gru',
    layers: 1,
    accuracy: 0.9,
  });
  expect(offs.at(-1)).toMatchObject({ sweep: null, level: null, cell: 'dnn', layers: 2, bidirectional: false });
  await expect(testedComparisons({ store, comparisons }, 99)).rejects.toThrow('not in the lab');
});
