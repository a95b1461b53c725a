import { existsSync, mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipDetail, datasetClips, listClips } from '#main/lab/clips.ts';
import { comparisonRows } from '#main/lab/comparisons.ts';
import { getDataset, listDatasets } from '#main/lab/datasets.ts';
import { removeDataset, renameDataset } from '#main/lab/dataset-steps.ts';
import { listHistory, redoStep, undoStep } from '#main/lab/history.ts';
import { setDatasetState } from '#main/lab/importing.ts';
import { relabelClip } from '#main/lab/labels.ts';
import { openStore, type Store } from '#main/lab/store.ts';
import { ClipQuery } from '#shared/domain/clip.ts';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { temporaryLab } from '../support/lab.ts';
import { madeDataset } from './support.ts';

test('a mended label, with its words, undone and done again', async () => {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [{ file: 'recordings/6_theo_3.wav', label: 'six' }]);
  const [{ id }] = datasetClips(store, dataset);
  expect(relabelClip(store, id, ' eight ')).toMatchObject({ label: 'eight', relabelled: true });
  expect(relabelClip(store, id, 'eight').history).toHaveLength(2);
  expect(listHistory(store)).toMatchObject([{ words: 'Label "six" to "eight": 6_theo_3.wav', undone: false }]);
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
  expect(listHistory(store)).toEqual([]);
});

test('a removed dataset is purged with its steps when the lab is opened again; others keep theirs', async () => {
  const lab = await temporaryLab();
  const [kept, gone] = [madeDataset(lab.store, [{}], 'Kept'), madeDataset(lab.store, [{}], 'Gone')];
  renameDataset(lab.store, gone, 'Going');
  renameDataset(lab.store, kept, 'Stays');
  removeDataset(lab.store, gone);
  lab.close();
  const { store } = await temporaryLab(lab.folder);
  expect(listDatasets(store).map(({ name }) => name)).toEqual(['Stays']);
  expect(listHistory(store).map(({ words }) => words)).toEqual(['Rename dataset "Kept" to "Stays"']);
  expect(store.prepare('select count(*) from clip').pluck().get()).toBe(1);
  expect(undoStep(store)).not.toBeNull();
  expect(getDataset(store, kept).name).toBe('Kept');
});

test('with a purged dataset go the files of its comparisons, before their numbers are given out again', async () => {
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
  lab.close();
  await temporaryLab(lab.folder);
  const left = folders.filter(([name, id]) => existsSync(lab.path(name as 'models', id)));
  expect(left).toEqual([
    ['models', String(ofKept)],
    ['reports', String(ofKept)],
  ]);
});

/** Labels and names as they stand. */
function state(store: Store): unknown {
  return listDatasets(store).map(({ id, name }) => [
    name,
    listClips(store, ClipQuery.parse({ dataset: id })).rows.map(({ label }) => label),
  ]);
}

test('any steps, all undone, leave the lab as it was; all redone, as it became', async () => {
  const steps = fc.array(fc.tuple(fc.nat(2), fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(20), async (changes, turns) => {
      const store = await openStore(':memory:');
      const dataset = madeDataset(
        store,
        [
          { file: '0', label: 'a' },
          { file: '1', label: 'b' },
        ],
        'a',
      );
      const ids = datasetClips(store, dataset).map(({ id }) => id);
      const first = state(store);
      for (const [what, word] of changes)
        if (what < 2) relabelClip(store, ids[what], word);
        else renameDataset(store, dataset, word);
      const last = state(store);
      for (let turn = 0; turn < turns; turn++) undoStep(store);
      while (redoStep(store));
      expect(state(store)).toEqual(last);
      while (undoStep(store));
      expect(state(store)).toEqual(first);
      store.close();
    }),
    { numRuns: 40 },
  );
});
