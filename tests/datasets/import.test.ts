import { rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { guessFolder } from '#main/datasets/guess.ts';
import { importDataset, type ImportOptions } from '#main/datasets/import.ts';
import { clipDetail, datasetClips, listClips } from '#main/lab/clips.ts';
import { getDataset, listDatasets, listSkipped } from '#main/lab/datasets.ts';
import { renameDataset } from '#main/lab/dataset-steps.ts';
import { relabelClip } from '#main/lab/labels.ts';
import type { Lab } from '#main/lab/lab.ts';
import { datasetStatistics } from '#main/lab/statistics.ts';
import { ClipQuery } from '#shared/domain/clip.ts';
import { folderOf, noiseWav, readingInspect, temporaryFolder, temporaryLab } from '../support/lab.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

const bring = (lab: Lab, folder: string, more: Partial<ImportOptions> = {}) =>
  importDataset(lab, { path: folder, layout: null, name: null, inspect: readingInspect().inspect, ...more });

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${'abc'[i % 3]}/${String(i).padStart(4, '0')}.wav`, i]));

describeShared('real datasets', () => {
  test.each([
    ['fsdd', 'fsdd', { clips: 2500, classes: 10, speakers: 5, rates: [8000], seconds: 1117.87, backgrounds: 0 }],
    [
      'speech-commands',
      'speech-commands',
      { clips: 900, classes: 9, speakers: 120, rates: [16000], seconds: 885.08, backgrounds: 2 },
    ],
    ['ravdess', 'ravdess', { clips: 32, classes: 8, speakers: 4, rates: [48000], seconds: 116.18, backgrounds: 0 }],
    [
      'emodb/dataset',
      'emodb',
      { clips: 190, classes: 4, speakers: 6, rates: [16000], seconds: 524.34, backgrounds: 0 },
    ],
    [
      'esc10/meta/esc50.csv',
      'esc10',
      { clips: 40, classes: 10, speakers: 0, rates: [44100], seconds: 200, backgrounds: 0 },
    ],
    ['esc10', 'esc10', { clips: 40, classes: 10, speakers: 0, rates: [44100], seconds: 200, backgrounds: 0 }],
    ['phones-emodb', 'timit', { clips: 96, classes: 1, speakers: 6, rates: [16000], seconds: 241.02, backgrounds: 0 }],
    [
      'noisy-pairs',
      'voicebank-demand',
      { clips: 32, classes: 2, speakers: 0, rates: [16000], seconds: 85.36, backgrounds: 0 },
    ],
  ])('%s', async (folder, layout, expected) => {
    const lab = await temporaryLab();
    const { inspect, read } = readingInspect();
    const result = await bring(lab, sharedPath('data', folder), { inspect });
    expect(result).toMatchObject({ layout, clips: expected.clips, added: expected.clips, speakers: expected.speakers });
    expect(result.classes).toHaveLength(expected.classes);
    expect(result.sampleRates).toEqual(expected.rates);
    expect(result.seconds).toBeCloseTo(expected.seconds, 1);
    expect(result.skipped).toEqual([]);
    expect(datasetStatistics(lab.store, result.dataset).backgrounds).toHaveLength(expected.backgrounds);
    read.length = 0;
    expect(await bring(lab, sharedPath('data', folder), { inspect })).toEqual({ ...result, added: 0 });
    expect(read).toEqual([]);
  });

  test('odd and broken files: each that cannot be read is listed with its reason, the rest goes in', async () => {
    const lab = await temporaryLab();
    const { dataset, clips, skipped, classes } = await bring(lab, sharedPath('data', 'formats'));
    expect(classes.map(({ name }) => name)).toEqual(['debian', 'formats']);
    const refused = new Set(skipped.map(({ file }) => file));
    for (const broken of ['zero-length.wav', 'text-named.wav', 'no-fmt-chunk.wav', 'git-lfs-pointer.wav'])
      expect(refused).toContain(broken);
    expect([...refused].filter((file) => path.basename(file).startsWith('.'))).toEqual([]);
    expect(skipped.every(({ reason }) => reason.length > 10)).toBe(true);
    expect(clips + skipped.length).toBe(50);
    expect(listSkipped(lab.store, dataset)).toEqual(skipped);
  });
});

test('an import says how far it is, and leaves the user’s files as they are', async () => {
  const lab = await temporaryLab();
  const folder = folderOf({ ...many(30), 'README.md': 'not sound' });
  const before = statSync(path.join(folder, 'a/0000.wav'));
  const seen: number[] = [];
  const result = await bring(lab, folder, { name: 'Mine', onProgress: ({ done, total }) => seen.push(done / total) });
  expect(result).toMatchObject({
    name: 'Mine',
    layout: 'folder',
    clips: 30,
    added: 30,
    speakers: 0,
    sampleRates: [8000],
  });
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(statSync(path.join(folder, 'a/0000.wav'))).toMatchObject({ mtimeMs: before.mtimeMs, size: before.size });
  expect(getDataset(lab.store, result.dataset)).toMatchObject({ state: 'ready', root: folder, official: false });
  const [first] = datasetClips(lab.store, result.dataset);
  expect(clipDetail(lab.store, first.id)).toMatchObject({
    path: path.join(folder, 'a/0000.wav'),
    container: 'WAV',
    channels: 1,
    frames: 800,
    duration: 0.1,
    history: [{ label: 'a', setBy: 'import', undone: false }],
  });
});

test('a second import reads only what is new or changed, and takes up what was skipped and has been mended', async () => {
  const lab = await temporaryLab();
  const folder = folderOf({ 'a/1.wav': 1, 'a/2.wav': 2, 'b/3.wav': 3, 'b/bad.wav': 'no sound at all' });
  const first = await bring(lab, folder);
  expect(first.skipped.map(({ file }) => file)).toEqual(['b/bad.wav']);
  const clip = datasetClips(lab.store, first.dataset)[0];
  relabelClip(lab.store, clip.id, 'mended');

  folderOf({ 'b/4.wav': 4, 'b/2.wav': noiseWav(9, 1600) }, folder);
  writeFileSync(path.join(folder, 'a/1.wav'), noiseWav(7, 400));
  rmSync(path.join(folder, 'a/2.wav'));
  const { inspect, read } = readingInspect();
  const second = await bring(lab, folder, { inspect });
  expect(read.map((file) => path.relative(folder, file)).sort()).toEqual(['a/1.wav', 'b/2.wav', 'b/4.wav']);
  expect(second).toMatchObject({ dataset: first.dataset, clips: 5, added: 2 });
  expect(clipDetail(lab.store, clip.id)).toMatchObject({ frames: 400, label: 'mended' });
  expect(getDataset(lab.store, first.dataset).missing).toBe(1);

  writeFileSync(path.join(folder, 'b/bad.wav'), noiseWav(8));
  folderOf({ 'a/2.wav': 2 }, folder);
  const third = await bring(lab, folder);
  expect(third).toMatchObject({ clips: 6, added: 1, skipped: [] });
  expect(getDataset(lab.store, first.dataset).missing).toBe(0);
});

test('the same folder by another way is the same dataset', async () => {
  const lab = await temporaryLab();
  const folder = folderOf(many(6));
  const link = path.join(temporaryFolder(), 'link');
  symlinkSync(folder, link);
  const { dataset } = await bring(lab, folder);
  expect(await bring(lab, `${folder}/../${path.basename(folder)}/`)).toMatchObject({ dataset, added: 0 });
  expect(await bring(lab, link)).toMatchObject({ dataset, added: 0 });
  renameDataset(lab.store, dataset, 'Other');
  expect(await bring(lab, folder, { name: 'ignored for a known folder' })).toMatchObject({ dataset, name: 'Other' });
  await expect(bring(lab, folder, { layout: 'fsdd' })).rejects.toMatchObject({ kind: 'conflict' });
});

describe('an import that is stopped', () => {
  test('keeps what is in, is partial, and goes on from there', async () => {
    const lab = await temporaryLab();
    const folder = folderOf(many(600));
    const stop = new AbortController();
    const cut = readingInspect();
    const stopped = bring(lab, folder, {
      inspect: cut.inspect,
      signal: stop.signal,
      onProgress: ({ done }) => done >= 300 && stop.abort(),
    });
    await expect(stopped).rejects.toThrow();
    const [summary] = listDatasets(lab.store);
    expect(summary.state).toBe('partial');
    expect(summary.clips).toBeGreaterThanOrEqual(256);
    expect(summary.clips).toBeLessThan(600);
    const rest = readingInspect();
    const result = await bring(lab, folder, { inspect: rest.inspect });
    expect(result).toMatchObject({ dataset: summary.id, clips: 600, added: 600 - summary.clips });
    expect(rest.read).toHaveLength(600 - summary.clips);
    expect(getDataset(lab.store, summary.id).state).toBe('ready');
  });

  test('before anything was read leaves no dataset behind', async () => {
    const lab = await temporaryLab();
    const stop = new AbortController();
    const stopped = bring(lab, folderOf(many(5)), {
      signal: stop.signal,
      inspect: async function* () {
        stop.abort();
        yield* [];
      },
    });
    await expect(stopped).rejects.toMatchObject({ kind: 'cancelled' });
    expect(listDatasets(lab.store)).toEqual([]);
  });

  test('by the end of its process is partial when the lab is opened again', async () => {
    const lab = await temporaryLab();
    const { dataset } = await bring(lab, folderOf(many(5)));
    lab.store.prepare(`update dataset set state = 'importing'`).run();
    lab.close();
    const again = await temporaryLab(lab.folder);
    expect(getDataset(again.store, dataset).state).toBe('partial');
  });

  test('a folder cannot be imported twice at once', async () => {
    const lab = await temporaryLab();
    const folder = folderOf(many(5));
    const { inspect } = readingInspect();
    const first = await bring(lab, folder, {
      async *inspect(paths, options) {
        await expect(bring(lab, folder)).rejects.toMatchObject({ kind: 'conflict' });
        yield* inspect(paths, options);
      },
    });
    expect(first).toMatchObject({ clips: 5, added: 5 });
    expect(listDatasets(lab.store)).toHaveLength(1);
  });
});

describe('nothing to import', () => {
  test.each([
    ['an empty folder', {}, /Nothing here can be imported. It holds 0 sound files/],
    [
      'a folder of text',
      { 'a.txt': 'x', 'b/c.md': 'y' },
      /It holds 0 sound files in all; at its top 1 folders and 1 files/,
    ],
    ['only broken files', { 'a/1.wav': 'x' }, /None of the 1 files could be read. a\/1.wav: /],
  ])('%s', async (_name, tree, message) => {
    const lab = await temporaryLab();
    await expect(bring(lab, folderOf(tree))).rejects.toThrow(message);
    expect(listDatasets(lab.store)).toEqual([]);
  });

  test('says which layouts there are', async () => {
    const lab = await temporaryLab();
    const error = await bring(lab, temporaryFolder()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: 'bad-input',
      remedy: expect.stringMatching(/Speech Commands.*Digit.*CSV.*class/s),
    });
  });

  test('not by the layout asked for', async () => {
    const lab = await temporaryLab();
    await expect(bring(lab, folderOf({ 'a/b/1.wav': 1 }), { layout: 'fsdd' })).rejects.toThrow(
      'Nothing here can be imported as Free Spoken Digit Dataset.',
    );
  });

  test('a path that is not there', async () => {
    const lab = await temporaryLab();
    await expect(bring(lab, '/no/such/folder')).rejects.toMatchObject({ kind: 'not-found', where: '/no/such/folder' });
  });
});

test('a manifest’s rows: parts of files, files that are not there, parts beyond the end', async () => {
  const lab = await temporaryLab();
  const folder = folderOf({
    'list.csv':
      'path,label,speaker,start,end\n' +
      's.wav,x,ann,0,0.25\ns.wav,y,ben,0.25,\ns.wav,z,,0.9,1.2\ngone.wav,x,,,\nbad.wav,x,,,\ns.wav,,,0,1\n',
    's.wav': noiseWav(1, 8000),
    'bad.wav': 'text',
  });
  const { inspect, read } = readingInspect();
  const result = await bring(lab, folder, { inspect });
  expect(result).toMatchObject({ layout: 'csv', clips: 2, speakers: 2, name: path.basename(folder) });
  expect(getDataset(lab.store, result.dataset).root).toBe(path.join(folder, 'list.csv'));
  expect(
    result.skipped.map(({ file, reason }) => [
      file,
      reason.replace(/^(It|The file|s.wav is).*(\(.*\)|that\.)$/, '$1 ... $2'),
    ]),
  ).toEqual([
    ['bad.wav', expect.stringContaining('(list.csv:6)')],
    ['gone.wav', 'The file is not there (list.csv:5).'],
    ['list.csv:4', 's.wav is ... that.'],
    ['list.csv:7', 'The row has no label: s.wav.'],
  ]);
  const [x, y] = datasetClips(lab.store, result.dataset);
  expect(x).toMatchObject({
    label: 'x',
    start: 0,
    end: 0.25,
    duration: 0.25,
    source: 's.wav',
    path: path.join(folder, 's.wav'),
  });
  expect(y).toMatchObject({ label: 'y', start: 0.25, end: null, duration: 0.75 });
  expect(x.contentHash).not.toBe(y.contentHash);
  expect(clipDetail(lab.store, y.id).frames).toBe(6000);
  read.length = 0;
  expect(await bring(lab, folder, { inspect })).toEqual({ ...result, added: 0 });
  expect(read).toEqual([]);
});

test('a file that a manifest still names and that has gone is missing', async () => {
  const lab = await temporaryLab();
  const folder = folderOf({ 'l.csv': 'path,label\na.wav,x\nb.wav,y\n', 'a.wav': 1, 'b.wav': 2 });
  const { dataset } = await bring(lab, folder);
  rmSync(path.join(folder, 'b.wav'));
  expect(await bring(lab, folder)).toMatchObject({ clips: 2, added: 0, skipped: [] });
  expect(getDataset(lab.store, dataset).missing).toBe(1);
});

test('recordings that are alike are told', async () => {
  const lab = await temporaryLab();
  const { dataset } = await bring(lab, folderOf({ 'a/1.wav': 1, 'b/2.wav': 1, 'b/3.wav': 3 }));
  const [{ clips }] = datasetStatistics(lab.store, dataset).duplicates;
  expect(clips.map(({ file }) => file)).toEqual(['a/1.wav', 'b/2.wav']);
  const { rows } = listClips(lab.store, ClipQuery.parse({ dataset, only: 'duplicate' }));
  expect(rows.map(({ duplicate }) => duplicate)).toEqual([true, true]);
});

test('a touched file is read again, and is the same clip', async () => {
  const lab = await temporaryLab();
  const folder = folderOf({ 'a/1.wav': 1, 'b/2.wav': 2 });
  const { dataset } = await bring(lab, folder);
  const [before] = datasetClips(lab.store, dataset);
  utimesSync(path.join(folder, 'a/1.wav'), 1, 1);
  const { inspect, read } = readingInspect();
  await bring(lab, folder, { inspect });
  expect(read).toEqual([path.join(folder, 'a/1.wav')]);
  expect(datasetClips(lab.store, dataset)[0]).toEqual(before);
});

test('a guess says what a folder is, and whether it is in the lab', async () => {
  const lab = await temporaryLab();
  const folder = folderOf({ 'list.csv': 'path,label\na.wav,x\n', 'a.wav': 1 });
  expect(await guessFolder(lab.store, folder)).toMatchObject({
    path: folder,
    layouts: [{ layout: 'csv', reason: 'list.csv names files and labels' }, { layout: 'folder' }],
    soundFiles: 1,
    dataset: null,
  });
  const { dataset } = await bring(lab, folder);
  expect(await guessFolder(lab.store, folder)).toMatchObject({ dataset });
});
