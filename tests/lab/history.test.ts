import { existsSync, mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipDetail, datasetClips } from '#main/lab/clips.ts';
import { comparisonRows } from '#main/lab/comparisons.ts';
import { getDataset, listDatasets } from '#main/lab/datasets.ts';
import { removeDataset, renameDataset } from '#main/lab/dataset-steps.ts';
import { clearHistory, jumpToStep, listHistory, redoStep, removedComparisons, undoStep } from '#main/lab/history.ts';
import { setDatasetState } from '#main/lab/importing.ts';
import { relabelClip } from '#main/lab/labels.ts';
import { openStore } from '#main/lab/store.ts';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { Random } from '#shared/math/random.ts';
import { temporaryLab } from '../support/lab.ts';
import { attempt, begin, MOVES, stateOf, STEPS } from './random-steps.ts';
import { madeDataset } from './support.ts';

test('a mended label, with its words, undone and done again', async () => {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [{ file: 'recordings/6_theo_3.wav', label: 'six' }]);
  const [{ id }] = datasetClips(store, dataset);
  expect(relabelClip(store, id, ' eight ')).toMatchObject({ label: 'eight', relabelled: true });
  expect(relabelClip(store, id, 'eight').history).toHaveLength(2);
  expect(listHistory(store).steps).toMatchObject([{ words: 'Label "six" to "eight": 6_theo_3.wav', undone: false }]);
  expect(undoStep(store)).toMatchObject({ words: 'Label "six" to "eight": 6_theo_3.wav', undone: true });
  expect(clipDetail(store, id)).toMatchObject({
    label: 'six',
    relabelled: false,
    history: [
      { label: 'six', setBy: 'import' },
      { label: 'eight', setBy: 'user', undone: true },
    ],
  });
  expect(undoStep(store)).toBeNull();
  expect(redoStep(store)).toMatchObject({ undone: false });
  expect(clipDetail(store, id).label).toBe('eight');
  expect(redoStep(store)).toBeNull();
  expect(() => relabelClip(store, id, '  ')).toThrow(expect.objectContaining({ kind: 'bad-input' }));
});

test('a new step ends what could be redone, and stays in the label’s history', async () => {
  const { store } = await temporaryLab();
  const [{ id }] = datasetClips(store, madeDataset(store, [{ label: 'a' }]));
  relabelClip(store, id, 'b');
  undoStep(store);
  relabelClip(store, id, 'c');
  expect(redoStep(store)).toBeNull();
  expect(clipDetail(store, id).history.map(({ label, undone }) => [label, undone])).toEqual([
    ['a', false],
    ['b', true],
    ['c', false],
  ]);
});

test('a dataset renamed and removed, and both taken back', async () => {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [{}], 'One');
  renameDataset(store, dataset, 'Two');
  removeDataset(store, dataset);
  expect(listDatasets(store)).toEqual([]);
  expect(() => getDataset(store, dataset)).toThrow(expect.objectContaining({ kind: 'not-found' }));
  expect(undoStep(store)?.words).toBe('Remove dataset "Two"');
  expect(getDataset(store, dataset).name).toBe('Two');
  expect(undoStep(store)?.words).toBe('Rename dataset "One" to "Two"');
  expect(getDataset(store, dataset).name).toBe('One');
  redoStep(store);
  redoStep(store);
  expect(listDatasets(store)).toEqual([]);
});

test('a dataset cannot be removed while it is being imported', async () => {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [{}]);
  setDatasetState(store, dataset, 'importing');
  expect(() => removeDataset(store, dataset)).toThrow(expect.objectContaining({ kind: 'conflict' }));
  expect(listHistory(store).total).toBe(0);
});

test('history and removed datasets outlive the lab’s closing: a removal is undone after it', async () => {
  const lab = await temporaryLab();
  const [kept, gone] = [madeDataset(lab.store, [{}], 'Kept'), madeDataset(lab.store, [{}, { file: 'y.wav' }], 'Gone')];
  renameDataset(lab.store, gone, 'Going');
  relabelClip(lab.store, datasetClips(lab.store, kept)[0].id, 'y');
  removeDataset(lab.store, gone);
  lab.close();
  const { store } = await temporaryLab(lab.folder);
  expect(listDatasets(store).map(({ name }) => name)).toEqual(['Kept']);
  expect(listHistory(store)).toMatchObject({ total: 3, removed: { datasets: 1, clips: 2, comparisons: 0 } });
  expect(undoStep(store)?.words).toBe('Remove dataset "Going"');
  expect(getDataset(store, gone)).toMatchObject({ name: 'Going', clips: 2 });
  expect(listHistory(store).removed).toEqual({ datasets: 0, clips: 0, comparisons: 0 });
  while (undoStep(store));
  expect(getDataset(store, gone).name).toBe('Gone');
  expect(datasetClips(store, kept)[0].label).toBe('x');
});

