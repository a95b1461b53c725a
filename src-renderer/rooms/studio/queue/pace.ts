/** A pause longer than this (milliseconds) is no part of the pace. */
const PAUSE_MS = 60_000;
/** Over how many of the last clips the pace is taken. */
const LAST = 30;

/**
 * Clips a minute over the last clips that were finished, pauses left out; null until two have been.
 * @param finished when, milliseconds, in order
 */
export function clipsPerMinute(finished: readonly number[]): number | null {
  const gaps = finished
    .slice(-LAST - 1)
    .map((at, index, all) => at - all[index - 1])
    .slice(1)
    .filter((gap) => gap <= PAUSE_MS);
  const spent = gaps.reduce((sum, gap) => sum + gap, 0);
  return spent > 0 ? (60_000 * gaps.length) / spent : null;
}
