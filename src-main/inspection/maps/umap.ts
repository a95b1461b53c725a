import { UMAP } from 'umap-js';
import { Random } from '#shared/math/random.ts';
import type { Pause } from '../turn.ts';
import type { Neighbours } from './neighbours.ts';

export interface UmapOptions {
  /** The clip itself counted, as umap-learn counts. */
  nNeighbors: number;
  minDist: number;
  seed: number;
}

/**
 * UMAP (McInnes, Healy and Melville 2018) by umap-js from exact neighbours, begun at random points: equal neighbours and seeds give equal
 * maps. As many epochs as umap-js takes: 500 up to 2500 points, 200 beyond 7500.
 * @param neighbours of at least nNeighbors - 1 others each
 * @returns [count, 2]
 */
export async function umapPlane(
  { k, indices, distances }: Neighbours,
  { nNeighbors, minDist, seed }: UmapOptions,
  pause: Pause,
): Promise<Float32Array> {
  const count = indices.length / k;
  const random = new Random(seed, 'umap');
  const umap = new UMAP({ nNeighbors, minDist, nComponents: 2, random: () => random.uniform() });
  const rowOf = (of: Int32Array | Float32Array, row: number) => [...of.subarray(row * k, row * k + nNeighbors - 1)];
  umap.setPrecomputedKNN(
    Array.from({ length: count }, (_, row) => [row, ...rowOf(indices, row)]),
    Array.from({ length: count }, (_, row) => [0, ...rowOf(distances, row)]),
  );
  // With neighbours given, nothing is read of the vectors but how many there are.
  const epochs = umap.initializeFit(Array.from({ length: count }, () => []));
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    await pause(epoch + 1, epochs);
  }
  return Float32Array.from(umap.getEmbedding().flat());
}
