import type { ClipMap } from '#shared/domain/clip-map.ts';
import type { Neighbours } from './neighbours.ts';

/**
 * Share of nearest neighbours that bear the label of whose neighbours they are, over all clips; and the share that neighbours drawn at
 * random would: sum over labels of n (n - 1), of all N (N - 1) pairs.
 * @param labels of each clip
 */
export function agreementOf({ k, indices }: Neighbours, labels: readonly string[]): ClipMap['agreement'] {
  const n = labels.length;
  let same = 0;
  indices.forEach((neighbour, at) => {
    if (labels[neighbour] === labels[Math.floor(at / k)]) same++;
  });
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const pairs = [...counts.values()].reduce((sum, of) => sum + of * (of - 1), 0);
  return { k, share: same / (n * k), chance: pairs / (n * (n - 1)), n };
}
