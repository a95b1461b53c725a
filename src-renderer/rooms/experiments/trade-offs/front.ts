import type { TradeOff } from '#shared/domain/sweep.ts';

/** What a network costs and what it is worth. */
export interface Offer {
  cost: number;
  worth: number;
}

/**
 * The Pareto front: offers than which none is both as cheap and as good, and one of the two more so. Of equal ones all are on it.
 * @returns the cheapest first
 */
export function paretoFront<T extends Offer>(offers: readonly T[]): T[] {
  const front: T[] = [];
  for (const offer of offers.toSorted((a, b) => a.cost - b.cost || b.worth - a.worth)) {
    const best = front.at(-1);
    if (!best || offer.worth > best.worth || (offer.worth === best.worth && offer.cost === best.cost))
      front.push(offer);
  }
  return front;
}

/** The splits networks were tested on, the most common first: accuracies of different ones are not comparable. */
export function splitsOf(rows: readonly Pick<TradeOff, 'splitWords'>[]): { words: string; networks: number }[] {
  const counts = new Map<string, number>();
  for (const { splitWords } of rows) counts.set(splitWords, (counts.get(splitWords) ?? 0) + 1);
  return [...counts]
    .map(([words, networks]) => ({ words, networks }))
    .toSorted((a, b) => b.networks - a.networks || a.words.localeCompare(b.words));
}

/** "LSTM of 64 units"; the level where it is of an ablation, else its comparison. */
export const placeWords = ({ name, level }: Pick<TradeOff, 'name' | 'level'>): string =>
  level === null || name.includes(level) ? name : `${name}, ${level}`;
