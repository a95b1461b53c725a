import type { CellSummary } from '#shared/domain/comparison.ts';
import { FACTORS, type FactorId, type LevelValue } from '#shared/domain/factors.ts';
import { CELL_NAMES, CELLS, type Cell } from '#shared/domain/model-spec.ts';
import type { SweepFinding } from '#shared/domain/sweep.ts';
import { holm, pWords } from '#shared/math/statistics.ts';
import { pairedDifference, type CellRuns } from '../results.ts';

/** Two levels differ where p after Holm's correction is below this. */
const SIGNIFICANT = 0.05;

/** One level's tested cells. */
export interface TestedLevel {
  /** Index into the levels. */
  level: number;
  cells: readonly CellRuns[];
  summary: readonly CellSummary[];
}

interface OfCell {
  level: number;
  runs: CellRuns;
  summary: CellSummary;
}

/**
 * What an ablation says of each cell that was tested at one level at least: the level of the highest test accuracy (of equal ones that
 * with the fewest parameters, then the first), and for every other level an exact paired test against it, over the test clips and
 * seeds both have, corrected by Holm for the number of levels of that cell.
 * The best is chosen by the same clips that are then tested on, which makes it look better than it is: the tests lean towards finding
 * differences from it, and say nothing of levels among themselves.
 */
export function findingsOf(
  { factor, levels }: { factor: FactorId; levels: readonly LevelValue[] },
  tested: readonly TestedLevel[],
): SweepFinding[] {
  return CELLS.flatMap((cell) => {
    const own = tested.flatMap(({ level, cells, summary }): OfCell[] => {
      const runs = cells.find((one) => one.cell === cell);
      const row = summary.find((one) => one.cell === cell);
      return runs && row ? [{ level, runs, summary: row }] : [];
    });
    return own.length > 0 ? [findingOf(cell, own, (level) => FACTORS[factor].words(levels[level]))] : [];
  });
}

function findingOf(cell: Cell, own: readonly OfCell[], words: (level: number) => string): SweepFinding {
  const best = own.reduce((ahead, one) => (isAhead(one.summary, ahead.summary) ? one : ahead));
  const pairs = own.flatMap((one) => {
    const pair = one === best ? null : pairedDifference(best.runs, one.runs);
    return pair ? [{ level: one.level, ...pair }] : [];
  });
  const corrected = holm(pairs.map(({ p }) => p));
  const others = pairs.map(({ level, p, clips }, index) => ({ level, p, pHolm: corrected[index], clips }));
  const pick = (isWorse: boolean) =>
    others.filter(({ pHolm }) => pHolm < SIGNIFICANT === isWorse).map(({ level, p, pHolm }) => ({ level, p, pHolm }));
  const finding = { cell, best: best.level, worse: pick(true), alike: pick(false) };
  return { ...finding, words: sentences(finding, best, others, words) };
}

const isAhead = (one: CellSummary, other: CellSummary): boolean =>
  one.accuracy > other.accuracy || (one.accuracy === other.accuracy && one.parameters < other.parameters);

function sentences(
  { cell, worse, alike }: Omit<SweepFinding, 'words'>,
  { level, summary, runs }: OfCell,
  others: readonly { clips: number }[],
  words: (level: number) => string,
): string {
  const seeds = summary.runs === 1 ? 'one seed' : `${summary.runs} seeds`;
  const named = (levels: SweepFinding['worse']) =>
    levels.map((one) => `${inSentence(words(one.level))} (${pWords(one.pHolm)})`).join(', ');
  const fewer = others.some(({ clips }) => clips < runs.clips.length);
  return [
    `${CELL_NAMES[cell]}: best is ${inSentence(words(level))}, ${(100 * summary.accuracy).toFixed(1)} % (n = ${summary.testClips} test clips, ${seeds}).`,
    ...(others.length === 0 ? ['No other level has been tested yet.'] : []),
    ...(alike.length > 0 ? [`Cannot be told from it: ${named(alike)}.`] : []),
    ...(worse.length > 0 ? [`Worse: ${named(worse)}.`] : []),
    ...(others.length > 1 ? [`p after Holm’s correction for ${others.length} levels.`] : []),
    ...(fewer ? ['Levels that left clips out are compared on the clips both have.'] : []),
  ].join(' ');
}

/** "Whole clips" -> "whole clips"; "MFCC" stays. */
export const inSentence = (words: string): string =>
  /^\p{Lu}\p{Ll}/u.test(words) ? words[0].toLowerCase() + words.slice(1) : words;
