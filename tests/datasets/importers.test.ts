import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importerOf, recognise } from '#main/datasets/importers/index.ts';
import { lookAt } from '#main/datasets/look.ts';
import { folderOf } from '../support/lab.ts';

type Tree = Record<string, string>;

const trees: [name: string, tree: Tree, layouts: string[]][] = [
  [
    'a folder of Speech Commands',
    { 'yes/0a_nohash_0.wav': '', 'no/0b_nohash_1.wav': '', 'validation_list.txt': 'no/0b_nohash_1.wav' },
    ['speech-commands', 'folder'],
  ],
  ['the same without lists', { 'yes/0a_nohash_0.wav': '', 'no/0b_nohash_1.wav': '' }, ['speech-commands', 'folder']],
  ['a folder of FSDD', { 'recordings/1_theo_3.wav': '', 'README.md': '' }, ['fsdd', 'folder']],
  ['the recordings of FSDD', { '1_theo_3.wav': '', '2_theo_7.wav': '' }, ['fsdd', 'folder']],
  ['a folder per class', { 'dog/1.wav': '', 'cat/deep/2.mp3': '' }, ['folder']],
  ['a manifest beside its files', { 'list.csv': 'Path,Label\na.wav,x\n', 'a.wav': '' }, ['csv', 'folder']],
  ['a manifest with other columns', { 'list.csv': 'file,rate\na.wav,8000\n', 'a.wav': '' }, ['folder']],
  ['a manifest whose files are not there', { 'list.csv': 'path,label\nb.wav,x\n', 'a.wav': '' }, ['folder']],
  ['two manifests', { 'l.csv': 'path,label\na.wav,x\n', 'm.csv': 'path,label\na.wav,x\n', 'a.wav': '' }, ['folder']],
  ['no sound', { 'README.md': '', 'a/b.txt': '' }, []],
];

test.each(trees)('%s is recognised', async (_name, tree, layouts) => {
  const found = await recognise(await lookAt(folderOf(tree)));
  expect(found.map(({ importer }) => importer.layout)).toEqual(layouts);
});

async function planOf(layout: 'speech-commands' | 'fsdd' | 'folder' | 'csv', tree: Tree, inside = '') {
  const folder = folderOf(tree);
  const plan = await importerOf(layout).open(await lookAt(path.join(folder, inside)), {});
  return { folder, ...plan };
}

test('Speech Commands: lists, speakers, and background that is no class', async () => {
  const { clips, backgrounds, skipped } = await planOf('speech-commands', {
    'yes/0A1b_nohash_0.wav': '',
    'yes/0c_nohash_2.wav': '',
    'no/0d_nohash_0.wav': '',
    'no/mine.wav': '',
    '_background_noise_/tap.wav': '',
    'stray.wav': '',
    'validation_list.txt': 'yes/0c_nohash_2.wav\r\n',
    'testing_list.txt': 'no/0d_nohash_0.wav\n\n',
  });
  expect(clips.map(({ file, label, speaker, official }) => [file, label, speaker, official])).toEqual([
    ['no/0d_nohash_0.wav', 'no', '0d', 'test'],
    ['no/mine.wav', 'no', null, 'train'],
    ['yes/0A1b_nohash_0.wav', 'yes', '0a1b', 'train'],
    ['yes/0c_nohash_2.wav', 'yes', '0c', 'validation'],
  ]);
  expect(backgrounds).toEqual(['_background_noise_/tap.wav']);
  expect(skipped).toEqual([{ file: 'stray.wav', reason: 'Lies in no folder of a word.' }]);
});

test('FSDD: digit, speaker and official part stand in the name', async () => {
  const { clips, skipped } = await planOf('fsdd', {
    'recordings/7_de_vries_4.wav': '',
    'recordings/7_theo_5.wav': '',
    'recordings/theo.wav': '',
  });
  expect(clips.map(({ label, speaker, official }) => [label, speaker, official])).toEqual([
    ['7', 'de_vries', 'test'],
    ['7', 'theo', 'train'],
  ]);
  expect(skipped.map(({ file }) => file)).toEqual(['recordings/theo.wav']);
});

