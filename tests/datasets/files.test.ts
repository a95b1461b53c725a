import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkFiles, relocate } from '#main/datasets/files.ts';
import { importDataset } from '#main/datasets/import.ts';
import { datasetClips } from '#main/lab/clips.ts';
import { getDataset } from '#main/lab/datasets.ts';
import { folderOf, noiseWav, readingInspect, temporaryFolder, temporaryLab } from '../support/lab.ts';

const { inspect } = readingInspect();

async function imported(folder: string, inside = '') {
  const lab = await temporaryLab();
  const { dataset } = await importDataset(lab, { path: path.join(folder, inside), layout: null, name: null, inspect });
  return { lab, store: lab.store, dataset, paths: () => datasetClips(lab.store, dataset).map((clip) => clip.path) };
}

test('files that vanish are missing, and no more when they are back', async () => {
  const folder = folderOf({ 'a/1.wav': 1, 'a/2.wav': 2, 'b/3.wav': 3 });
  const { store, dataset } = await imported(folder);
  expect(await checkFiles(store, dataset)).toEqual({ missing: 0 });
  renameSync(path.join(folder, 'a'), path.join(folder, 'away'));
  expect(await checkFiles(store, dataset)).toEqual({ missing: 2 });
  expect(getDataset(store, dataset).missing).toBe(2);
  renameSync(path.join(folder, 'away'), path.join(folder, 'a'));
  expect(await checkFiles(store, dataset)).toEqual({ missing: 0 });
});

test('a dataset that moved as a whole is found by its paths, and is the dataset of its new folder', async () => {
  const home = temporaryFolder();
  folderOf({ 'a/1.wav': 1, 'a/2.wav': 2, 'b/2.wav': 3 }, path.join(home, 'old'));
  const { lab, store, dataset, paths } = await imported(path.join(home, 'old'));
  renameSync(path.join(home, 'old'), path.join(home, 'new'));
  const place = path.join(home, 'new');
  expect(await relocate(store, dataset, place, inspect)).toEqual({ found: 3, missing: 0 });
  expect(paths()).toEqual(['a/1.wav', 'a/2.wav', 'b/2.wav'].map((file) => path.join(place, file)));
  expect(getDataset(store, dataset)).toMatchObject({ root: place, missing: 0 });
  expect(await importDataset(lab, { path: place, layout: null, name: null, inspect })).toMatchObject({
    dataset,
    added: 0,
  });
});

test('files put elsewhere are found by name and content, not by name alone', async () => {
  const folder = folderOf({ 'a/1.wav': 1, 'a/2.wav': 2, 'b/3.wav': 3 });
  const { store, dataset, paths } = await imported(folder);
  rmSync(path.join(folder, 'a'), { recursive: true });
  const place = folderOf({ 'deep/down/1.wav': 1, 'other/1.wav': 8, 'a/2.wav': 9 });
  expect(await relocate(store, dataset, place, inspect)).toEqual({ found: 1, missing: 1 });
  expect(paths()).toContain(path.join(place, 'deep/down/1.wav'));
  expect(getDataset(store, dataset)).toMatchObject({ root: folder, missing: 1 });
  expect(await checkFiles(store, dataset)).toEqual({ missing: 1 });
});

test('two clips alike do not become one', async () => {
  const folder = folderOf({ 'a/1.wav': 1, 'b/1.wav': 1 });
  const { store, dataset, paths } = await imported(folder);
  rmSync(folder, { recursive: true });
  const place = folderOf({ 'x/1.wav': 1 });
  expect(await relocate(store, dataset, place, inspect)).toEqual({ found: 1, missing: 1 });
  expect(new Set(paths()).size).toBe(2);
});

test('the parts a manifest cuts from a file follow it', async () => {
  const home = temporaryFolder();
  const old = path.join(home, 'old');
  folderOf({ 'l.csv': 'path,label,start,end\ns.wav,x,0,0.1\ns.wav,y,0.1,0.2\n', 's.wav': noiseWav(1, 4000) }, old);
  const { store, dataset, paths } = await imported(old, 'l.csv');
  mkdirSync(path.join(home, 'new'));
  renameSync(path.join(old, 's.wav'), path.join(home, 'new', 's.wav'));
  expect(await relocate(store, dataset, home, inspect)).toEqual({ found: 2, missing: 0 });
  expect(paths()).toEqual([path.join(home, 'new/s.wav'), path.join(home, 'new/s.wav')]);
});
