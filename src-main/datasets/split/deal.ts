import type { Random } from '#shared/math/random.ts';
import type { Group } from './groups.ts';

/** How much a bin's size in all weighs against one class in it: where classes are small, their roundings add up. */
const SIZE_WEIGHT = 4;

/** What a group counts for: each of its classes, and its clips in all. */
function weightsOf({ classes, clips }: Group): [key: string | null, count: number][] {
  return [...classes, [null, clips.length]];
}

/**
 * Deals whole groups out to bins so that each bin gets about its share of every class and of all clips: the largest group
 * first, each to the bin where it lessens the sum of (have - wanted)^2 / wanted, over classes and all, the most. No bin that wants anything stays
 * empty while there are groups enough. The random numbers decide among equals.
 * @param shares what part of all clips each bin wants; sums to 1
 * @returns the bins, in the order of `shares`
 */
export function deal(groups: readonly Group[], shares: readonly number[], random: Random): Group[][] {
  const weights = new Map(groups.map((group) => [group, weightsOf(group)]));
  const totals = new Map<string | null, number>();
  for (const weight of weights.values())
    for (const [key, count] of weight) totals.set(key, (totals.get(key) ?? 0) + count);
  const bins = shares.map(() => [] as Group[]);
  const have = shares.map(() => new Map<string | null, number>());
  const cost = (group: Group, bin: number): number => {
    if (shares[bin] <= 0) return Infinity;
    let sum = 0;
    for (const [key, count] of weights.get(group)!) {
      const wanted = shares[bin] * totals.get(key)!;
      const weight = key === null ? SIZE_WEIGHT : 1;
      sum += (weight * count * (2 * ((have[bin].get(key) ?? 0) - wanted) + count)) / wanted;
    }
    return sum;
  };
  const put = (group: Group, bin: number, sign: 1 | -1 = 1) => {
    for (const [key, count] of weights.get(group)!) have[bin].set(key, (have[bin].get(key) ?? 0) + sign * count);
  };
  const order = random.shuffle([...groups]).sort((a, b) => b.clips.length - a.clips.length);
  for (const group of order) {
    let best = 0;
    for (let bin = 1; bin < bins.length; bin++) if (cost(group, bin) < cost(group, best)) best = bin;
    put(group, best);
    bins[best].push(group);
  }
  for (let bin = 0; bin < bins.length; bin++) {
    if (bins[bin].length > 0 || shares[bin] <= 0) continue;
    const from = bins.reduce((most, other) => (other.length > most.length ? other : most));
    if (from.length < 2) break;
    const moved = from.reduce((best, group) => (cost(group, bin) < cost(best, bin) ? group : best));
    from.splice(from.indexOf(moved), 1);
    put(moved, bins.indexOf(from), -1);
    put(moved, bin);
    bins[bin].push(moved);
  }
  return bins;
}

/**
 * Moves groups back into training where it would otherwise lack a class, as far as `taken` keeps a group: the fewest
 * clips first.
 */
export function keepClassesIn(training: Group[], taken: Group[]): void {
  const labels = new Set(training.flatMap((group) => [...group.classes.keys()]));
  const lacking = new Set(taken.flatMap((group) => [...group.classes.keys()]).filter((label) => !labels.has(label)));
  for (const group of [...taken].sort((a, b) => a.clips.length - b.clips.length)) {
    if (lacking.size === 0 || taken.length < 2) return;
    if (![...group.classes.keys()].some((label) => lacking.has(label))) continue;
    taken.splice(taken.indexOf(group), 1);
    training.push(group);
    for (const label of group.classes.keys()) lacking.delete(label);
  }
}
