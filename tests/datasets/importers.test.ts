import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importerOf, recognise } from '#main/datasets/importers/index.ts';
import { lookAt } from '#main/datasets/look.ts';
import type { Layout } from '#shared/domain/dataset.ts';
import { folderOf } from '../support/lab.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

type Tree = Record<string, string>;

const ESC = 'filename,fold,target,category,esc10,src_file,take\n';
const US8K = 'slice_file_name,fsID,start,end,salience,fold,classID,class\n';

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
  [
    'TIMIT, in any letter case',
    { 'timit/TRAIN/DR1/FCJF0/SA1.WAV': '', 'timit/test/dr2/mdab0/si1.wav': '', 'timit/TRAIN/DR1/FCJF0/SA1.PHN': '' },
    ['timit', 'folder'],
  ],
  [
    'ESC-50',
    {
      'meta/esc50.csv': `${ESC}1-1-A-1.wav,1,1,dog,True,1,A\n1-2-A-1.wav,1,1,hen,False,2,A\n`,
      'audio/1-1-A-1.wav': '',
      'audio/1-2-A-1.wav': '',
    },
    ['esc50', 'esc10', 'folder'],
  ],
  [
    'ESC-10 alone',
    { 'meta/esc50.csv': `${ESC}1-1-A-1.wav,1,1,dog,True,1,A\n`, 'audio/1-1-A-1.wav': '' },
    ['esc10', 'esc50', 'folder'],
  ],
  [
    'UrbanSound8K',
    { 'metadata/UrbanSound8K.csv': `${US8K}1-3-0-0.wav,1,0,1,1,5,3,dog_bark\n`, 'audio/fold5/1-3-0-0.wav': '' },
    ['urbansound8k', 'folder'],
  ],
  ['GTZAN', { 'genres/blues/blues.00000.wav': '', 'genres/pop/pop.00001.au': '' }, ['gtzan', 'folder']],
  ['the genres of GTZAN', { 'blues/blues.00000.wav': '', 'pop/pop.00001.au': '' }, ['gtzan', 'folder']],
  ['folders with numbered names of others', { 'blues/jazz.00000.wav': '', 'pop/b.00001.wav': '' }, ['folder']],
  [
    'RAVDESS',
    { 'Actor_01/03-01-05-02-01-01-01.wav': '', 'Actor_02/03-02-06-01-02-02-02.wav': '' },
    ['ravdess', 'folder'],
  ],
  ['EMO-DB', { 'wav/03a01Fa.wav': '', 'wav/16b10Td.wav': '' }, ['emodb', 'folder']],
  ['EMO-DB by folder', { 'Happy/03a01Fa.wav': '', 'Sad/16b10Td.wav': '' }, ['emodb', 'folder']],
  [
    'VoiceBank-DEMAND',
    { 'clean_trainset_28spk_wav/p226_001.wav': '', 'noisy_trainset_28spk_wav/p226_001.wav': '' },
    ['voicebank-demand', 'folder'],
  ],
  ['clean takes alone', { 'clean_testset_wav/p232_001.wav': '', 'clean_testset_wav/p232_002.wav': '' }, ['folder']],
  ['no sound', { 'README.md': '', 'a/b.txt': '' }, []],
];

test.each(trees)('%s is recognised', async (_name, tree, layouts) => {
  const found = await recognise(await lookAt(folderOf(tree)));
  expect(found.map(({ importer }) => importer.layout)).toEqual(layouts);
});

describeShared('real folders', () => {
  test.each([
    ['fsdd', ['fsdd', 'folder']],
    ['speech-commands', ['speech-commands', 'folder']],
    ['phones-emodb', ['timit', 'emodb', 'folder']],
    ['esc10', ['esc10', 'esc50', 'folder']],
    ['ravdess', ['ravdess', 'folder']],
    ['emodb', ['emodb', 'folder']],
    ['emodb/dataset', ['emodb', 'folder']],
    ['noisy-pairs', ['voicebank-demand', 'folder']],
    ['noise', ['folder']],
    ['formats', ['folder']],
    ['midi-nottingham', []],
  ])('%s', async (folder, layouts) => {
    const found = await recognise(await lookAt(sharedPath('data', folder)));
    expect(found.map(({ importer }) => importer.layout)).toEqual(layouts);
  });
});

