import type { CellSummary } from '#shared/domain/comparison.ts';
import type { Advice } from '#shared/domain/sweep.ts';
import type { ComparisonEvidence, Evidence } from './evidence.ts';

/** A question and how it is answered: null where it does not arise. */
export type Rule = (evidence: Evidence) => Advice | null;

/** Pieces of evidence shown at most; how many there are is said. */
export const MOST_EVIDENCE = 6;

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
export const points = (share: number): string => `${(100 * share).toFixed(1)} points`;
export const count = (value: number): string => value.toLocaleString('en-GB');
export const seedWords = (seeds: number): string => (seeds === 1 ? 'one seed' : `${seeds} seeds`);

export const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** "3 comparisons", "one comparison". */
export const some = (number: number, what: string): string => (number === 1 ? `one ${what}` : `${number} ${what}s`);

/** In how many: "2 of 3 comparisons", "the one comparison there is". */
export const ofAll = (number: number, all: number): string =>
  all === 1 ? 'the one comparison there is' : `${number} of ${all} comparisons`;

/** What a number rests on: "n = 300 test clips, one seed, official split". */
export const basis = (summary: CellSummary, splitWords: string): string =>
  `n = ${summary.testClips} test clips, ${seedWords(summary.runs)}, ${splitWords}`;

/** A comparison that is cited. */
export const cited = ({ id, name }: ComparisonEvidence, says: string): Advice['evidence'][number] => ({
  ...{ kind: 'comparison', id, name, says },
});
