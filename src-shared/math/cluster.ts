/**
 * Puts rows that run alike next to each other: the leaves of a tree of average linkage (Sokal and Michener 1958) over the distance
 * 1 - r, r being Pearson's correlation, found by chains of nearest neighbours (Murtagh 1983). Where two branches are joined they are
 * turned so that their nearest ends meet. A row that never changes is correlated with none.
 * @param rows [count, length], row by row
 * @returns the rows' numbers in their new order
 */
export function clusterOrder(rows: Float32Array, count: number): Int32Array {
  if (count < 3) return Int32Array.from({ length: count }, (_, row) => row);
  const between = correlationDistances(rows, count);
  /** The same distances of rows, which stay while those of branches change. */
  const ofRows = between.slice();
  const size = new Int32Array(count).fill(1);
  const leaves: number[][] = Array.from({ length: count }, (_, row) => [row]);
  const alive = new Set(leaves.keys());
  const chain: number[] = [];
  while (alive.size > 1) {
    if (chain.length === 0) chain.push(alive.values().next().value!);
    const end = chain.at(-1)!;
    const before = chain.at(-2);
    // Of equal neighbours the one before, or the chain would run in a circle.
    let nearest = before ?? -1;
    for (const other of alive)
      if (other !== end && (nearest < 0 || between[end * count + other] < between[end * count + nearest]))
        nearest = other;
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [keep, gone] = end < nearest ? [end, nearest] : [nearest, end];
    leaves[keep] = joined(leaves[keep], leaves[gone], (a, b) => ofRows[a * count + b]);
    const [a, b] = [size[keep], size[gone]];
    alive.delete(gone);
    for (const other of alive) {
      if (other === keep) continue;
      const mean = (a * between[keep * count + other] + b * between[gone * count + other]) / (a + b);
      between[keep * count + other] = mean;
      between[other * count + keep] = mean;
    }
    size[keep] = a + b;
  }
  return Int32Array.from(leaves[alive.values().next().value!]);
}

/** Two branches end to end, whichever ends are nearest. */
function joined(first: number[], second: number[], distance: (a: number, b: number) => number): number[] {
  const ways = [
    { from: first, to: second },
    { from: first.toReversed(), to: second },
    { from: first, to: second.toReversed() },
    { from: first.toReversed(), to: second.toReversed() },
  ];
  const gap = ({ from, to }: (typeof ways)[number]) => distance(from.at(-1)!, to[0]);
  const { from, to } = ways.reduce((best, way) => (gap(way) < gap(best) ? way : best));
  return [...from, ...to];
}

/** @returns [count, count], 0 (the same course) to 2 (the opposite) */
function correlationDistances(rows: Float32Array, count: number): Float64Array {
  const length = rows.length / count;
  const scaled = new Float64Array(rows.length);
  for (let row = 0; row < count; row++) {
    const from = row * length;
    let mean = 0;
    for (let t = 0; t < length; t++) mean += rows[from + t] / length;
    let power = 0;
    for (let t = 0; t < length; t++) power += (rows[from + t] - mean) ** 2;
    const scale = power > 1e-20 ? 1 / Math.sqrt(power) : 0;
    for (let t = 0; t < length; t++) scaled[from + t] = (rows[from + t] - mean) * scale;
  }
  const distances = new Float64Array(count * count);
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      let r = 0;
      for (let t = 0; t < length; t++) r += scaled[a * length + t] * scaled[b * length + t];
      distances[a * count + b] = distances[b * count + a] = 1 - r;
    }
  return distances;
}
