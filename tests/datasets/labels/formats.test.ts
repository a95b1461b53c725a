import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '#main/datasets/labels/files.ts';
import { fitTier } from '#main/datasets/labels/fit.ts';
import type { ReadLabels, ReadRegion, WrittenClip } from '#main/datasets/labels/format.ts';
import { labelFormat, labelFormats, recogniseLabels } from '#main/datasets/labels/index.ts';
import type { NewTier } from '#main/lab/importing-regions.ts';
import type { LabelFormat } from '#shared/domain/region.ts';
import { describeShared, sharedPath } from '../../support/shared.ts';

const SOUND = { sampleRate: 16_000, duration: 4 };
const read = (format: LabelFormat, text: string) => labelFormat(format).read(text, { tier: 'labels', sound: SOUND });

/** What was read, without lines: [start, end, label], with Hz and note where there are any. */
const plain = ({ clips }: ReadLabels) =>
  clips.map(({ file, label, tiers }) => ({
    ...{ file, label },
    tiers: tiers.map(({ name, kind, regions }) => [name, kind, regions.map(short)]),
  }));
const short = ({ start, end, fMin, fMax, label, note }: ReadRegion) => [
  ...[start, end, label],
  ...(fMin === null && note === '' ? [] : [fMin, fMax, note]),
];

const LONG = `File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0 
xmax = 2.3 
tiers? <exists> 
size = 2 
item []: 
    item [1]:
        class = "IntervalTier" 
        name = "Mary" 
        xmin = 0 
        xmax = 2.3 
        intervals: size = 2 
        intervals [1]:
            xmin = 0 
            xmax = 1.5 
            text = "she said ""no"" 12" 
        intervals [2]:
            xmin = 1.5 
            xmax = 2.3 
            text = "" 
    item [2]:
        class = "TextTier" 
        name = "bell" 
        xmin = 0 
        xmax = 2.3 
        points: size = 1 
        points [1]:
            number = 0.25 
            mark = "d\\ae ing!" 
`;
const SHORT = `File type = "ooTextFile"
Object class = "TextGrid"
! written by hand, 3 "lines"
0
2.3
<exists>
2
"IntervalTier"
"Mary"
0
2.3
2
0
1.5
"she said ""no"" 12"
1.5
2.3
""
"TextTier"
"bell"
0
2.3
1
0.25
"d\\ae ing!"
`;
const GRID = [
  {
    ...{ file: null, label: null },
    tiers: [
      ['Mary', 'intervals', [[0, 1.5, 'she said "no" 12'], [1.5, 2.3, '']]],
      ['bell', 'points', [[0.25, 0.25, 'd\\ae ing!']]],
    ],
  },
]; // prettier-ignore

const STUDIO = JSON.stringify([
  {
    id: 1,
    data: { audio: '/data/upload/3/0a1b2c3d-dog.wav' },
    annotations: [
      { was_cancelled: true, result: [] },
      {
        result: [
          { id: 'a', type: 'labels', from_name: 'events', to_name: 'audio', original_length: 4, value: { start: 0.5, end: 1, channel: 0, labels: ['bark'] } },
          { id: 'a', type: 'textarea', from_name: 'words', to_name: 'audio', value: { start: 0.5, end: 1, text: ['near'] } },
          { type: 'choices', from_name: 'kind', to_name: 'audio', value: { choices: ['dog'] } },
          { type: 'rectangle', from_name: 'x', to_name: 'image', value: { x: 1 } },
        ],
      },
    ],
    predictions: [{ result: [] }],
  },
  { data: { audio: '/data/local-files/?d=pets/big%20cat.wav' }, predictions: [{ result: [{ type: 'labels', from_name: 'events', value: { start: 0, end: 2, labels: ['purr'] } }] }] },
  { data: {} },
]); // prettier-ignore

