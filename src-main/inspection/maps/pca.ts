import { symmetricEigen } from '#shared/math/eigen.ts';
import type { Pause } from '../turn.ts';
import { centred } from './centred.ts';

/** Points on the two axes in which vectors vary most. */
export interface Plane {
  /** [count, 2] */
  points: Float32Array;
  /** Of all variance, what each of the two axes holds; 0 where there is none. */
  shares: [number, number];
}

/** Multiplications after which others have a turn. */
const WORK = 2e7;

/**
 * Principal component analysis, exact: the eigenvectors of the covariance matrix, or, of fewer vectors than they have values, those of
 * their scalar products (Gram's matrix), which have the same values above 0. In double precision.
 * @param vectors [count, width]
 */
export async function principalPlane(vectors: Float32Array, width: number, pause: Pause): Promise<Plane> {
  const count = vectors.length / width;
  const rows = centred(vectors, width);
  let total = 0;
  for (const value of rows) total += value * value;
  const points = new Float32Array(count * 2);
  const shareOf = (value: number) => (total > 0 ? Math.max(0, value) / total : 0);
  if (count < width) {
    const gram = await products(rows, count, width, width, 1, pause);
    const { values, vectors: axes } = symmetricEigen(gram, count);
    for (let axis = 0; axis < 2 && axis < count; axis++) {
      const size = Math.sqrt(Math.max(0, values[axis]));
      for (let row = 0; row < count; row++) points[row * 2 + axis] = size * axes[axis * count + row];
    }
    return { points, shares: [shareOf(values[0]), shareOf(values[1] ?? 0)] };
  }
  const scatter = await products(rows, width, count, 1, width, pause);
  const { values, vectors: axes } = symmetricEigen(scatter, width);
  for (let row = 0; row < count; row++)
    for (let axis = 0; axis < 2 && axis < width; axis++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += rows[row * width + i] * axes[axis * width + i];
      points[row * 2 + axis] = sum;
    }
  return { points, shares: [shareOf(values[0]), shareOf(values[1] ?? 0)] };
}

/**
 * All scalar products of `size` series with each other, [size, size].
 * @param length of each; value n of series i is at i stride + n step
 */
async function products(
  rows: Float64Array,
  size: number,
  length: number,
  stride: number,
  step: number,
  pause: Pause,
): Promise<Float64Array> {
  const out = new Float64Array(size * size);
  const turn = Math.max(1, Math.floor(WORK / (size * size)));
  for (let from = 0; from < length; from += turn) {
    const to = Math.min(length, from + turn);
    for (let n = from; n < to; n++)
      for (let i = 0; i < size; i++) {
        const value = rows[i * stride + n * step];
        for (let j = 0; j <= i; j++) out[i * size + j] += value * rows[j * stride + n * step];
      }
    await pause(to, length);
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) out[j * size + i] = out[i * size + j];
  return out;
}
