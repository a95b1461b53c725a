import { Random } from '#shared/math/random.ts';

/** One take that is asked for. */
export interface Prompt {
  word: string;
  /** From 1: take 2 of 5. */
  take: number;
  takes: number;
}

/** Words of a text: one a line, or parted by commas and semicolons; each once, in their order. */
export function wordsOf(text: string): string[] {
  const words = text.split(/[\n,;]+/).map((word) => word.trim().slice(0, 200));
  return [...new Set(words.filter((word) => word !== ''))];
}

/**
 * All takes of a series: in order (all takes of a word, then the next word), or shuffled in rounds, so that no word comes twice
 * before all have come.
 */
export function promptsOf(words: readonly string[], takes: number, order: 'fixed' | 'random', seed: number): Prompt[] {
  if (order === 'fixed')
    return words.flatMap((word) => Array.from({ length: takes }, (_, i) => ({ word, take: i + 1, takes })));
  const random = new Random(seed);
  return Array.from({ length: takes }, (_, i) => {
    const round = words.map((word) => ({ word, take: i + 1, takes }));
    // Fisher and Yates.
    for (let n = round.length - 1; n > 0; n--) {
      const other = random.below(n + 1);
      [round[n], round[other]] = [round[other], round[n]];
    }
    return round;
  }).flat();
}