async function planOf(layout: Layout, tree: Tree, inside = '') {
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

test('TIMIT: parts, regions and speakers from folders; sentences of all, and the core test, have a note', async () => {
  const { clips, skipped } = await planOf('timit', {
    'TRAIN/DR1/FCJF0/SA1.WAV': '',
    'TRAIN/DR1/FCJF0/SA1.WAV.wav': '',
    'test/dr2/mtas1/si838.wav': '',
    'test/dr2/mabc0/sx1.wav': '',
    'readme.wav': '',
  });
  expect(clips.map(({ label, speaker, official, note }) => [label, speaker, official, note])).toEqual([
    ['DR1', 'FCJF0', 'train', 'Dialect sentence, read by every speaker.'],
    ['DR2', 'mabc0', 'test', ''],
    ['DR2', 'mtas1', 'test', 'Core test speaker.'],
  ]);
  expect(skipped).toEqual([
    { file: 'TRAIN/DR1/FCJF0/SA1.WAV.wav', reason: 'The same utterance as TRAIN/DR1/FCJF0/SA1.WAV.' },
    { file: 'readme.wav', reason: 'It lies in no folder of a speaker.' },
  ]);
});

test('ESC-50 and ESC-10: folds and sources from the table, bad rows with their lines', async () => {
  const tree = {
    'meta/esc50.csv': `${ESC}1-1-A-1.wav,1,1,dog,True,77,A\n5-2-B-1.wav,5,1,hen,False,78,B\n,5,1,hen,False,78,B\n1-1-A-1.wav,1,1,dog,True,77,A\n`,
  };
  const { clips, skipped } = await planOf('esc50', tree);
  expect(clips.map(({ file, label, source, fold, row }) => [file, label, source, fold, row])).toEqual([
    ['audio/1-1-A-1.wav', 'dog', '77', '1', 'meta/esc50.csv:2'],
    ['audio/5-2-B-1.wav', 'hen', '78', '5', 'meta/esc50.csv:3'],
  ]);
  expect(skipped).toEqual([
    { file: 'meta/esc50.csv:4', reason: 'The row lacks a file name or a category.' },
    { file: 'meta/esc50.csv:5', reason: 'The same clip as in line 2.' },
  ]);
  expect((await planOf('esc10', tree, 'meta/esc50.csv')).clips.map(({ label }) => label)).toEqual(['dog']);
});

test('UrbanSound8K: the whole slice, whatever start and end say of its source', async () => {
  const { clips } = await planOf('urbansound8k', {
    'metadata/UrbanSound8K.csv': `${US8K}100-3-0-0.wav,100,12.5,16.5,2,10,3,dog_bark\n`,
    'audio/fold10/100-3-0-0.wav': '',
  });
  expect(clips).toMatchObject([
    { file: 'audio/fold10/100-3-0-0.wav', label: 'dog_bark', source: '100', fold: '10', start: null, end: null },
  ]);
  expect(clips[0].note).toBe('In the background of its recording.');
});

test('RAVDESS and EMO-DB: emotion and speaker from the name', async () => {
  const ravdess = await planOf('ravdess', {
    'Actor_01/03-01-05-02-01-01-01.wav': '',
    'Actor_24/03-02-08-01-02-02-24.wav': '',
    'Actor_24/other.wav': '',
  });
  expect(ravdess.clips.map(({ label, speaker, note }) => [label, speaker, note])).toEqual([
    ['angry', '01', 'Strong intensity.'],
    ['surprised', '24', 'Sung.'],
  ]);
  expect(ravdess.skipped.map(({ file }) => file)).toEqual(['Actor_24/other.wav']);
  const letters = ['W', 'L', 'E', 'A', 'F', 'T', 'N'];
  const emodb = await planOf('emodb', Object.fromEntries(letters.map((letter) => [`wav/03a01${letter}a.wav`, ''])));
  expect(Object.fromEntries(emodb.clips.map(({ file, label }) => [file[9], label]))).toEqual({
    W: 'anger',
    L: 'boredom',
    E: 'disgust',
    A: 'anxiety',
    F: 'happiness',
    T: 'sadness',
    N: 'neutral',
  });
});

test('GTZAN: genres by folder and name', async () => {
  const { clips } = await planOf('gtzan', {
    'genres_original/hiphop/hiphop.00042.wav': '',
    'genres_original/pop/pop.00001.wav': '',
  });
  expect(clips.map(({ label }) => label)).toEqual(['hiphop', 'pop']);
});

test('VoiceBank-DEMAND: both takes of an utterance have one source; the log says which noise', async () => {
  const { clips } = await planOf('voicebank-demand', {
    'clean_trainset_28spk_wav/p226_001.wav': '',
    'noisy_trainset_28spk_wav/p226_001.wav': '',
    'clean_testset_wav/p232_001.wav': '',
    'noisy_testset_wav/p232_001.wav': '',
    'noisy_testset_wav/p232_002.wav': '',
    'log_testset.txt': 'p232_001 bus 17.5\n',
  });
  const facts = clips.map(({ label, speaker, official, source, note }) => [label, speaker, official, source, note]);
  expect(facts.sort()).toEqual([
    ['clean', 'p226', 'train', 'train_28spk p226_001', ''],
    ['clean', 'p232', 'test', 'test p232_001', ''],
    ['noisy', 'p226', 'train', 'train_28spk p226_001', ''],
    ['noisy', 'p232', 'test', 'test p232_001', 'Noise: bus, 17.5 dB SNR.'],
    ['noisy', 'p232', 'test', 'test p232_002', 'Its clean take is not here.'],
  ]);
});
