import path from 'node:path';
import { renameSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datasetsByName, getDataset, listDatasets, listSkipped } from '#main/lab/datasets.ts';
import { importWriter } from '#main/lab/importing.ts';
import { datasetStatistics } from '#main/lab/statistics.ts';
import { openStore } from '#main/lab/store.ts';
import { temporaryFolder, temporaryLab } from '../support/lab.ts';
import { madeDataset } from './support.ts';

test('a summary counts what is there', async () => {
  const { store } = await temporaryLab();
  madeDataset(store, [{}], 'First');
  const dataset = madeDataset(
    store,
    [
      { label: 'a', speaker: 'x', duration: 1 },
      { label: 'b', speaker: 'y', duration: 0.5, sampleRate: 16000, official: 'test', file: 'y.wav' },
      { label: 'b', speaker: 'y', duration: 0.25, file: 'z.wav' },
    ],
    'Second',
  );
  importWriter(store, dataset).addSkipped({ file: 'q.wav', reason: 'It is empty.', size: 0, mtimeMs: 0 });
  store.prepare(`update clip set missing = 1 where file = 'z.wav'`).run();
  expect(listDatasets(store).map(({ name }) => name)).toEqual(['First', 'Second']);
  expect(getDataset(store, dataset)).toEqual({
    id: dataset,
    name: 'Second',
    layout: 'folder',
    root: '/made/Second',
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    state: 'ready',
    clips: 3,
    classes: 2,
    speakers: 2,
    seconds: 1.75,
    sampleRates: [8000, 16000],
    skipped: 1,
    missing: 1,
    official: true,
    folds: [],
  });
  expect(listSkipped(store, dataset)).toEqual([{ file: 'q.wav', reason: 'It is empty.' }]);
  expect(datasetsByName(store, 'SECOND')).toMatchObject([{ id: dataset }]);
});

test('statistics by class, speaker, rate and content', async () => {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [
    { file: '1', label: 'b', speaker: 'x', duration: 1, contentHash: 'same' },
    { file: '2', label: 'a', speaker: 'x', duration: 0.5, sampleRate: 16000 },
    { file: '3', label: 'b', duration: 0.25, contentHash: 'same' },
  ]);
  importWriter(store, dataset).addBackground({
    file: 'noise.wav',
    contentHash: 'n',
    sampleRate: 8000,
    duration: 60,
    size: 1,
    mtimeMs: 1,
  });
  expect(datasetStatistics(store, dataset)).toMatchObject({
    clips: 3,
    seconds: 1.75,
    classes: [
      { name: 'a', clips: 1, seconds: 0.5 },
      { name: 'b', clips: 2, seconds: 1.25 },
    ],
    speakers: [{ name: 'x', clips: 2, seconds: 1.5 }],
    sampleRates: [
      { sampleRate: 8000, clips: 2 },
      { sampleRate: 16000, clips: 1 },
    ],
    durations: { min: 0.25, median: 0.5, max: 1 },
    duplicates: [{ contentHash: 'same', clips: [{ file: '1', label: 'b' }, { file: '3' }] }],
    backgrounds: [{ file: 'noise.wav', seconds: 60 }],
  });
});

test('the histogram holds every clip in its bin, in bins of one round width but for a long tail', async () => {
  const durations = fc.array(fc.double({ min: 0.001, max: 100, noNaN: true }), { minLength: 1, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(durations, async (seconds) => {
      const store = await openStore(':memory:');
      const dataset = madeDataset(
        store,
        seconds.map((duration, index) => ({ file: String(index), duration })),
      );
      const { edges, counts, min, median, max } = datasetStatistics(store, dataset).durations;
      store.close();
      const sorted = [...seconds].sort((a, b) => a - b);
      expect([min, max]).toEqual([sorted[0], sorted.at(-1)]);
      expect(median).toBe(sorted[Math.round(0.5 * (sorted.length - 1))]);
      expect(edges).toHaveLength(counts.length + 1);
      expect(counts.length).toBeLessThanOrEqual(28);
      expect(edges[0]).toBeLessThanOrEqual(min + 1e-6);
      expect(edges.at(-1)).toBeGreaterThanOrEqual(max);
      const slack = 1e-6 * max;
      counts.forEach((count, bin) => {
        const [low, high] = [edges[bin], edges[bin + 1]];
        const surely = seconds.filter((value) => value > low + slack && value < high - slack).length;
        const perhaps = seconds.filter((value) => value >= low - slack && value <= high + slack).length;
        expect(count).toBeGreaterThanOrEqual(surely);
        expect(count).toBeLessThanOrEqual(perhaps);
      });
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(seconds.length);
    }),
    { numRuns: 60 },
  );
});

test('a lab that was moved finds its own sample where it now lies', async () => {
  const home = temporaryFolder();
  const lab = await temporaryLab(path.join(home, 'old'));
  const dataset = madeDataset(lab.store, [{}]);
  lab.store.prepare(`update dataset set layout = 'sample', root = ?`).run(lab.path('audio', 'sample'));
  lab.close();
  renameSync(path.join(home, 'old'), path.join(home, 'new'));
  const { store } = await temporaryLab(path.join(home, 'new'));
  expect(getDataset(store, dataset).root).toBe(path.join(home, 'new', 'audio', 'sample'));
});
