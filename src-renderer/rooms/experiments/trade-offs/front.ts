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