test('clearing the history purges what was removed, and nothing else', async () => {
  const { store } = await temporaryLab();
  const [kept, gone] = [madeDataset(store, [{}], 'Kept'), madeDataset(store, [{}], 'Gone')];
  renameDataset(store, kept, 'Stays');
  removeDataset(store, gone);
  renameDataset(store, kept, 'Stays not');
  undoStep(store);
  expect(clearHistory(store)).toEqual({ steps: 3, datasets: 1, clips: 1, comparisons: 0 });
  expect(listHistory(store)).toEqual({ steps: [], total: 0, removed: { datasets: 0, clips: 0, comparisons: 0 } });
  expect([undoStep(store), redoStep(store)]).toEqual([null, null]);
  expect(listDatasets(store).map(({ name }) => name)).toEqual(['Stays']);
  expect(store.prepare('select count(*) from clip').pluck().get()).toBe(1);
  expect(store.prepare('select count(*) from step_change').pluck().get()).toBe(0);
});

test('the history in pages, and a jump in it that is all or nothing', async () => {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [{}], '0');
  for (let name = 1; name <= 5; name++) renameDataset(store, dataset, String(name));
  const { steps, total } = listHistory(store, { limit: 2 });
  expect([total, ...steps.map(({ id }) => id)]).toEqual([5, 5, 4]);
  expect(listHistory(store, { limit: 9, before: 4 }).steps.map(({ id }) => id)).toEqual([3, 2, 1]);
  expect(jumpToStep(store, 2)).toBe(3);
  expect(getDataset(store, dataset).name).toBe('2');
  expect(listHistory(store).steps.map(({ undone }) => undone)).toEqual([true, true, true, false, false]);
  expect(jumpToStep(store, 4)).toBe(2);
  expect(getDataset(store, dataset).name).toBe('4');
  expect(jumpToStep(store, 4)).toBe(0);
  expect(jumpToStep(store, null)).toBe(4);
  expect(getDataset(store, dataset).name).toBe('0');
  expect(() => jumpToStep(store, 6)).toThrow(expect.objectContaining({ kind: 'not-found' }));
  // A step of which the third can no longer be done: the first two are not left done either.
  store.prepare(`update step_change set entity = 'nothing' where step_id = 3`).run();
  expect(() => jumpToStep(store, 5)).toThrow(expect.objectContaining({ kind: 'internal' }));
  expect(getDataset(store, dataset).name).toBe('0');
  expect(listHistory(store).steps.every(({ undone }) => undone)).toBe(true);
});

test('files of comparisons that went with a purged dataset go before their numbers are given out again', async () => {
  const lab = await temporaryLab();
  const [kept, gone] = [madeDataset(lab.store, [{}], 'Kept'), madeDataset(lab.store, [{}], 'Gone')];
  const insert = lab.store.prepare(
    `insert into comparison (name, dataset_id, spec, state, created_at, split_counts) values ('c', ?, ?, 'done', '',
      '{"train":1,"validation":0,"test":1,"leaks":0,"leakNote":null}')`,
  );
  const spec = (dataset: number) =>
    JSON.stringify(
      ComparisonSpec.parse({ dataset, split: { by: 'random' }, features: { kind: 'mfcc' }, model: {}, training: {} }),
    );
  const [ofKept, ofGone] = [kept, gone].map((dataset) => Number(insert.run(dataset, spec(dataset)).lastInsertRowid));
  const folders = [ofKept, ofGone].flatMap((id) => ['models', 'reports'].map((name) => [name, String(id)] as const));
  for (const [name, id] of folders) mkdirSync(lab.path(name as 'models', id, '1'), { recursive: true });
  removeDataset(lab.store, gone);
  expect(comparisonRows(lab.store).map(({ id }) => id)).toEqual([ofKept]);
  expect(removedComparisons(lab.store)).toEqual([ofGone]);
  expect(clearHistory(lab.store)).toMatchObject({ comparisons: 1 });
  lab.close();
  await temporaryLab(lab.folder);
  const left = folders.filter(([name, id]) => existsSync(lab.path(name as 'models', id)));
  expect(left).toEqual([
    ['models', String(ofKept)],
    ['reports', String(ofKept)],
  ]);
});

test('any steps, refused, undone, redone and jumped between, leave the lab as it was at that step', async () => {
  const met = new Set<string>();
  const doing = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(STEPS)) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(MOVES)) },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(doing, { maxLength: 60 }), async (seed, names) => {
      const store = await openStore(':memory:');
      begin(store, 3);
      const random = new Random(seed);
      const standing = () => listHistory(store).steps.filter(({ undone }) => !undone).length;
      /** How the lab was after so many steps. */
      const states = [stateOf(store)];
      for (const name of names) {
        const before = standing();
        attempt(store, name, random);
        if (name in STEPS && standing() > before) {
          met.add(name);
          states.splice(standing(), Infinity, stateOf(store));
        }
        expect(stateOf(store)).toBe(states[standing()]);
      }
      while (redoStep(store)) expect(stateOf(store)).toBe(states[standing()]);
      expect(standing()).toBe(states.length - 1);
      while (undoStep(store)) expect(stateOf(store)).toBe(states[standing()]);
      expect(standing()).toBe(0);
      jumpToStep(store, listHistory(store).steps[0]?.id ?? null);
      expect(stateOf(store)).toBe(states[states.length - 1]);
      expect(store.pragma('foreign_key_check')).toEqual([]);
      store.close();
    }),
    // Only an edited clip's edits can be taken back: by chance alone that is not met in every run of the test.
    { numRuns: 80, examples: [[1, ['edit', 'keepEdits'].flatMap((name) => Array<string>(12).fill(name))]] },
  );
  expect([...met].sort()).toEqual(Object.keys(STEPS).sort());
});
