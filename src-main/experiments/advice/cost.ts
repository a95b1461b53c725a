import type { CellSummary } from '#shared/domain/comparison.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { SweepFinding, SweepView } from '#shared/domain/sweep.ts';
import { inSentence } from '../sweeps/findings.ts';
import { cellList, cheapest } from './cells.ts';
import { citedSweep, sweepsOfFactor, unfinished } from './settings.ts';
import { basis, cited, count, list, percent, type Rule } from './words.ts';

const about = { id: 'cost', topic: 'size', asks: 'How small may the network be?' } as const;

const costs = ({ parameters, inferenceMs, accuracy }: CellSummary): string =>
  `${count(parameters)} parameters, ${Number(inferenceMs.p50.toPrecision(2))} ms a clip, ${percent(accuracy)}`;

/** The smallest network that cannot be told from the best, from the newest ablation of sizes; else from the newest comparison. */
export const cost: Rule = (evidence) => {
  const [sweep] = sweepsOfFactor(evidence, 'hiddenSize');
  if (sweep) return ofSweep(sweep);
  const comparison = evidence.comparisons.find(({ summary }) => summary.length >= 2);
  if (!comparison)
    return {
      ...{ ...about, strength: 'open', evidence: [], says: 'Networks of several sizes have not been tested yet.' },
      next: { factor: 'hiddenSize', words: 'Ablation: Hidden size.' },
    };
  const { best, small, behind } = cheapest(comparison);
  const [first, name] = [CELL_NAMES[best.cell], CELL_NAMES[small.cell]];
  const says =
    small === best
      ? `Of the networks compared ${first} is best (${costs(best)}).`
      : `${name} (${costs(small)}) cannot be told from the best, ${first} (${costs(best)}).`;
  const less = behind.length > 0 ? ` With fewer parameters ${cellList(behind)} fell short beyond chance.` : '';
  const words = `${says}${less} Measured with ${basis(best, comparison.splitWords)}.`;
  return {
    ...{ ...about, says: words, strength: behind.length > 0 ? 'shown' : 'hint' },
    evidence: [cited(comparison, words)],
    next: { factor: 'hiddenSize', words: 'Ablation: Hidden size, to find how far down it goes.' },
  };
};

function ofSweep(sweep: SweepView) {
  const found = sweep.findings.map((finding) => smallest(sweep, finding));
  return {
    ...{ ...about, evidence: [citedSweep(sweep)], next: null },
    says: [
      ...found.map(({ words }) => words),
      `Measured with ${basis(found[0].best, sweep.splitWords)}.`,
      ...unfinished(sweep),
    ].join('\n'),
    strength: found.some(({ isLimit }) => isLimit) ? ('shown' as const) : ('hint' as const),
  };
}

/** Of one cell: the level with the fewest parameters that cannot be told from the best, and whether smaller ones are shown worse. */
function smallest({ levels }: SweepView, { cell, best: at, alike, worse }: SweepFinding) {
  const rowOf = (level: number) => levels[level].summary.find((row) => row.cell === cell)!;
  const best = rowOf(at);
  const level = [at, ...alike.map((one) => one.level)].reduce((least, one) =>
    rowOf(one).parameters < rowOf(least).parameters ? one : least,
  );
  const small = rowOf(level);
  const less = worse.filter((one) => rowOf(one.level).parameters < small.parameters);
  const name = (one: number) => inSentence(levels[one].words);
  const words = [
    level === at
      ? `${CELL_NAMES[cell]}: ${name(at)} (${costs(best)}) is best.`
      : `${CELL_NAMES[cell]}: ${name(level)} (${costs(small)}) cannot be told from ${name(at)} (${costs(best)}).`,
    ...(less.length > 0 ? [`${list(less.map((one) => name(one.level)))} fell short beyond chance.`] : []),
  ].join(' ');
  return { best, words, isLimit: less.length > 0 };
}
