import { CELL_NAMES, CELLS, type Cell } from '#shared/domain/model-spec.ts';
import type { CellSummary } from '#shared/domain/comparison.ts';
import { pWords } from '#shared/math/statistics.ts';
import type { ComparisonEvidence } from './evidence.ts';
import { basis, cited, list, MOST_EVIDENCE, percent, ofAll, points, type Rule } from './words.ts';

const SIGNIFICANT = 0.05;

/** Whether a comparison's own paired test shows `ahead` before `behind`, after Holm's correction for its pairs. */
export function isShown({ tests }: ComparisonEvidence, ahead: Cell, behind: Cell): boolean {
  return tests.some(({ a, b, pHolm, onlyA, onlyB }) => {
    if (pHolm >= SIGNIFICANT) return false;
    return a === ahead && b === behind ? onlyA > onlyB : a === behind && b === ahead && onlyB > onlyA;
  });
}

const byAccuracy = (summary: readonly CellSummary[]) => summary.toSorted((a, b) => b.accuracy - a.accuracy);

/** Accuracies, what they rest on, and the tests against the first. */
function comparisonWords({ summary, tests, splitWords }: ComparisonEvidence, first: Cell): string {
  const scores = byAccuracy(summary).map(({ cell, accuracy }) => `${CELL_NAMES[cell]} ${percent(accuracy)}`);
  const against = tests
    .filter(({ a, b }) => a === first || b === first)
    .map(({ a, b, pHolm }) => `${CELL_NAMES[a === first ? b : a]} ${pWords(pHolm)}`);
  const said = against.length > 0 ? ` ${CELL_NAMES[first]} against ${against.join(', ')} (Holm).` : '';
  return `${scores.join(', ')} (${basis(summary[0], splitWords)}).${said}`;
}

/** Levels of ablations may have settings nobody would choose: they are asked only where there is nothing else. */
function chosen(comparisons: readonly ComparisonEvidence[]): readonly ComparisonEvidence[] {
  const plain = comparisons.filter(({ ablates }) => ablates === null || ablates === 'memory');
  return plain.length > 0 ? plain : comparisons;
}

/**
 * Which cell is best. Each comparison is asked by itself, for they share their clips and often their networks: p-values that depend
 * on each other are counted, never multiplied together.
 */
export const bestCell: Rule = ({ comparisons }) => {
  const asks = 'Which cell is best here?';
  const several = chosen(comparisons.filter(({ summary }) => summary.length >= 2));
  if (several.length === 0)
    return {
      ...{ id: 'best-cell', topic: 'cell', asks, strength: 'open', evidence: [] },
      says: 'No comparison of this dataset has tested two cells yet.',
      next: { factor: null, words: 'Compare RNN, LSTM and GRU.' },
    };
  const firsts = several.flatMap(({ summary }) => {
    const highest = Math.max(...summary.map(({ accuracy }) => accuracy));
    return summary.filter(({ accuracy }) => accuracy === highest).map(({ cell }) => cell);
  });
  const times = Map.groupBy(firsts, (cell) => cell);
  const [leader, led] = [...times].sort(([, a], [, b]) => b.length - a.length)[0];
  const before = (comparison: ComparisonEvidence) => comparison.summary.filter(({ cell }) => cell !== leader);
  const ahead = several.filter(
    (comparison) =>
      comparison.summary.some(({ cell }) => cell === leader) &&
      before(comparison).every(({ cell }) => isShown(comparison, leader, cell)),
  ).length;
  const beaten = several.some((comparison) => before(comparison).some(({ cell }) => isShown(comparison, cell, leader)));
  const name = CELL_NAMES[leader];
  return {
    ...{ id: 'best-cell', topic: 'cell', asks, next: null },
    says: [
      `${name} had the highest test accuracy${firsts.length > several.length ? ', alone or with another,' : ''} in ${ofAll(led.length, several.length)}.`,
      ahead > 0
        ? `It was ahead of every other cell beyond chance${several.length > 1 ? ` in ${ahead} of them` : ''} (paired tests, Holm, 5 %).`
        : 'It was nowhere ahead of every other cell beyond chance (paired tests, Holm, 5 %).',
      `Behind it beyond chance: ${behindWords(several, leader)}.`,
      ...(beaten ? ['Another cell was ahead of it beyond chance elsewhere.'] : []),
    ].join(' '),
    strength: ahead > several.length / 2 && !beaten ? 'shown' : 'hint',
    evidence: several.slice(0, MOST_EVIDENCE).map((one) => cited(one, comparisonWords(one, leader))),
  };
};