describe('files as other programs write them', () => {
  test.each([
    ['long', LONG],
    ['short', SHORT],
    ['with Windows’ line ends', LONG.replaceAll('\n', '\r\n')],
  ])('a TextGrid, %s', (_name, text) => {
    expect(recogniseLabels(text, 'a.TextGrid')?.format).toBe('textgrid');
    const labels = read('textgrid', text);
    expect(plain(labels)).toEqual(GRID);
    expect(labels.problems).toEqual([]);
  });

  test('text in each of the encodings Praat writes', () => {
    const umlaut = LONG.replace('she', 'schön');
    const utf16 = Buffer.from(`\uFEFF${umlaut}`, 'utf16le');
    const encodings = {
      utf8: Buffer.from(umlaut),
      marked: Buffer.from(`\uFEFF${umlaut}`),
      utf16le: utf16,
      utf16be: Buffer.from(utf16).swap16(),
      latin: Buffer.from(umlaut, 'latin1'),
    };
    for (const bytes of Object.values(encodings)) expect(decodeText(bytes)).toBe(umlaut);
  });

  test('an Audacity label track with frequencies', () => {
    const track =
      '0.500000\t1.250000\tbark\n\\\t300.000000\t4000.000000\n2.000000\t2.000000\tclick\n\\\t-1.000000\t-1.000000\n2,5\t3\t\n';
    expect(recogniseLabels(track, 'a.txt')?.format).toBe('audacity');
    const labels = read('audacity', `${track}\\\tx\ty\nrubbish\n`);
    expect(plain(labels)[0].tiers).toEqual([
      ['labels', 'regions', [[0.5, 1.25, 'bark', 300, 4000, ''], [2, 2, 'click'], [2.5, 3, '']]],
    ]); // prettier-ignore
    expect(labels.problems.map(({ line }) => line)).toEqual([6, 7]);
  });

  test('TIMIT’s phones and words, in samples', () => {
    expect(recogniseLabels('0 800 h#\n', 'x.PHN')?.format).toBe('timit-phn');
    expect(recogniseLabels('0 800 h#\n', 'x.wrd')?.format).toBe('timit-wrd');
    const labels = read('timit-phn', '0 800 h#\n800 1600\n800 1600 sh\r\n\n');
    expect(plain(labels)[0].tiers).toEqual([['phones', 'intervals', [[0, 0.05, 'h#'], [0.05, 0.1, 'sh']]]]); // prettier-ignore
    expect(labels.problems).toEqual([
      { line: 2, reason: 'The line is not two sample numbers and a label. It was left out.' },
    ]);
  });

  test('Label Studio’s tasks: the last annotation, else predictions; choices, texts of regions', () => {
    expect(recogniseLabels(STUDIO, 'export.json')?.format).toBe('label-studio');
    const labels = read('label-studio', STUDIO);
    expect(plain(labels)).toEqual([
      {
        ...{ file: '/data/upload/3/0a1b2c3d-dog.wav', label: 'dog' },
        tiers: [['events', 'regions', [[0.5, 1, 'bark', null, null, 'near']]]],
      },
      { file: 'pets/big cat.wav', label: null, tiers: [['events', 'regions', [[0, 2, 'purr']]]] },
    ]);
    expect(labels.problems.map(({ reason }) => reason)).toEqual([
      'Task 1: a result of "x" has neither times nor a choice and was left out.',
      'Task 3 is no task with data.audio. It was left out.',
    ]);
  });

  test('RTTM: speakers, with comments and other types passed over', () => {
    const text =
      ';; made by hand\nSPKR-INFO a 1 <NA> <NA> <NA> unknown ann <NA> <NA>\nSPEAKER a 1 0.50 1.25 <NA> <NA> ann <NA> <NA>\nSPEAKER b 1 0 2 <NA> <NA> <NA> <NA>\nSPEAKER b 1 x 2 <NA> <NA> ben <NA> <NA>\n';
    expect(recogniseLabels(text, 'turns.txt')?.format).toBe('rttm');
    const labels = read('rttm', text);
    expect(plain(labels)).toEqual([
      { file: 'a', label: null, tiers: [['speakers', 'regions', [[0.5, 1.75, 'ann']]]] },
      { file: 'b', label: null, tiers: [['speakers', 'regions', [[0, 2, '']]]] },
    ]);
    expect(labels.problems.map(({ line }) => line)).toEqual([5, 2]);
  });

  test('a table: columns in any order, labels of whole clips, rows that are wrong by their lines', () => {
    const text =
      'Label,Start,End,File,Tier,fmin,fmax\nbark,0.5,1,a.wav,events,300,4000\ndog,,,a.wav,,,\nx,1,,a.wav,taps,,\nx,one,2,a.wav,,,\nx,1,2,,,,\n';
    expect(recogniseLabels(text, 't.csv')?.format).toBe('csv');
    const labels = read('csv', text);
    expect(plain(labels)[0]).toEqual({
      ...{ file: 'a.wav', label: 'dog' },
      tiers: [
        ['events', 'regions', [[0.5, 1, 'bark', 300, 4000, '']]],
        ['taps', 'regions', [[1, 1, 'x']]],
      ],
    });
    expect(labels.problems.map(({ line }) => line)).toEqual([5, 6]);
  });

  test('what is none of them is not recognised', () => {
    for (const [text, name] of [['', 'a.txt'], ['hello\tworld\n', 'a.txt'], ['{"a": 1}', 'a.json'], ['a,b\n1,2\n', 'a.csv'], ['x y z\n', 'a.phn']])
      expect(recogniseLabels(text, name)).toBe(null); // prettier-ignore
  });
});

