import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { ComparisonEvidence } from './evidence.ts';
import { basis, cited, MOST_EVIDENCE, ofAll, percent, points, some, type Rule } from './words.ts';

/** A best network whose 95 % interval is wider than this is known but roughly. */
const WIDE = 0.1;

const best = ({ summary }: ComparisonEvidence) =>
  summary.reduce((ahead, one) => (one.accuracy > ahead.accuracy ? one : ahead));

/** Whether more than one seed has been tried, and how far seeds differ. */
export const seeds: Rule = ({ comparisons }) => {
  if (comparisons.length === 0) return null;
  const about = { id: 'seeds', topic: 'data', asks: 'Would another seed say the same?' } as const;
  const spread = comparisons.flatMap((one) =>
    one.summary.flatMap((row) => (row.seedDeviation === null ? [] : [{ one, row, deviation: row.seedDeviation }])),
  );
  if (spread.length === 0)
    return {
      ...{ ...about, strength: 'open' },
      says: `All networks of ${some(comparisons.length, 'comparison')} were trained with one seed: intervals and tests know of chance in the clips, not of chance in training.`,
      evidence: comparisons
        .slice(0, MOST_EVIDENCE)
        .map((one) => cited(one, `${basis(one.summary[0], one.splitWords)}.`)),
      next: { factor: null, words: 'Compare again with three seeds.' },
    };
  const widest = spread.reduce((most, one) => (one.deviation > most.deviation ? one : most));
  return {
    ...{ ...about, strength: 'hint', next: null },
    says: `Between seeds accuracy varies by up to ${points(widest.deviation)} (standard deviation, ${CELL_NAMES[widest.row.cell]}, ${widest.row.runs} seeds): smaller differences need more of them.`,
    evidence: [...new Set(spread.map(({ one }) => one))].slice(0, MOST_EVIDENCE).map((one) =>
      cited(
        one,
        `${one.summary
          .filter((row) => row.seedDeviation !== null)
          .map((row) => `${CELL_NAMES[row.cell]} ${points(row.seedDeviation!)} between ${row.runs} seeds`)
          .join(', ')} (n = ${one.summary[0].testClips} test clips, ${one.splitWords}).`,
      ),
    ),
  };
};

/** Whether the test part is large enough to tell networks apart. */
export const testClips: Rule = ({ comparisons }) => {
  const [newest] = comparisons;
  if (!newest) return null;
  const row = best(newest);
  const [low, high] = row.interval;
  if (high - low <= WIDE) return null;
  const says = `The 95 % interval of ${CELL_NAMES[row.cell]}, the best of the newest comparison, reaches from ${percent(low)} to ${percent(high)} (${basis(row, newest.splitWords)}): networks that differ by less can hardly be told apart.`;
  return {
    ...{ id: 'test-clips', topic: 'data', asks: 'Are there enough test clips?', says, strength: 'shown' },
    evidence: [cited(newest, `${row.intervalMethod}.`)],
    next: { factor: null, words: 'Add clips, or give the test part a larger share.' },
  };
};

/** Whether something of the test part was known from training. */
export const leaks: Rule = ({ comparisons }) => {
  const leaking = comparisons.filter(({ leakNote }) => leakNote !== null);
  if (leaking.length === 0) return null;
  return {
    ...{ id: 'leaks', topic: 'data', asks: 'Is the test part new to the networks?', strength: 'shown' },
    says: `Not in ${ofAll(leaking.length, comparisons.length)}: what is known from training stands in the test part too, so accuracies are probably too high for new recordings.`,
    evidence: leaking
      .slice(0, MOST_EVIDENCE)
      .map((one) => cited(one, `${one.leakNote} (${basis(one.summary[0], one.splitWords)}).`)),
    next: { factor: null, words: 'Compare with a split that keeps speakers and recordings apart.' },
  };
};
