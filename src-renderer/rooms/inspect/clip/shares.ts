import type { Signal } from '#shared/domain/signal.ts';

/** From here on a gate stands open, or a squashed value is saturated; a gate is shut at 1 less that. */
export const OPEN = 0.9;

/** How many of all values lie where; they sum to 1. */
export interface Shares {
  low: number;
  between: number;
  high: number;
  /** Values: frames x units. */
  n: number;
}

interface Kind {
  low: number;
  high: number;
  /** What lying there is called. */
  words: { low: string; between: string; high: string };
}

const KINDS: Partial<Record<Signal['range'], Kind>> = {
  gate: { low: 1 - OPEN, high: OPEN, words: { low: 'shut', between: 'between', high: 'open' } },
  squashed: { low: -OPEN, high: OPEN, words: { low: 'near −1', between: 'between', high: 'near 1' } },
};

/** What of a signal is saturated; null where its values have no bounds. */
export function sharesOf(range: Signal['range'], values: Float32Array): (Shares & { words: Kind['words'] }) | null {
  const kind = KINDS[range];
  if (!kind) return null;
  let [low, high] = [0, 0];
  for (const value of values) {
    if (value <= kind.low) low++;
    else if (value >= kind.high) high++;
  }
  const n = values.length;
  return { low: low / n, between: (n - low - high) / n, high: high / n, n, words: kind.words };
}
