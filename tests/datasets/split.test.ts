import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importDataset } from '#main/datasets/import.ts';
import type { SplitClip } from '#main/datasets/split/groups.ts';
import { makeSplit } from '#main/datasets/split/split.ts';
import { datasetClips } from '#main/lab/clips.ts';
import { describeSplit, foldsOf, type Part, PARTS, SplitSpec, type SplitSpecInput } from '#shared/domain/split.ts';
import { readingInspect, temporaryLab } from '../support/lab.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

const split = (clips: SplitClip[], spec: SplitSpecInput) => makeSplit(clips, SplitSpec.parse(spec));

const clip = (id: number, more: Partial<SplitClip> = {}): SplitClip => ({
  id,
  label: `c${id % 3}`,
  speaker: null,
  source: null,
  contentHash: `h${id}`,
  official: null,
  fold: null,
  ...more,
});

const many = (count: number, more: (index: number) => Partial<SplitClip> = () => ({})) =>
  Array.from({ length: count }, (_, index) => clip(index + 1, more(index)));

describeShared('real datasets', () => {
  const clipsOf = async (folder: string) => {
    const lab = await temporaryLab();
    const { inspect } = readingInspect();
    const { dataset } = await importDataset(lab, {
      path: sharedPath('data', folder),
      layout: null,
      name: null,
      inspect,
    });
    return datasetClips(lab.store, dataset);
  };

  test('FSDD by its rule: five speakers on both sides, and it is said', async () => {
    const clips = await clipsOf('fsdd');
    expect(split(clips, { by: 'official' }).counts).toEqual({
      train: 2025,
      validation: 225,
      test: 250,
      leaks: 5,
      leakNote: '5 speakers stand in both training and test',
    });
    const george = split(clips, { by: 'speaker', speakers: ['george'] });
    expect(george.counts).toMatchObject({ test: 500, leaks: 0, leakNote: null });
    expect(clips.every(({ id, speaker }) => (george.parts.get(id) === 'test') === (speaker === 'george'))).toBe(true);
  });

  test('ESC-10, of which one fold is nearly all there is', async () => {
    const clips = await clipsOf('esc10');
    expect(Map.groupBy(clips, ({ fold }) => fold)).toMatchObject({ size: 3 });
    const { counts, notes } = split(clips, { by: 'fold', folds: 5, fold: 5 });
    expect(counts).toMatchObject({ test: 2, leaks: 0 });
    expect(notes[0]).toBe('Of the dataset’s 5 folds only 3, 4, 5 are here.');
  });

  test.each([
    ['ravdess', 4],
    ['emodb', 6],
  ])('%s by speakers, none on both sides', async (folder, speakers) => {
    const clips = await clipsOf(folder);
    expect(new Set(clips.map(({ speaker }) => speaker)).size).toBe(speakers);
    expect(split(clips, { by: 'random' }).counts).toMatchObject({ leaks: 0 });
  });

  test('Speech Commands by its lists', async () => {
    const { counts, notes } = split(await clipsOf('speech-commands'), { by: 'official' });
    expect(counts).toEqual({ train: 683, validation: 102, test: 115, leaks: 0, leakNote: null });
    expect(notes).toEqual([]);
  });
});

