import { z } from 'zod';

export const PARTS = ['train', 'validation', 'test'] as const;
export type Part = (typeof PARTS)[number];

export const SPLIT_RULES = ['official', 'speaker', 'fold', 'random'] as const;

/**
 * By which rule clips become training, validation and test data.
 * - `official`: the lists or file-name rule the dataset came with; where it names no validation part, one is taken from training.
 * - `speaker`: `speakers` (or, if none is named, as many as `testFraction` asks) are held out for testing.
 * - `fold`: fold `fold` of `folds` (counted from 1) is the test part; groups stay whole. Where the dataset brings that many folds
 *   itself, they are its own (`ofDataset`), as they are.
 * - `random`: stratified by class.
 * A group (one speaker; where speakers are unknown, one source file; always: identical content) never falls on both
 * sides, unless `allowLeaks`. `official` and a dataset's own folds are kept whatever they leak; what leaks is counted and said.
 */
export const SplitSpec = z.strictObject({
  version: z.literal(1).default(1),
  by: z.enum(SPLIT_RULES),
  speakers: z.array(z.string()).default([]),
  folds: z.number().int().min(2).max(100).default(5),
  fold: z.number().int().min(1).default(1),
  /** The folds are the dataset's own: so it is wherever `folds` is their number (see `ownFolds`). */
  ofDataset: z.boolean().default(false),
  testFraction: z.number().positive().max(0.9).default(0.2),
  /** Share of what is not test that goes to validation. */
  validationFraction: z.number().min(0).max(0.9).default(0.1),
  seed: z.number().int().min(0).max(0xffff_ffff).default(0),
  allowLeaks: z.boolean().default(false),
});
export type SplitSpec = z.infer<typeof SplitSpec>;
export type SplitSpecInput = z.input<typeof SplitSpec>;

/** Names of folds in the order people write them: "2" before "10". */
export function sortFolds(names: Iterable<string>): string[] {
  return [...new Set(names)].sort(
    (a, b) => a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : Number(a > b)),
  );
}

/**
 * All folds of a dataset that has clips in these: fold k is the k-th. Folds numbered from 1 keep their numbers, also where a copy
 * of the dataset lacks some of them (3, 4 and 5 are folds of 5).
 */
export function foldsOf(names: Iterable<string>): string[] {
  const there = sortFolds(names);
  const numbered = there.every((name) => /^[1-9]\d?$/.test(name));
  return numbered ? Array.from({ length: Number(there.at(-1) ?? 0) }, (_, index) => String(index + 1)) : there;
}

/** The rule on a dataset with these folds: as many folds as it brings are its own, any other number Hark deals. */
export function ownFolds(spec: SplitSpec, names: Iterable<string>): SplitSpec {
  return { ...spec, ofDataset: spec.by === 'fold' && foldsOf(names).length === spec.folds };
}

/** How many clips each part holds, and how many groups stand on more than one side. */
export const SplitCounts = z.object({
  train: z.number().int(),
  validation: z.number().int(),
  test: z.number().int(),
  /** Speakers (or source files, or identical recordings) with clips both in the test part and outside it. */
  leaks: z.number().int(),
  /** What leaks, in words for the screen; null when nothing does. */
  leakNote: z.string().nullable(),
});
export type SplitCounts = z.infer<typeof SplitCounts>;

/** The rule in words, as it stands beside every number: "official split", "unseen speaker: theo". */
export function describeSplit(spec: SplitSpec): string {
  const words = {
    official: () => 'official split',
    speaker: () =>
      spec.speakers.length > 0
        ? `unseen speaker${spec.speakers.length > 1 ? 's' : ''}: ${spec.speakers.join(', ')}`
        : `unseen speakers, seed ${spec.seed}`,
    fold: () => `fold ${spec.fold} of ${spec.folds}${spec.ofDataset ? ' of the dataset' : `, seed ${spec.seed}`}`,
    random: () => `stratified random, seed ${spec.seed}${spec.allowLeaks ? ', speakers mixed' : ''}`,
  };
  return words[spec.by]();
}
