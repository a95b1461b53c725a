import type { TradeOff } from '#shared/domain/sweep.ts';

/** Networks that were made to be read together: of an ablation, or of a comparison of its own. */
export interface Group {
  id: string;
  name: string;
  has: (row: TradeOff) => boolean;
}

/** The ablations and comparisons that networks are of, in the order they come. */
export function groupsOf(rows: readonly TradeOff[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { sweep, comparison, name, level } of rows) {
    const id = sweep === null ? `comparison ${comparison}` : `ablation ${sweep}`;
    if (groups.has(id)) continue;
    groups.set(
      id,
      sweep === null
        ? { id, name, has: (row) => row.comparison === comparison }
        : { id, name: `Ablation: ${withoutLevel(name, level)}`, has: (row) => row.sweep === sweep },
    );
  }
  return [...groups.values()];
}

/** Levels' comparisons are named after their ablation and the level. */
const withoutLevel = (name: string, level: string | null): string =>
  level !== null && name.endsWith(level) ? name.slice(0, -level.length).replace(/[\s,:·–-]+$/, '') || name : name;

/** The splits networks were tested on, the most common first: accuracies of different ones are not comparable. */
export function splitsOf(rows: readonly Pick<TradeOff, 'splitWords'>[]): { words: string; networks: number }[] {
  const counts = new Map<string, number>();
  for (const { splitWords } of rows) counts.set(splitWords, (counts.get(splitWords) ?? 0) + 1);
  return [...counts]
    .map(([words, networks]) => ({ words, networks }))
    .toSorted((a, b) => b.networks - a.networks || a.words.localeCompare(b.words));
}
