import { mean } from '#shared/math/statistics.ts';

/** What one epoch of a network took. */
export interface SeenEpochs {
  parameters: number;
  seconds: number;
}

/**
 * Seconds an epoch of a network will take, from those of others of its cell: a line through them over the number of parameters (least
 * squares), for part of an epoch goes to what every size needs; their mean, where all have one size.
 * @returns null where none has been seen
 */
export function epochSecondsOf(seen: readonly SeenEpochs[], parameters: number): number | null {
  if (seen.length === 0) return null;
  const [x, y] = [mean(seen.map((one) => one.parameters)), mean(seen.map(({ seconds }) => seconds))];
  const spread = seen.reduce((sum, one) => sum + (one.parameters - x) ** 2, 0);
  if (spread === 0) return y;
  const slope = seen.reduce((sum, one) => sum + (one.parameters - x) * (one.seconds - y), 0) / spread;
  // A smaller network takes no time below zero, nor a larger one less than those that were seen.
  const least = Math.min(...seen.map(({ seconds }) => seconds));
  return slope > 0 ? Math.max(y + slope * (parameters - x), least / 2) : y;
}
