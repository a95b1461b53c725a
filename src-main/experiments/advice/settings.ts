import { type FactorId, FACTORS } from '#shared/domain/factors.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { Advice, SweepFinding, SweepView } from '#shared/domain/sweep.ts';
import { inSentence } from '../sweeps/findings.ts';
import type { Evidence } from './evidence.ts';
import { basis, list, MOST_EVIDENCE, percent, type Rule } from './words.ts';

/** An ablation that is cited, with all it found. */
export const citedSweep = ({ id, name, findings, splitWords }: SweepView): Advice['evidence'][number] => ({
  ...{ kind: 'sweep', id, name },
  says: `${findings.map(({ words }) => words).join(' ')} Split: ${splitWords}.`,
});

/** What has to be known of an ablation that has not been run to its end; nothing of one that has. */
export function unfinished({ levels }: SweepView): string[] {
  const missing = levels.filter(({ summary }) => summary.length === 0).length;
  if (missing === 0) return [];
  return [`${missing} of ${levels.length} levels ${missing === 1 ? 'has' : 'have'} not been tested.`];
}

/** Of one factor, the newest first. */
export const sweepsOfFactor = ({ sweeps }: Evidence, factor: FactorId): SweepView[] =>
  sweeps.filter(({ spec }) => spec.factor === factor);

/** How a setting should be, from ablations of it. */
export const settingRule =
  (factor: FactorId, topic: Advice['topic'], { asksWhenOpen = true } = {}): Rule =>
  (evidence) => {
    const { asks, name } = FACTORS[factor];
    const about = { id: `setting-${factor}`, topic, asks };
    const all = sweepsOfFactor(evidence, factor);
    if (all.length === 0)
      return asksWhenOpen
        ? {
            ...{ ...about, strength: 'open', evidence: [], says: 'Not tried on this dataset yet.' },
            next: { factor, words: `Ablation: ${name}.` },
          }
        : null;
    const [newest] = all;
    const shown = newest.findings.some(({ worse }) => worse.length > 0);
    const first = newest.levels.find(({ summary }) => summary.length > 0)!.summary[0];
    return {
      ...{ ...about, strength: shown ? 'shown' : 'hint', next: null },
      says: [
        ...newest.findings.map((finding) => findingWords(newest, finding)),
        ...(shown
          ? []
          : ['No level is shown to be worse than the best: any of them will do, or the test clips are too few.']),
        `${all.length > 1 ? `The newest of ${all.length} ablations` : 'Measured'} with ${basis(first, newest.splitWords)}.`,
        ...unfinished(newest),
      ].join('\n'),
      evidence: all.slice(0, MOST_EVIDENCE).map(citedSweep),
    };
  };

function findingWords({ levels }: SweepView, { cell, best, worse, alike }: SweepFinding): string {
  const words = (level: number) => inSentence(levels[level].words);
  const accuracy = levels[best].summary.find((row) => row.cell === cell)!.accuracy;
  const named = (some: SweepFinding['worse']) => list(some.map(({ level }) => words(level)));
  const parts = [
    `${CELL_NAMES[cell]}: best ${words(best)} (${percent(accuracy)})`,
    ...(worse.length > 0 ? [`ahead of ${named(worse)} beyond chance`] : []),
    ...(alike.length > 0 ? [`not to be told from ${named(alike)}`] : []),
  ];
  return `${parts.join(', ')}.`;
}
