import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importDataset } from '#main/datasets/import.ts';
import { exportLabels } from '#main/datasets/labels/export.ts';
import { importLabels } from '#main/datasets/labels/import.ts';
import { clipDetail, datasetClips } from '#main/lab/clips.ts';
import { undoStep, redoStep } from '#main/lab/history.ts';
import { clipTiers } from '#main/lab/label-import.ts';
import type { Lab } from '#main/lab/lab.ts';
import { folderOf, noiseWav, readingInspect, temporaryFolder, temporaryLab } from '../../support/lab.ts';
import { describeShared, sharedPath } from '../../support/shared.ts';

const second = (seed: number) => noiseWav(seed, 8000);

async function labOf(files: Record<string, Uint8Array | string>) {
  const lab = await temporaryLab();
  const folder = folderOf(files);
  const result = await importDataset(lab, {
    path: folder,
    layout: null,
    name: null,
    inspect: readingInspect().inspect,
  });
  return { lab, folder, result, dataset: result.dataset };
}
const regionsOf = (lab: Lab, dataset: number) =>
  datasetClips(lab.store, dataset).flatMap(({ id, file }) =>
    clipTiers(lab.store, id).flatMap(({ name, regions }) =>
      regions.map(({ start, end, label }) => `${file} ${name} ${start} ${end} ${label}`.trim()),
    ),
  );
const ask = { clip: null, format: null };

const TIMIT = {
  'TRAIN/DR1/FAAA0/SX1.WAV': second(1),
  'TRAIN/DR1/FAAA0/SX1.PHN': '0 800 h#\n800 700 x\n700 1600 sh\nrubbish\n1600 9000 iy\n',
  'TRAIN/DR1/FAAA0/SX1.WRD': '800 1600 she\n',
  'TRAIN/DR1/FAAA0/SX1.TXT': '0 8000 She had.\n',
  'TEST/DR2/MBBB0/SX1.WAV': second(2),
};

describe('regions a dataset brings', () => {
  test('TIMIT’s phones, words and text are tiers; bad lines are named, the rest goes in', async () => {
    const { lab, dataset, result } = await labOf(TIMIT);
    const place = 'TRAIN/DR1/FAAA0/SX1.WAV';
    expect(regionsOf(lab, dataset)).toEqual([
      ...[`${place} phones 0 0.1 h#`, `${place} phones 0.1 0.2 sh`, `${place} phones 0.2 1 iy`],
      ...[`${place} words 0 0.1`, `${place} words 0.1 0.2 she`, `${place} words 0.2 1`],
      `${place} text 0 1 She had.`,
    ]);
    expect(result.skipped.map(({ file }) => file)).toEqual(
      [2, 3, 4, 5].map((line) => `TRAIN/DR1/FAAA0/SX1.PHN:${line}`),
    );
    const setBy = lab.store.prepare('select distinct set_by from region').pluck().all();
    expect(setBy).toEqual(['import']);
  });

  test('a second import neither doubles them nor touches what was changed', async () => {
    const { lab, dataset, folder } = await labOf(TIMIT);
    lab.store.prepare(`update region set label = 'mine', set_by = 'user' where label = 'sh'`).run();
    const before = regionsOf(lab, dataset);
    folderOf({ 'TRAIN/DR1/FAAA0/SX1.WAV': noiseWav(7, 8000), 'TRAIN/DR1/FAAA0/SX2.WAV': second(3) }, folder);
    folderOf({ 'TRAIN/DR1/FAAA0/SX2.PHN': '0 8000 aa\n' }, folder);
    const again = () =>
      importDataset(lab, { path: folder, layout: null, name: null, inspect: readingInspect().inspect });
    expect(await again()).toMatchObject({ added: 1 });
    const [added] = regionsOf(lab, dataset).filter((words) => words.includes('SX2'));
    expect(added).toBe('TRAIN/DR1/FAAA0/SX2.WAV phones 0 1 aa');
    expect(regionsOf(lab, dataset).filter((words) => words !== added)).toEqual(before);
    expect(await again()).toMatchObject({ added: 0 });
    expect(regionsOf(lab, dataset)).toHaveLength(before.length + 1);
  });

  test('lines that were left out stay listed while nothing changes', async () => {
    const { lab, folder, result } = await labOf(TIMIT);
    const again = await importDataset(lab, {
      path: folder,
      layout: null,
      name: null,
      inspect: readingInspect().inspect,
    });
    expect(again.skipped).toEqual(result.skipped);
    expect(again.skipped.length).toBeGreaterThan(0);
  });
});