const randomClips = fc
  .array(
    fc.record({
      label: fc.constantFrom('a', 'b', 'c'),
      speaker: fc.option(fc.constantFrom('s0', 's1', 's2', 's3', 's4', 's5', 's6'), { nil: null, freq: 3 }),
      source: fc.option(fc.constantFrom('f0', 'f1', 'f2', 'f3'), { nil: null, freq: 1 }),
      contentHash: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom('x', 'y') }),
      official: fc.option(fc.constantFrom(...PARTS), { nil: null }),
      fold: fc.constant(null),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((rows) => rows.map((row, index): SplitClip => ({ id: index + 1, ...row })));

const randomSpec = fc.record({
  by: fc.constantFrom('speaker', 'fold', 'random', 'official' as const),
  folds: fc.integer({ min: 2, max: 5 }),
  fold: fc.integer({ min: 1, max: 2 }),
  testFraction: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
  validationFraction: fc.double({ min: 0, max: 0.5, noNaN: true }),
  seed: fc.nat(1000),
  allowLeaks: fc.boolean(),
});

/** What ties two clips together. */
const ties = ({ speaker, source, contentHash }: SplitClip) => [
  `content ${contentHash}`,
  ...(speaker !== null ? [`speaker ${speaker}`] : source !== null ? [`source ${source}`] : []),
];

describe('any clips by any rule', () => {
  test('every clip has one part, test and training are there, counts are right, or the rule is refused', () => {
    fc.assert(
      fc.property(randomClips, randomSpec, (clips, spec) => {
        let made;
        try {
          made = split(clips, spec);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'bad-input' });
          return;
        }
        expect([...made.parts.keys()].sort((a, b) => a - b)).toEqual(clips.map(({ id }) => id));
        const of = (part: Part) => [...made.parts.values()].filter((each) => each === part).length;
        expect(made.counts).toMatchObject({ train: of('train'), validation: of('validation'), test: of('test') });
        expect(of('train')).toBeGreaterThan(0);
        expect(of('test')).toBeGreaterThan(0);
      }),
    );
  });

  test('no tie is torn by a rule of Hark’s own, unless asked; identical content never', () => {
    fc.assert(
      fc.property(
        randomClips,
        randomSpec.filter(({ by }) => by !== 'official'),
        (clips, spec) => {
          let made;
          try {
            made = split(clips, spec);
          } catch {
            return;
          }
          const sides = new Map<string, Set<boolean>>();
          for (const each of clips)
            for (const tie of ties(each)) {
              if (spec.allowLeaks && spec.by !== 'speaker' && !tie.startsWith('content')) continue;
              sides.set(tie, (sides.get(tie) ?? new Set()).add(made.parts.get(each.id) === 'test'));
            }
          expect([...sides.values()].every(({ size }) => size === 1)).toBe(true);
          if (!spec.allowLeaks) expect(made.counts).toMatchObject({ leaks: 0, leakNote: null });
        },
      ),
    );
  });

  test('the order the clips come in changes nothing; the seed may', () => {
    fc.assert(
      fc.property(randomClips, randomSpec, fc.nat(), (clips, spec, turn) => {
        const turned = [...clips.slice(turn % clips.length), ...clips.slice(0, turn % clips.length)].reverse();
        const outcome = (some: SplitClip[]) => {
          try {
            return [...split(some, spec).parts].sort(([a], [b]) => a - b);
          } catch (error) {
            return (error as Error).message;
          }
        };
        expect(outcome(turned)).toEqual(outcome(clips));
      }),
    );
    const clips = many(100);
    expect(split(clips, { by: 'random', seed: 1 }).parts).not.toEqual(split(clips, { by: 'random', seed: 2 }).parts);
  });

  test('folds: every clip is tested in exactly one', () => {
    fc.assert(
      fc.property(randomClips, fc.integer({ min: 2, max: 6 }), fc.nat(9), (clips, folds, seed) => {
        const tested: number[] = [];
        for (let fold = 1; fold <= folds; fold++) {
          let made;
          try {
            made = split(clips, { by: 'fold', folds, fold, seed });
          } catch {
            return;
          }
          for (const [id, part] of made.parts) if (part === 'test') tested.push(id);
        }
        expect(tested.sort((a, b) => a - b)).toEqual(clips.map(({ id }) => id));
      }),
    );
  });

  test('without ties each class is divided to within two clips, and all to within one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 300 }), fc.double({ min: 0.1, max: 0.5, noNaN: true }), (count, share) => {
        const clips = many(count);
        const { parts } = split(clips, { by: 'random', testFraction: share, validationFraction: 0 });
        for (const label of ['c0', 'c1', 'c2']) {
          const ours = clips.filter((each) => each.label === label);
          const test = ours.filter(({ id }) => parts.get(id) === 'test').length;
          expect(Math.abs(test - share * ours.length)).toBeLessThan(2);
        }
        const tested = [...parts.values()].filter((part) => part === 'test').length;
        expect(Math.abs(tested - share * count)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('folds of the dataset’s own', () => {
  const folded = (names: (string | null)[]) =>
    many(100, (index) => ({
      fold: names[index % names.length],
      source: `f${Math.floor(index / 2)}`,
      label: `c${Math.floor(index / 5) % 3}`,
    }));
  const five = folded(['1', '2', '3', '4', '5']);

  test('where as many are asked for, the test part is one of them as it is, whatever it leaks', () => {
    for (let fold = 1; fold <= 5; fold++) {
      const { parts, spec, counts, notes } = split(five, { by: 'fold', folds: 5, fold });
      expect(five.every((each) => (parts.get(each.id) === 'test') === (each.fold === String(fold)))).toBe(true);
      expect(describeSplit(spec)).toBe(`fold ${fold} of 5 of the dataset`);
      expect(counts.leaks).toBeGreaterThan(0);
      expect(notes).toEqual([]);
    }
  });

  test('any other number is dealt, with sources kept whole', () => {
    const { spec, counts } = split(five, { by: 'fold', folds: 4 });
    expect(describeSplit(spec)).toBe('fold 1 of 4, seed 0');
    expect(counts.leaks).toBe(0);
    expect(split(many(50), { by: 'fold', folds: 5, ofDataset: true }).spec.ofDataset).toBe(false);
  });

  test('a copy that lacks some keeps their numbers and says so', () => {
    const some = folded(['3', '4', '5']);
    const { notes, spec } = split(some, { by: 'fold', folds: 5, fold: 4 });
    expect(notes).toEqual(['Of the dataset’s 5 folds only 3, 4, 5 are here.']);
    expect(describeSplit(spec)).toBe('fold 4 of 5 of the dataset');
    expect(() => split(some, { by: 'fold', folds: 5, fold: 2 })).toThrow(
      expect.objectContaining({ kind: 'bad-input', where: 'split.fold', remedy: 'It has clips of the folds 3, 4, 5.' }),
    );
  });

  test('clips in no fold are for training, and counted', () => {
    const clips = folded(['1', '2', null]);
    const { parts, notes } = split(clips, { by: 'fold', folds: 2, fold: 2 });
    expect(notes).toEqual(['33 clips are in no fold of the dataset and are for training.']);
    expect(clips.filter((each) => each.fold === null && parts.get(each.id) === 'test')).toEqual([]);
  });

  test('names in the order people count, numbers from 1 or not', () => {
    expect(foldsOf(['fold10', 'fold2', 'fold1'])).toEqual(['fold1', 'fold2', 'fold10']);
    expect(foldsOf(['0', '1', '2'])).toEqual(['0', '1', '2']);
    expect(foldsOf(['4', '2'])).toEqual(['1', '2', '3', '4']);
    expect(foldsOf([])).toEqual([]);
  });
});

describe('validation', () => {
  test('where official lists keep speakers apart, it is of speakers of its own', () => {
    const clips = many(300, (index) => ({ speaker: `s${index % 10}`, official: index % 10 < 2 ? 'test' : 'train' }));
    const { parts, counts } = split(clips, { by: 'official' });
    const of = (part: Part) => new Set(clips.filter(({ id }) => parts.get(id) === part).map(({ speaker }) => speaker));
    expect(counts).toMatchObject({ validation: 30, test: 60, leaks: 0 });
    expect([...of('validation')].filter((speaker) => of('train').has(speaker))).toEqual([]);
  });

  test('where two speakers are left none, it is by chance within what is trained on', () => {
    const clips = many(100, (index) => ({ speaker: index % 2 ? 'ann' : 'ben' }));
    expect(split(clips, { by: 'speaker', speakers: ['ann'] }).counts).toMatchObject({
      train: 45,
      validation: 5,
      leaks: 0,
    });
  });

  test('has its share also where no class alone is large enough for one', () => {
    const clips = many(120, (index) => ({ label: `c${index % 40}` }));
    const { test, validation } = split(clips, { by: 'random', testFraction: 0.1 }).counts;
    expect(Math.abs(test - 12)).toBeLessThanOrEqual(4);
    expect(Math.abs(validation - 11)).toBeLessThanOrEqual(4);
  });

  test('never takes a class’s only training clips', () => {
    const clips = [...many(40), clip(41, { label: 'rare' })];
    for (let seed = 0; seed < 20; seed++)
      expect(split(clips, { by: 'random', testFraction: 0.5, validationFraction: 0.5, seed }).parts.get(41)).toBe(
        'train',
      );
  });

  test('is left out when it is not wanted', () => {
    expect(split(many(50), { by: 'random', validationFraction: 0 }).counts).toMatchObject({ validation: 0, test: 10 });
  });
});

describe('what leaks is said', () => {
  test('identical recordings and sources on both sides of official lists', () => {
    const clips = [
      clip(1, { official: 'train', contentHash: 'same' }),
      clip(2, { official: 'test', contentHash: 'same' }),
      clip(3, { official: 'train', source: 'long.wav' }),
      clip(4, { official: 'test', source: 'long.wav' }),
      clip(5, { official: 'test', speaker: 'ann', contentHash: 'both' }),
      clip(6, { official: 'train', speaker: 'ann', contentHash: 'both' }),
    ];
    expect(split(clips, { by: 'official', validationFraction: 0 }).counts).toMatchObject({
      leaks: 3,
      leakNote: '1 speaker and 1 source file and 1 recording stand in both training and test',
    });
  });

  test('a class only the test part has', () => {
    const clips = many(20, (index) => ({ official: index < 5 ? 'test' : 'train', label: index === 0 ? 'new' : 'old' }));
    expect(split(clips, { by: 'official' }).notes).toEqual(['new: no training clips, so no network can learn it.']);
  });
});

test.each<[string, SplitClip[], SplitSpecInput, RegExp, string]>([
  ['no clips', [], { by: 'random' }, /no clips/, 'dataset'],
  ['no lists', many(9), { by: 'official' }, /brings no official lists/, 'split.by'],
  ['lists without a test part', many(9, () => ({ official: 'train' })), { by: 'official' }, /name no test/, 'split.by'],
  ['all is test', many(9, () => ({ official: 'test' })), { by: 'official' }, /Nothing is left to train on/, 'split'],
  ['unknown speakers', many(9), { by: 'speaker' }, /speakers of this dataset are not known/, 'split.by'],
  [
    'a stranger',
    many(9, () => ({ speaker: 'ann' })),
    { by: 'speaker', speakers: ['bob'] },
    /no speaker "bob"/,
    'split.speakers',
  ],
  [
    'all speakers held out',
    many(9, () => ({ speaker: 'ann' })),
    { by: 'speaker', speakers: ['ann'] },
    /Nothing is left/,
    'split',
  ],
  ['one speaker', many(9, () => ({ speaker: 'ann' })), { by: 'random' }, /2 groups are needed/, 'split'],
  ['a fold too many', many(9), { by: 'fold', folds: 3, fold: 4 }, /no fold 4 of 3/, 'split.fold'],
  ['more folds than groups', many(9), { by: 'fold', folds: 10 }, /10 groups are needed/, 'split'],
])('%s', (_name, clips, spec, message, where) => {
  expect(() => split(clips, spec)).toThrow(
    expect.objectContaining({ kind: 'bad-input', message: expect.stringMatching(message), where }),
  );
});
