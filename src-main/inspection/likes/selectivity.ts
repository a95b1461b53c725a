/**
 * Class selectivity (Morcos, Barrett, Rabinowitz and Botvinick 2018): (a - b) / (a + b), a the greatest mean, b the mean of all others.
 * @param means of each class, not negative, the greatest first
 * @returns 0 (all alike; also where all are 0) to 1 (one alone); null with fewer than two classes
 */
export function selectivityOf(means: readonly number[]): number | null {
  if (means.length < 2) return null;
  const [first, ...others] = means;
  const rest = others.reduce((sum, mean) => sum + mean, 0) / others.length;
  return first + rest > 0 ? (first - rest) / (first + rest) : 0;
}
