import { mean } from '#shared/math/statistics.ts';

/** What one epoch of a network took. */
export interface SeenEpochs {
  parameters: number;
  seconds: number;
}

/**
 * Seconds an epoch of a network will take, from those of others of its cell: a line through them over the number of parameters (least
 * squares), for part of an epoch goes to what every size needs. Where all had one size, or another load of the machine hides the rise,
 * a larger one is taken to need as much more as it has parameters.
 * @returns null where none has been seen
 */
export function epochSecondsOf(seen: readonly SeenEpochs[], parameters: number): number | null {
  if (seen.length === 0) return null;
  const [x, y] = [mean(seen.map((one) => one.parameters)), mean(seen.map(({ seconds }) => seconds))];
  const spread = seen.reduce((sum, one) => sum + (one.parameters - x) ** 2, 0);
  const slope = seen.reduce((sum, one) => sum + (one.parameters - x) * (one.seconds - y), 0) / (spread || 1);
  if (slope <= 0) return y * Math.max(1, parameters / Math.max(...seen.map((one) => one.parameters)));
  // A smaller network takes no time below zero.
  return Math.max(y + slope * (parameters - x), Math.min(...seen.map(({ seconds }) => seconds)) / 2);
}