describe('labels from files', () => {
  test('a folder of them: matched by name, one step, undone and done again', async () => {
    const { lab, dataset } = await labOf({ 'dog/a.wav': second(1), 'cat/b.wav': second(2), 'cat/c.d.wav': second(3) });
    const labels = folderOf({
      'a.txt': '0.1\t0.2\tbark\n0.5\t0.5\tclick\n',
      'b.events.txt': '0.25\t0.5\tpurr\n',
      'c.d.TextGrid': '"ooTextFile"\n"TextGrid"\n0 1 <exists> 1\n"IntervalTier" "words" 0 1 1\n0 1 "miau"\n',
      'stranger.txt': '0\t1\tx\n',
      'all.csv': 'file,start,end,label\na.wav,,,wolf\n',
      'README.txt': 'These are labels.\n',
    });
    const said = await importLabels(lab.store, { dataset, path: labels, ...ask });
    expect(said).toMatchObject({ clips: 3, regions: 4 });
    expect(said.skipped).toEqual([
      { file: 'README.txt', reason: 'This is no file of labels Hark knows.' },
      { file: 'stranger.txt', reason: expect.stringContaining('No clip of the dataset is called') },
    ]);
    const after = regionsOf(lab, dataset);
    expect(after.sort()).toEqual([
      'cat/b.wav events 0.25 0.5 purr',
      'cat/c.d.wav words 0 1 miau',
      'dog/a.wav labels (points) 0.5 0.5 click',
      'dog/a.wav labels 0.1 0.2 bark',
    ]);
    const a = datasetClips(lab.store, dataset).find(({ file }) => file === 'dog/a.wav')!;
    expect(a.label).toBe('wolf');
    expect(clipDetail(lab.store, a.id).history.at(-1)).toMatchObject({ label: 'wolf', setBy: 'file', undone: false });
    undoStep(lab.store);
    expect(regionsOf(lab, dataset)).toEqual([]);
    expect(clipDetail(lab.store, a.id)).toMatchObject({ label: 'dog' });
    redoStep(lab.store);
    expect(regionsOf(lab, dataset).sort()).toEqual(after.sort());
    // The same again changes nothing: a tier is as its file has it.
    await importLabels(lab.store, { dataset, path: labels, ...ask });
    expect(regionsOf(lab, dataset).sort()).toEqual(after.sort());
  });

  test('clips of one name are told apart by their folders, or it is said that they cannot be', async () => {
    const { lab, dataset } = await labOf({ 'x/a.wav': second(1), 'y/a.wav': second(2) });
    const labels = folderOf({ 'y/a.txt': '0\t1\tin y\n' });
    expect(await importLabels(lab.store, { dataset, path: labels, ...ask })).toMatchObject({ clips: 1, skipped: [] });
    expect(regionsOf(lab, dataset)).toEqual(['y/a.wav labels 0 1 in y']);
    const unclear = folderOf({ 'turns.rttm': 'SPEAKER a 1 0 0.5 <NA> <NA> ann <NA> <NA>\n' });
    const said = await importLabels(lab.store, { dataset, path: unclear, ...ask });
    expect(said).toMatchObject({ clips: 0, skipped: [{ reason: expect.stringContaining('2 clips of the dataset') }] });
  });

  test('one file chosen that holds no labels is refused', async () => {
    const { lab, dataset } = await labOf({ 'x/a.wav': second(1), 'y/b.wav': second(2) });
    const file = path.join(folderOf({ 'a.txt': 'hello' }), 'a.txt');
    await expect(importLabels(lab.store, { dataset, path: file, ...ask })).rejects.toMatchObject({ kind: 'bad-input' });
    await expect(importLabels(lab.store, { dataset, path: `${file}x`, ...ask })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

describe('labels to files', () => {
  test('what a format cannot hold is said, and the rest is written', async () => {
    const { lab, dataset } = await labOf({ 'dog/a.wav': second(1), 'cat/b.wav': second(2) });
    const table =
      'file,tier,start,end,fMin,fMax,label,note\na.wav,events,0.1,0.5,100,900,bark,loud\na.wav,events,0.2,0.6,,,talk,\na.wav,taps,0.3,0.3,,,tap,\n';
    const source = folderOf({ 'l.csv': table });
    await importLabels(lab.store, { dataset, path: path.join(source, 'l.csv'), ...ask });
    const clips = datasetClips(lab.store, dataset).map(({ id }) => id);
    const write = async (format: 'csv' | 'textgrid' | 'audacity' | 'rttm') =>
      exportLabels(lab.store, { clips, format, tier: null, folder: temporaryFolder() });
    const grid = await write('textgrid');
    expect(grid.files).toEqual(['dog/a.TextGrid']);
    expect(grid.skipped.map(({ reason }) => reason)).toEqual([
      'It has no regions the format can hold.',
      'events: frequencies of boxes were left out, for the format has only times (1).',
      'events: notes were left out (1).',
      'events: its regions overlap and were divided among 2 tiers.',
    ]);
    expect((await write('audacity')).files).toEqual(['dog/a.events.txt', 'dog/a.taps.txt']);
    const csv = await write('csv');
    expect([csv.done, csv.skipped]).toEqual([2, []]);
    // All of it comes back from the table.
    const before = regionsOf(lab, dataset);
    lab.store.exec('delete from region');
    await importLabels(lab.store, { dataset, path: csv.folder, ...ask });
    expect(regionsOf(lab, dataset)).toEqual(before);
  });
});

test('clips whose files differ in their ending alone each have a file of labels', async () => {
  const { lab, dataset } = await labOf({ 'x/a.wav': second(1), 'x/a.wave': second(2), 'y/b.wav': second(3) });
  const clips = datasetClips(lab.store, dataset).map(({ id }) => id);
  const source = path.join(folderOf({ 'l.txt': '0\t0.5\tx\n' }), 'l.txt');
  for (const clip of clips) await importLabels(lab.store, { dataset, clip, path: source, format: null });
  const { files } = await exportLabels(lab.store, { clips, format: 'audacity', tier: null, folder: temporaryFolder() });
  expect(files).toEqual(['x/a.txt', 'x/a (2).txt', 'y/b.txt']);
});

test('of a table with several sounds only the clip that was asked for', async () => {
  const { lab, dataset } = await labOf({ 'x/a.wav': second(1), 'y/b.wav': second(2) });
  const [, b] = datasetClips(lab.store, dataset);
  const source = folderOf({ 'l.csv': 'file,start,end,label\na.wav,0,0.5,x\nb.wav,0.5,1,y\n' });
  await importLabels(lab.store, { dataset, clip: b.id, path: path.join(source, 'l.csv'), format: 'csv' });
  expect(regionsOf(lab, dataset)).toEqual(['y/b.wav labels 0.5 1 y']);
});

describeShared('phones of real speech', () => {
  test('come in with the dataset and are written as they were, byte for byte', async () => {
    const lab = await temporaryLab();
    const root = sharedPath('data', 'phones-emodb');
    const options = { path: root, layout: null, name: null, inspect: readingInspect().inspect };
    const { dataset, skipped } = await importDataset(lab, options);
    expect(skipped).toEqual([]);
    const clips = datasetClips(lab.store, dataset).map(({ id }) => id);
    const folder = temporaryFolder();
    const { files } = await exportLabels(lab.store, { clips, format: 'timit-phn', tier: null, folder });
    expect(files).toHaveLength(96);
    for (const file of files)
      expect(readFileSync(path.join(folder, file), 'utf8')).toBe(readFileSync(path.join(root, file), 'utf8'));
    expect(readdirSync(folder)).toEqual(['TRAIN']);
    const phones = lab.store.prepare(
      `select count(*) from region join tier on tier.id = tier_id where name = 'phones'`,
    );
    expect(phones.pluck().get()).toBe(3757);
  });
});
