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

/** From the middle of the map to its edge at the beginning, as in umap-learn; and what tells equal points apart. */
const [REACH, JITTER] = [10, 1e-4];

/**
 * UMAP (McInnes, Healy and Melville 2018) by umap-js from exact neighbours, begun at the plane of principal components, which keeps
 * more of how groups lie to each other than random points do (Kobak and Linderman 2021). Equal neighbours, beginnings and seeds give
 * equal maps. As many epochs as umap-js takes: 500 up to 2500 points, 200 beyond 7500.
 * @param neighbours of at least nNeighbors - 1 others each
 * @param start [count, 2]; its size does not count
 * @returns [count, 2]
 */
export async function umapPlane(
  { k, indices, distances }: Neighbours,
  start: Float32Array,
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
  // The array the library works on, so far at random points.
  const points = umap.getEmbedding();
  const size = start.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  points.forEach((point, row) => {
    for (const axis of [0, 1]) point[axis] = (REACH * start[2 * row + axis]) / size + JITTER * random.normal();
  });
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    await pause(epoch + 1, epochs);
  }
  return Float32Array.from(points.flat());
}
