import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { clipDetail, datasetClips } from '#main/lab/clips.ts';
import { comparisonRows } from '#main/lab/comparisons.ts';
import { getDataset, listDatasets } from '#main/lab/datasets.ts';
import { listHistory, redoStep, undoStep } from '#main/lab/history.ts';
import { foundation } from '#main/lab/migrations/001-foundation.ts';
import { studio } from '#main/lab/migrations/002-studio.ts';
import { openStore } from '#main/lab/store.ts';
import { insertSweep, sweepRows } from '#main/lab/sweeps.ts';
import { SweepSpec } from '#shared/domain/sweep.ts';
import { temporaryFolder } from '../support/lab.ts';

test('a lab of the first schema keeps its clips, labels and history, and its steps can be undone', async () => {
  const file = path.join(temporaryFolder(), 'lab.sqlite');
  const old = new Database(file);
  old.exec(foundation);
  old.pragma('user_version = 1');
  old.exec(`
    insert into dataset values (1, 'New name', 'folder', '/sounds', '2026-01-01', 'ready', null),
      (2, 'Gone', 'folder', '/gone', '2026-01-01', 'ready', '2026-01-03');
    insert into clip (id, dataset_id, file, size, mtime_ms, content_hash, container, codec, sample_rate, channels, frames,
      duration, label, imported_label) values
      (7, 1, 'six.wav', 9, 1, 'h7', 'WAV', 'PCM', 8000, 1, 4000, 0.5, 'eight', 'six'),
      (8, 1, 'two.wav', 9, 1, 'h7', 'WAV', 'PCM', 8000, 1, 4000, 0.5, 'two', 'two');
    insert into label values (1, 7, 'six', 'import', '2026-01-01', 0), (2, 8, 'two', 'import', '2026-01-01', 0),
      (3, 7, 'eight', 'user', '2026-01-02', 0), (4, 8, 'three', 'user', '2026-01-02', 1);
    insert into step values
      (1, '2026-01-02', 'clip.relabel', 'Label "six" to "eight": six.wav',
        '{"dataset":1,"clip":7,"file":"six.wav","entry":3,"from":"six","to":"eight"}', 0),
      (2, '2026-01-02', 'dataset.rename', 'Rename dataset "Old name" to "New name"',
        '{"dataset":1,"from":"Old name","to":"New name"}', 0),
      (3, '2026-01-03', 'dataset.remove', 'Remove dataset "Gone"',
        '{"dataset":2,"name":"Gone","at":"2026-01-03"}', 0),
      (4, '2026-01-03', 'clip.relabel', 'Label "two" to "three": two.wav',
        '{"dataset":1,"clip":8,"file":"two.wav","entry":4,"from":"two","to":"three"}', 1);`);
  old.close();

  const store = await openStore(file);
  expect(existsSync(`${file}.before-migration-2`)).toBe(true);
  expect(store.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(datasetClips(store, 1)).toMatchObject([
    { id: 7, label: 'eight', edits: [], state: 'todo', parent: null },
    { id: 8, label: 'two' },
  ]);
  expect(clipDetail(store, 7)).toMatchObject({
    ...{ edited: false, duplicate: true, relabelled: true },
    history: [
      { label: 'six', set: null, setBy: 'import' },
      { label: 'eight', setBy: 'user' },
    ],
  });
  expect(listHistory(store)).toMatchObject({ total: 4, removed: { datasets: 1 } });
  expect(redoStep(store)?.id).toBe(4);
  expect(clipDetail(store, 8)).toMatchObject({ label: 'three', history: [{}, { label: 'three', undone: false }] });
  expect([undoStep(store)?.id, undoStep(store)?.id]).toEqual([4, 3]);
  expect(listDatasets(store).map(({ name }) => name)).toEqual(['New name', 'Gone']);
  undoStep(store);
  expect(getDataset(store, 1).name).toBe('Old name');
  undoStep(store);
  expect(clipDetail(store, 7)).toMatchObject({ label: 'six', history: [{}, { label: 'eight', undone: true }] });
  while (redoStep(store));
  expect(clipDetail(store, 7).label).toBe('eight');
  expect(listDatasets(store).map(({ name }) => name)).toEqual(['New name']);
  store.close();
});

test('a lab of the second schema keeps its comparisons, which are of no ablation', async () => {
  const file = path.join(temporaryFolder(), 'lab.sqlite');
  const old = new Database(file);
  old.exec(foundation);
  old.exec(studio);
  old.pragma('user_version = 2');
  const spec = {
    dataset: 1,
    split: { by: 'random' },
    features: { kind: 'mfcc' },
    model: { hiddenSize: 32 },
    training: {},
  };
  old.exec(`insert into dataset values (1, 'Words', 'folder', '/sounds', '2026-01-01', 'ready', null)`);
  old
    .prepare(
      `insert into comparison (name, dataset_id, spec, state, created_at, split_counts, classes, input_size)
      values ('Old', 1, ?, 'done', '2026-01-01', ?, '["a","b"]', 40)`,
    )
    .run(JSON.stringify(spec), JSON.stringify({ train: 8, validation: 1, test: 1, leaks: 0, leakNote: null }));
  old.close();

  const store = await openStore(file);
  expect(existsSync(`${file}.before-migration-3`)).toBe(true);
  expect(store.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(comparisonRows(store)).toMatchObject([
    { name: 'Old', state: 'done', sweep: null, spec: { model: { hiddenSize: 32, context: 0 } } },
  ]);
  expect(sweepRows(store)).toEqual([]);
  const sweep = insertSweep(store, 'New', SweepSpec.parse({ factor: 'numLayers', levels: [1, 2], base: spec }));
  store.prepare('update comparison set sweep_id = ?, sweep_level = 1').run(sweep);
  expect(comparisonRows(store)[0].sweep).toEqual({ id: sweep, name: 'New', level: '2 layers' });
  store.prepare('delete from dataset').run();
  expect([comparisonRows(store), sweepRows(store)]).toEqual([[], []]);
  store.close();
});