/** In how many comparisons each other cell is shown behind the leader, of those that have both. */
function behindWords(comparisons: readonly ComparisonEvidence[], leader: Cell): string {
  const has = ({ summary }: ComparisonEvidence, one: Cell) => summary.some(({ cell }) => cell === one);
  return CELLS.flatMap((cell) => {
    const both = comparisons.filter((one) => cell !== leader && has(one, leader) && has(one, cell));
    const behind = both.filter((one) => isShown(one, leader, cell)).length;
    return both.length > 0 ? [`${CELL_NAMES[cell]} in ${behind} of ${both.length}`] : [];
  }).join(', ');
}

/** Whether recurrent cells do better than the DNN, which has no memory. */
export const memoryWorth: Rule = ({ comparisons }) => {
  const asks = 'Is memory worth it here?';
  const both = chosen(
    comparisons.filter(
      ({ summary }) => summary.some(({ cell }) => cell === 'dnn') && summary.some(({ cell }) => cell !== 'dnn'),
    ),
  );
  if (both.length === 0)
    return {
      ...{ id: 'memory-worth', topic: 'memory', asks, strength: 'open', evidence: [] },
      says: 'The DNN, which sees each frame alone, has not been compared with recurrent cells yet.',
      next: { factor: 'memory', words: 'Train the DNN beside the recurrent cells.' },
    };
  const recurrent = ({ summary }: ComparisonEvidence) => summary.filter(({ cell }) => cell !== 'dnn');
  const better = both.filter((one) => recurrent(one).some(({ cell }) => isShown(one, cell, 'dnn'))).length;
  const worse = both.filter((one) => recurrent(one).some(({ cell }) => isShown(one, 'dnn', cell))).length;
  const [newest] = both;
  const [best] = byAccuracy(recurrent(newest));
  const gap = best.accuracy - newest.summary.find(({ cell }) => cell === 'dnn')!.accuracy;
  return {
    ...{ id: 'memory-worth', topic: 'memory', asks, next: null },
    says: [
      better > 0
        ? `In ${ofAll(better, both.length)}, a recurrent cell got more test clips right than the DNN beyond chance (paired tests, Holm, 5 %).`
        : `${both.length === 1 ? 'The one comparison does not show' : `None of ${both.length} comparisons shows`} a recurrent cell ahead of the DNN beyond chance: the order of frames may matter little here, or the test clips are too few to tell.`,
      ...(worse > 0 ? [`In ${worse} the DNN was ahead of one beyond chance.`] : []),
      `In the newest ${CELL_NAMES[best.cell]} is ${gap >= 0 ? `${points(gap)} above` : `${points(-gap)} below`} the DNN${newest.context > 0 ? `, which saw ${newest.context} context frames on each side` : ''} (${basis(best, newest.splitWords)}).`,
    ].join(' '),
    strength: (better > both.length / 2 && worse === 0) || (worse > both.length / 2 && better === 0) ? 'shown' : 'hint',
    evidence: both.slice(0, MOST_EVIDENCE).map((one) => cited(one, comparisonWords(one, 'dnn'))),
  };
};

/** The network with the fewest parameters that is not shown to be worse than the best of its comparison. */
export function cheapest(comparison: ComparisonEvidence): { best: CellSummary; small: CellSummary; behind: Cell[] } {
  const [best] = byAccuracy(comparison.summary);
  const alike = comparison.summary.filter(({ cell }) => cell === best.cell || !isShown(comparison, best.cell, cell));
  const small = alike.reduce((least, one) => (one.parameters < least.parameters ? one : least));
  const behind = comparison.summary
    .filter((one) => one.parameters < small.parameters && isShown(comparison, best.cell, one.cell))
    .map(({ cell }) => cell);
  return { best, small, behind };
}

export const cellList = (cells: readonly Cell[]): string => list(cells.map((cell) => CELL_NAMES[cell]));
