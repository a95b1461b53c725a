/**
 * In which order the classes of a confusion matrix stand. By name they are found fast; by confusion, classes that are
 * taken for each other become neighbours, so that groups of mistakes show as blocks beside the diagonal.
 */
export const MATRIX_ORDERS = ['class', 'confusion'] as const;
export type MatrixOrder = (typeof MATRIX_ORDERS)[number];

/** Cells summed over matrices of the same classes, e.g. over all networks so that all are sorted alike. */
export function sumMatrices(matrices: readonly (readonly (readonly number[])[])[]): number[][] {
  const [first, ...rest] = matrices;
  const total = (first ?? []).map((row) => [...row]);
  for (const matrix of rest) matrix.forEach((row, i) => row.forEach((count, j) => (total[i][j] += count)));
  return total;
}

/** Row shares (recall along the diagonal); a class without test clips has zeros. */
export function rowShares(counts: readonly (readonly number[])[]): number[][] {
  return counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total === 0 ? 0 : count / total));
  });
}

/** How readily two classes are confused: the mean of both directions' row shares; the diagonal is left out. */
function similarity(counts: readonly (readonly number[])[]): number[][] {
  const shares = rowShares(counts);
  return shares.map((row, i) => row.map((share, j) => (i === j ? 0 : (share + shares[j][i]) / 2)));
}

/**
 * Indices of the classes in the order asked for.
 *
 * `confusion` seriates: average-linkage clustering of the classes by how often they are confused; as two groups are
 * joined, each is turned so that the ends which meet are the most confused. Groups never confused with each other stand
 * with the largest share of mistakes first.
 */
export function orderClasses(counts: readonly (readonly number[])[], order: MatrixOrder): number[] {
  const identity = counts.map((_, index) => index);
  return order === 'class' ? identity : seriate(similarity(counts));
}

function seriate(similar: number[][]): number[] {
  let groups = similar.map((_, index) => [index]);
  for (;;) {
    const pair = closestGroups(groups, similar);
    if (!pair) break;
    const joined = joinGroups(groups[pair[0]], groups[pair[1]], similar);
    groups = groups.map((group, index) => (index === pair[0] ? joined : group)).filter((_, index) => index !== pair[1]);
  }
  const mass = (group: number[]) =>
    group.reduce((sum, i) => sum + similar[i].reduce((total, value) => total + value, 0), 0) / group.length;
  return groups
    .map((group) => ({ group, mass: mass(group), first: Math.min(...group) }))
    .sort((a, b) => b.mass - a.mass || a.first - b.first)
    .flatMap(({ group }) => group);
}

/** The two groups with the largest mean similarity; null when none is above zero. */
function closestGroups(groups: number[][], similar: number[][]): [number, number] | null {
  let best: [number, number] | null = null;
  let bestLink = 0;
  for (let a = 0; a < groups.length; a++)
    for (let b = a + 1; b < groups.length; b++) {
      let sum = 0;
      for (const i of groups[a]) for (const j of groups[b]) sum += similar[i][j];
      const link = sum / (groups[a].length * groups[b].length);
      if (link > bestLink) [best, bestLink] = [[a, b], link];
    }
  return best;
}

/** Both groups in one row, turned so that the most confused ends meet. */
function joinGroups(a: number[], b: number[], similar: number[][]): number[] {
  const turns = [a, a.toReversed()].flatMap((left) => [b, b.toReversed()].map((right) => ({ left, right })));
  const ends = ({ left, right }: (typeof turns)[number]) => similar[left.at(-1)!][right[0]];
  const { left, right } = turns.reduce((best, turn) => (ends(turn) > ends(best) ? turn : best));
  return [...left, ...right];
}