describe('damage', () => {
  test('a TextGrid that ends early keeps what was before', () => {
    const labels = read(
      'textgrid',
      LONG.slice(0, LONG.indexOf('item [2]')) + 'item [2]:\n class = "TextTier"\n name = 7',
    );
    expect(labels.clips[0].tiers[0].regions).toHaveLength(2);
    expect(labels.problems).toMatchObject([
      { reason: expect.stringContaining('stands where the name of a tier should be') },
    ]);
    expect(() => read('textgrid', 'File type = "ooTextFile"\n"Sound"')).toThrow(/line 2/);
  });

  test('nothing makes a reader fail but with words', () => {
    const texts = [
      LONG,
      SHORT,
      STUDIO,
      '0 1 a\n',
      '0\t1\ta\n\\\t1\t2\n',
      'start,end,label\n0,1,a\n',
      'SPEAKER a 1 0 1 <NA> <NA> b\n',
    ];
    const damaged = fc
      .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(30), fc.string({ maxLength: 5, unit: 'binary' }))
      .map(([text, at, gone, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + gone));
    fc.assert(
      fc.property(damaged, fc.constantFrom(...labelFormats), (text, format) => {
        try {
          for (const { tiers } of format.read(text, { tier: 't', sound: SOUND }).clips)
            for (const tier of tiers)
              for (const { start, end } of fitTier(tier, SOUND.duration).tier.regions)
                expect(0 <= start && start <= end && end <= SOUND.duration).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'bad-input' });
        }
      }),
      { numRuns: 500 },
    );
  });

  test('intervals are made to follow one another, and every change is told by its line', () => {
    const region = (line: number, start: number, end: number, label: string): ReadRegion => ({
      ...{ line, start, end, label, fMin: null, fMax: null, note: '' },
    });
    const regions = [region(1, 0.5, 1, 'a'), region(2, 0.9, 2, 'b'), region(3, 1.5, 1.8, 'c'), region(4, 3, 9, 'd'), region(5, 5, 6, 'e'), region(6, 2, 1, 'f')]; // prettier-ignore
    const { tier, problems } = fitTier({ name: 't', kind: 'intervals', regions }, 4);
    expect(tier.regions.map(({ start, end, label }) => [start, end, label])).toEqual([
      [0, 0.5, ''],
      [0.5, 1, 'a'],
      [1, 2, 'b'],
      [2, 3, ''],
      [3, 4, 'd'],
    ]);
    expect(problems.map(({ line }) => line).sort()).toEqual([2, 3, 4, 5, 6]);
  });
});