describe('a folder per class', () => {
  test('the class is the first folder, whatever lies below', async () => {
    const { clips } = await planOf('folder', {
      'dog/1.wav': '',
      'dog/b/2.wav': '',
      'cat/3.wav': '',
      'cat/notes.txt': '',
    });
    expect(clips.map(({ file, label }) => [file, label])).toEqual([
      ['cat/3.wav', 'cat'],
      ['dog/1.wav', 'dog'],
      ['dog/b/2.wav', 'dog'],
    ]);
    expect(clips.every(({ official, speaker }) => official === null && speaker === null)).toBe(true);
  });

  test('folders train, val and test above the classes are official parts', async () => {
    const { clips } = await planOf('folder', { 'Train/dog/1.wav': '', 'val/dog/2.wav': '', 'test/cat/3.wav': '' });
    expect(clips.map(({ label, official }) => [label, official])).toEqual([
      ['dog', 'train'],
      ['cat', 'test'],
      ['dog', 'validation'],
    ]);
  });

  test('a class that happens to be called test is a class', async () => {
    const { clips } = await planOf('folder', { 'test/1.wav': '', 'dog/2.wav': '' });
    expect(clips.map(({ label, official }) => [label, official])).toEqual([
      ['dog', null],
      ['test', null],
    ]);
  });

  test('a file in no class folder is of the class the folder names', async () => {
    const { folder, clips } = await planOf('folder', { '1.wav': '', 'dog/2.wav': '' });
    expect(clips.map(({ label }) => label)).toEqual([path.basename(folder), 'dog']);
  });
});

describe('a manifest', () => {
  test('columns by any of their names, quotes, a byte order mark, bad rows with their lines', async () => {
    const { clips, skipped } = await planOf('csv', {
      'list.csv':
        '\uFEFFFileName,Category,Speaker,Subset,Start,End,comment\n' +
        'a.wav,dog,ann,TRAIN,,,\n' +
        'a.wav,dog,ann,dev,0.5,1.25,"two\nlines"\n' +
        'b/c d.wav,"cat, big",,test,,2,\n' +
        '\n' +
        ',dog,,,,,\n' +
        'a.wav,,,,,,\n' +
        'a.wav,dog,,extra,,,\n' +
        'a.wav,dog,,,x,,\n' +
        'a.wav,dog,,,2,1,\n' +
        'a.wav,bird,,,0.50,1.25,\n',
      'a.wav': '',
    });
    expect(
      clips.map(({ file, label, speaker, official, start, end, row }) => [
        file,
        label,
        speaker,
        official,
        start,
        end,
        row,
      ]),
    ).toEqual([
      ['a.wav', 'dog', 'ann', 'train', null, null, 'list.csv:2'],
      ['a.wav', 'dog', 'ann', 'validation', 0.5, 1.25, 'list.csv:3'],
      ['b/c d.wav', 'cat, big', null, 'test', null, 2, 'list.csv:5'],
    ]);
    expect(skipped).toEqual([
      { file: 'list.csv:7', reason: 'The row names no file.' },
      { file: 'list.csv:8', reason: 'The row has no label: a.wav.' },
      { file: 'list.csv:9', reason: '"extra" is no part; the parts are train, validation and test.' },
      { file: 'list.csv:10', reason: 'Start or end is not a number of seconds.' },
      { file: 'list.csv:11', reason: 'The end (1 s) is not after the start (2 s).' },
      { file: 'list.csv:12', reason: 'The same clip as in line 3.' },
    ]);
  });

  test('tabs, and paths meant from a folder of sound beside the manifest’s', async () => {
    const { clips } = await planOf('csv', { 'meta/l.tsv': 'file\tclass\n1.wav\tx\n', 'audio/1.wav': '' }, 'meta/l.tsv');
    expect(clips).toMatchObject([{ file: '../audio/1.wav', label: 'x' }]);
  });

  test('says which column is missing', async () => {
    await expect(planOf('csv', { 'l.csv': 'path,rate\na.wav,1\n' })).rejects.toMatchObject({
      kind: 'bad-input',
      message: 'The manifest has no column for the label.',
      remedy: 'Name one of its columns label, class, category.',
    });
  });
});
