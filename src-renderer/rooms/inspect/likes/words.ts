import { hasTwoSigns, type UnitLikes } from '#shared/domain/likes.ts';
import { SIGNALS, type Signal } from '#shared/domain/signal.ts';
import { significant } from '../../../parts/format.ts';

/** From which selectivity on a unit is said to answer so. */
const SOMEWHAT = 0.1;
const MAINLY = 1 / 3;

/** Which classes a unit answers to, in a sentence or two. */
export function selectivityWords({ classes, selectivity, moments }: UnitLikes): string {
  const [first] = classes;
  if (selectivity === null) return 'There is one class only: nothing can be said of which it answers to.';
  if (first.mean === 0) return 'It never answers: 0 in all clips.';
  const own = moments.filter(({ truth }) => truth === first.label).length;
  const among = `${own} of its ${moments.length} strongest moments are in “${first.label}”.`;
  const index = `selectivity ${significant(selectivity, 2)}`;
  if (selectivity < SOMEWHAT) return `It answers to all classes about alike (${index}). ${among}`;
  if (selectivity < MAINLY)
    return `It answers somewhat more to “${first.label}” than to the others (${index}). ${among}`;
  return `It answers to “${first.label}” above all (${index}). ${among}`;
}

/** What strong means for a signal. */
export const strengthWords = (signal: Signal): string => (hasTwoSigns(signal) ? '|value|' : 'value');

export const signalOf = ({ cell, signal }: Pick<UnitLikes, 'cell' | 'signal'>): Signal =>
  SIGNALS[cell].find(({ id }) => id === signal)!;