/** Times in whole milliseconds: all formats hold those. */
const regionsOf = (format: LabelFormat) => {
  const { frequencies, notes } = labelFormat(format).holds;
  const words = fc.stringMatching(/^[a-zäöü"\\!,;#0-9]{1,8}$/);
  return fc.uniqueArray(fc.integer({ min: 0, max: 4000 }), { minLength: 2, maxLength: 12 }).chain((times) => {
    const sorted = times.sort((a, b) => a - b);
    const spans = sorted.slice(1).map((end, index) => [sorted[index] / 1000, end / 1000]);
    return fc.tuple(
      ...spans.map(([start, end]) =>
        fc.record({
          ...{ start: fc.constant(start), end: fc.constant(end), label: words },
          box: frequencies ? fc.boolean() : fc.constant(false),
          note: notes ? fc.oneof(fc.constant(''), words) : fc.constant(''),
        }),
      ),
    );
  });
};

describe('what is written is read again as it was', () => {
  test.each(labelFormats.map(({ format }) => format))('%s', (format) => {
    const { write, holds, tier = 'labels' } = labelFormat(format);
    const kind: NewTier['kind'] = holds.overlaps ? 'regions' : 'intervals';
    fc.assert(
      fc.property(regionsOf(format), (made) => {
        const regions = made.map(({ box, ...region }) => ({
          ...region,
          fMin: box ? 250 : null,
          fMax: box ? 1000.5 : null,
        }));
        const clip: WrittenClip = { ...SOUND, file: 'dir/a.wav', label: 'dog', tiers: [{ name: tier, kind, regions }] };
        const labels = read(format, write([clip]));
        expect(labels.problems).toEqual([]);
        expect(labels.clips[0].label).toBe(holds.clipLabels ? 'dog' : null);
        const back = labels.clips[0].tiers[0];
        expect([back.name, back.kind]).toEqual([tier, kind]);
        const named = back.regions.filter(({ label }) => label !== '');
        expect(named.map(({ label, fMin, fMax, note }) => [label, fMin, fMax, note])).toEqual(
          regions.map(({ label, fMin, fMax, note }) => [label, fMin, fMax, note]),
        );
        named.forEach(({ start, end }, index) => {
          expect(start).toBeCloseTo(regions[index].start, 6);
          expect(end).toBeCloseTo(regions[index].end, 6);
        });
      }),
    );
  });

  test('a TextGrid and a table to the last digit', () => {
    const start = 1 / 3;
    const region = { start, end: Math.SQRT2, fMin: null, fMax: null, label: 'x', note: '' };
    for (const format of ['textgrid', 'csv'] as const) {
      const tiers: NewTier[] = [{ name: 't', kind: 'intervals', regions: [region] }];
      const back = read(format, labelFormat(format).write([{ ...SOUND, file: 'a.wav', label: 'y', tiers }]));
      const found = back.clips[0].tiers[0].regions.find(({ label }) => label === 'x');
      expect([found?.start, found?.end]).toEqual([start, Math.SQRT2]);
    }
  });
});

describeShared('real .phn files', () => {
  test('are written back byte for byte, all 96', () => {
    const root = sharedPath('data', 'phones-emodb');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.phn'));
    expect(files).toHaveLength(96);
    const { read: readPhones, write } = labelFormat('timit-phn');
    for (const file of files) {
      const text = readFileSync(path.join(root, file), 'utf8');
      const { clips, problems } = readPhones(text, { tier: '', sound: SOUND });
      const { tier, problems: more } = fitTier(clips[0].tiers[0], 1000);
      expect([...problems, ...more]).toEqual([]);
      const regions = tier.regions.filter(({ label }) => label !== '');
      expect(write([{ ...SOUND, file, label: '', tiers: [{ ...tier, regions }] }])).toBe(text.replace(/\n?$/, '\n'));
    }
  });
});
