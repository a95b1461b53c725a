import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isPassedOver, isSoundName, soundFiles, walk } from '#main/datasets/walk.ts';
import { folderOf, temporaryFolder } from '../support/lab.ts';

async function all(folder: string, signal?: AbortSignal): Promise<string[]> {
  const files: string[] = [];
  for await (const file of walk(folder, signal)) files.push(file);
  return files;
}

test('gives files in the order of their names, and passes over what systems leave behind', async () => {
  const folder = folderOf({
    'b/2.wav': '',
    'b/10.wav': '',
    'a.txt': '',
    '.hidden/x.wav': '',
    'b/._2.wav': '',
    '__MACOSX/b/2.wav': '',
    'Thumbs.db': '',
    'b/.DS_Store': '',
  });
  expect(await all(folder)).toEqual(['a.txt', 'b/10.wav', 'b/2.wav']);
  expect(await soundFiles(folder)).toEqual(['b/10.wav', 'b/2.wav']);
});

test('ends in spite of links that go round, and enters a folder outside once', async () => {
  const outside = folderOf({ 'deep/o.wav': '' });
  const folder = folderOf({ 'a/1.wav': '' });
  symlinkSync(folder, path.join(folder, 'a', 'up'));
  symlinkSync(path.dirname(folder), path.join(folder, 'a', 'above'));
  symlinkSync(outside, path.join(folder, 'b'));
  symlinkSync(outside, path.join(folder, 'c'));
  symlinkSync(path.join(outside, 'deep'), path.join(outside, 'again'));
  symlinkSync(path.join(folder, 'a', '1.wav'), path.join(folder, 'linked.wav'));
  symlinkSync(path.join(folder, 'gone.wav'), path.join(folder, 'nowhere.wav'));
  const files = await all(folder);
  expect(files.filter((file) => file.endsWith('o.wav'))).toHaveLength(1);
  expect(files.filter((file) => !file.endsWith('o.wav'))).toEqual(['a/1.wav', 'linked.wav', 'nowhere.wav']);
});

test('stops when it is told to', async () => {
  const folder = folderOf({ 'a/1.wav': '' });
  await expect(all(folder, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
});

test('an empty folder has no files', async () => {
  expect(await all(temporaryFolder())).toEqual([]);
});

test.each(['a.wav', 'A.WAV', 'x.y.flac', 'm.M4A', 'old.wma'])('%s has the name of a sound file', (name) => {
  expect(isSoundName(name)).toBe(true);
});

test.each(['README', 'SOURCE.md', 'wav', 'list.csv', '.wav'])('%s has not', (name) => {
  expect(isSoundName(name)).toBe(false);
});

test.each(['.DS_Store', '._a.wav', 'thumbs.db', 'desktop.ini'])('%s is passed over', (name) => {
  expect(isPassedOver(name)).toBe(true);
});
