import { HarkError } from '#shared/domain/errors.ts';
import { foldsOf, ownFolds, type Part, sortFolds, type SplitCounts, type SplitSpec } from '#shared/domain/split.ts';
import { Random } from '#shared/math/random.ts';
import { deal, keepClassesIn } from './deal.ts';
import { type Group, groupClips, ownerOf, type SplitClip } from './groups.ts';
import { findLeaks } from './leaks.ts';

export interface Split {
  /** The rule as it was kept. */
  spec: SplitSpec;
  /** Each clip's part, by its id. */
  parts: Map<number, Part>;
  counts: SplitCounts;
  /** What a person should know of it, in sentences. */
  notes: string[];
}

/** What a rule makes of the clips: test, what the lists name as validation, and the rest. */
interface Divided {
  test: SplitClip[];
  validation: SplitClip[];
  rest: SplitClip[];
  /** Whether groups are kept whole between training and validation too. */
  groups: boolean;
}

const rules: Record<SplitSpec['by'], (clips: SplitClip[], spec: SplitSpec) => Divided> = {
  official: byLists,
  speaker: bySpeakers,
  fold: byFolds,
  random: atRandom,
};

/**
 * Divides clips by a rule (see `SplitSpec`); the same clips, spec and seed always give the same parts, whatever the order
 * the clips come in.
 * @throws HarkError `bad-input` when the rule cannot be kept with these clips
 */
export function makeSplit(clips: readonly SplitClip[], asked: SplitSpec): Split {
  if (clips.length === 0) throw bad('The dataset has no clips.', 'dataset');
  const spec = ownFolds(asked, foldNames(clips));
  const sorted = [...clips].sort((a, b) => a.id - b.id);
  const divided = rules[spec.by](sorted, spec);
  const { train, validation } = takeValidation(divided, spec);
  if (divided.test.length === 0) throw bad('The test part is empty.', 'split');
  if (train.length === 0) throw bad('Nothing is left to train on.', 'split', 'Hold out less for testing.');
  const parts = new Map<number, Part>();
  const named: [Part, SplitClip[]][] = [
    ['train', train],
    ['validation', validation],
    ['test', divided.test],
  ];
  for (const [part, members] of named) for (const clip of members) parts.set(clip.id, part);
  return {
    spec,
    parts,
    counts: {
      train: train.length,
      validation: validation.length,
      test: divided.test.length,
      ...findLeaks(sorted, (clip) => parts.get(clip.id)!),
    },
    notes: [...notesOnFolds(sorted, spec), ...notesOn(train, validation, divided.test, spec)],
  };
}

/** The lists the dataset came with; what they do not name is for training. */
function byLists(clips: SplitClip[]): Divided {
  if (!clips.some((clip) => clip.official === 'test'))
    throw bad(
      clips.some((clip) => clip.official)
        ? 'The official lists name no test clips.'
        : 'This dataset brings no official lists.',
      'split.by',
      'Split it by speaker, by folds or at random.',
    );
  const of = (part: Part) => clips.filter((clip) => (clip.official ?? 'train') === part);
  const [test, rest] = [of('test'), of('train')];
  const owners = new Set<string | null>(test.map(ownerOf).filter((owner) => owner !== null));
  // Where the lists keep speakers apart, validation does so too; where they mix them, it mixes them in the same way.
  return { test, validation: of('validation'), rest, groups: !rest.some((clip) => owners.has(ownerOf(clip))) };
}

/** The speakers named are held out; if none is, as many as the test fraction asks. */
function bySpeakers(clips: SplitClip[], spec: SplitSpec): Divided {
  const known = new Set(clips.map((clip) => clip.speaker).filter((speaker) => speaker !== null));
  if (known.size === 0)
    throw bad('The speakers of this dataset are not known.', 'split.by', 'Split it by folds or at random.');
  const unknown = spec.speakers.find((speaker) => !known.has(speaker));
  if (unknown !== undefined)
    throw bad(
      `There is no speaker "${unknown}" in this dataset.`,
      'split.speakers',
      `Its speakers are ${[...known].sort().slice(0, 20).join(', ')}${known.size > 20 ? ', ...' : ''}.`,
    );
  const groups = groupClips(clips);
  const spoken = groups.filter((group) => group.clips.some((clip) => clip.speaker !== null));
  if (spec.speakers.length > 0) {
    const held = new Set(spec.speakers);
    const test = spoken.filter((group) => group.clips.some((clip) => held.has(clip.speaker ?? '')));
    return divide(groups, test);
  }
  needGroups(spoken, 2, 'speakers');
  return divide(groups, takeTest(spoken, spec));
}

/** One fold of several is the test part; every clip is in exactly one fold. */
function byFolds(clips: SplitClip[], spec: SplitSpec): Divided {
  if (spec.fold > spec.folds)
    throw bad(`There is no fold ${spec.fold} of ${spec.folds}.`, 'split.fold', `Choose one from 1 to ${spec.folds}.`);
  if (spec.ofDataset) return byOwnFolds(clips, spec);
  const groups = groupClips(clips, spec.allowLeaks);
  needGroups(groups, spec.folds, 'groups');
  const shares = Array.from({ length: spec.folds }, () => 1 / spec.folds);
  return divide(groups, deal(groups, shares, new Random(spec.seed, 'folds'))[spec.fold - 1], !spec.allowLeaks);
}

