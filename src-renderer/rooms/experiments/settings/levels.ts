import type { Factor, LevelValue } from '#shared/domain/factors.ts';

/** As many as an ablation may have. */
export const MOST_LEVELS = 12;

/** What was typed as a level of a factor, or why it is none. @param chosen levels there are already */
export function readLevel(
  text: string,
  { own, unit }: Pick<Factor, 'own' | 'unit'>,
  chosen: readonly LevelValue[],
): { value: number; error: null } | { value: null; error: string } {
  const wrong = (error: string) => ({ value: null, error });
  if (own === null) return wrong('Only the levels shown can be chosen.');
  const { min, max, whole } = own;
  const typed = text.trim().replace(',', '.');
  const value = Number(typed);
  if (typed === '' || !Number.isFinite(value)) return wrong(`“${text.trim()}” is no number.`);
  if (whole && !Number.isInteger(value)) return wrong(`${typed} is not whole: ${unit ?? 'levels'} are counted.`);
  if (value < min) return wrong(`${typed} is too small: at least ${min}.`);
  if (value > max) return wrong(`${typed} is too large: at most ${max}.`);
  if (chosen.includes(value)) return wrong(`${typed} is there already.`);
  return { value, error: null };
}

/** Numbers ascending; names, and what is none, behind them in the order they were. */
export const inOrder = (levels: readonly LevelValue[]): LevelValue[] =>
  levels.toSorted((a, b) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : Number(typeof a !== 'number') - Number(typeof b !== 'number'),
  );

/** Why so many levels cannot be run; null: they can. */
export const levelsError = (levels: readonly LevelValue[]): string | null =>
  levels.length < 2
    ? 'Choose two levels at least: one alone has nothing to be compared with.'
    : levels.length > MOST_LEVELS
      ? `Choose ${MOST_LEVELS} levels at most.`
      : null;