/** One of the dataset's own folds; a clip in none of them is for training. */
function byOwnFolds(clips: SplitClip[], spec: SplitSpec): Divided {
  const name = foldsOf(foldNames(clips))[spec.fold - 1];
  const test = clips.filter((clip) => clip.fold === name);
  if (test.length === 0)
    throw bad(
      `There are no clips of the dataset’s fold ${name} here.`,
      'split.fold',
      `It has clips of the folds ${sortFolds(foldNames(clips)).join(', ')}.`,
    );
  const owners = new Set<string | null>(test.map(ownerOf).filter((owner) => owner !== null));
  const rest = clips.filter((clip) => clip.fold !== name);
  return { test, validation: [], rest, groups: !rest.some((clip) => owners.has(ownerOf(clip))) };
}

/** By chance, each class in about equal shares. */
function atRandom(clips: SplitClip[], spec: SplitSpec): Divided {
  const groups = groupClips(clips, spec.allowLeaks);
  needGroups(groups, 2, 'groups');
  return divide(groups, takeTest(groups, spec), !spec.allowLeaks);
}

function takeTest(groups: Group[], spec: SplitSpec): Group[] {
  const [test, rest] = deal(groups, [spec.testFraction, 1 - spec.testFraction], new Random(spec.seed, 'test'));
  keepClassesIn(rest, test);
  return test;
}

function divide(groups: Group[], test: Group[], keepGroups = true): Divided {
  const held = new Set(test);
  const rest = groups.filter((group) => !held.has(group));
  const clipsOf = (some: Group[]) => some.flatMap((group) => group.clips);
  return { test: clipsOf(test), validation: [], rest: clipsOf(rest), groups: keepGroups };
}

/**
 * Takes validation from what is not test, by whole groups where there are several and training keeps all its classes,
 * else at random; none where the lists name it.
 */
function takeValidation(
  { validation, rest, groups }: Divided,
  spec: SplitSpec,
): { train: SplitClip[]; validation: SplitClip[] } {
  if (validation.length > 0 || spec.validationFraction === 0) return { train: rest, validation };
  const classes = new Set(rest.map((clip) => clip.label)).size;
  for (const apart of groups ? [false, true] : [true]) {
    const all = groupClips(rest, apart);
    if (all.length < 2) continue;
    const shares = [spec.validationFraction, 1 - spec.validationFraction];
    const [taken, kept] = deal(all, shares, new Random(spec.seed, 'validation'));
    keepClassesIn(kept, taken);
    const train = kept.flatMap((group) => group.clips);
    if (!apart && new Set(train.map((clip) => clip.label)).size < classes) continue;
    return { train, validation: taken.flatMap((group) => group.clips) };
  }
  return { train: rest, validation };
}

function needGroups(groups: Group[], least: number, words: string): void {
  if (groups.length >= least) return;
  throw bad(
    `${least} ${words} are needed that share no speaker, source file or recording; this dataset has ${groups.length}.`,
    'split',
    'Hold out less, or allow a speaker to be on both sides (it will be said beside every number).',
  );
}

function foldNames(clips: readonly SplitClip[]): Set<string> {
  return new Set(clips.map((clip) => clip.fold).filter((fold) => fold !== null));
}

/** What is odd about the dataset's own folds. */
function notesOnFolds(clips: SplitClip[], spec: SplitSpec): string[] {
  if (!spec.ofDataset) return [];
  const there = sortFolds(foldNames(clips));
  const outside = clips.filter((clip) => clip.fold === null).length;
  return [
    ...(there.length < spec.folds
      ? [`Of the dataset’s ${spec.folds} folds only ${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} here.`]
      : []),
    ...(outside > 0 ? [`${outside} clips are in no fold of the dataset and are for training.`] : []),
  ];
}

function notesOn(train: SplitClip[], validation: SplitClip[], test: SplitClip[], spec: SplitSpec): string[] {
  const labels = (clips: SplitClip[]) => new Set(clips.map((clip) => clip.label));
  const [trained, tested] = [labels(train), labels(test)];
  const say = (names: string[], words: string) =>
    names.length > 0 ? [`${names.sort().slice(0, 10).join(', ')}${names.length > 10 ? ', ...' : ''}: ${words}`] : [];
  return [
    ...say(
      [...tested].filter((label) => !trained.has(label)),
      'no training clips, so no network can learn it.',
    ),
    ...say(
      [...trained].filter((label) => !tested.has(label)),
      'no test clips.',
    ),
    ...(validation.length === 0 && spec.validationFraction > 0
      ? ['There is no validation part: too few clips are left for one.']
      : []),
  ];
}

function bad(message: string, where: string, remedy?: string): HarkError {
  return new HarkError('bad-input', message, { where, remedy });
}
