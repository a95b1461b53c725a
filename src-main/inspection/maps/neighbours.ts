import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from '#main/engine/values.ts';
import type { Pause } from '../turn.ts';
import { centred } from './centred.ts';

/** The nearest neighbours of each of `count` vectors, the nearest first, itself not among them. */
export interface Neighbours {
  k: number;
  /** [count, k] */
  indices: Int32Array;
  /** Euclidean, [count, k]. */
  distances: Float32Array;
}

/** Rows whose distances to all others are taken at once. */
const ROWS = 256;
/** Candidates beyond k: single precision may mix up those that are almost equally far. */
const SPARE = 8;

/**
 * Euclidean nearest neighbours by comparing each vector with each other: |a|^2 + |b|^2 - 2 a.b of the centred vectors in single
 * precision, of which the nearest are measured again in double precision.
 * @param vectors [count, width]
 * @param k held to count - 1
 */
export async function nearestNeighbours(
  vectors: Float32Array,
  width: number,
  k: number,
  pause: Pause,
): Promise<Neighbours> {
  const count = vectors.length / width;
  const kept = Math.min(k, count - 1);
  const rows = centred(vectors, width);
  const squares = new Float64Array(count);
  for (let row = 0; row < count; row++) for (let i = 0; i < width; i++) squares[row] += rows[row * width + i] ** 2;
  const indices = new Int32Array(count * kept);
  const distances = new Float32Array(count * kept);
  const all = tf.tensor2d(Float32Array.from(rows), [count, width]);
  try {
    for (let from = 0; from < count; from += ROWS) {
      const size = Math.min(ROWS, count - from);
      // Not given out of `tidy`, which would look through each of its values for tensors.
      let products = new Float32Array();
      tf.tidy(() => {
        products = valuesOf(tf.matMul(tf.slice2d(all, [from, 0], [size, width]), all, false, true)).slice();
      });
      for (let row = from; row < from + size; row++) {
        const near = nearest(
          products.subarray((row - from) * count, (row - from + 1) * count),
          squares,
          row,
          kept + SPARE,
        );
        const measured = near
          .map((index) => ({ index, distance: distanceOf(rows, width, row, index) }))
          .sort((a, b) => a.distance - b.distance || a.index - b.index);
        measured.slice(0, kept).forEach(({ index, distance }, place) => {
          indices[row * kept + place] = index;
          distances[row * kept + place] = distance;
        });
      }
      await pause(from + size, count);
    }
  } finally {
    all.dispose();
  }
  return { k: kept, indices, distances };
}

/** The `most` others with the smallest |b|^2 - 2 a.b, in no order that counts. */
function nearest(products: Float32Array, squares: Float64Array, self: number, most: number): number[] {
  const found: number[] = [];
  const far: number[] = [];
  for (let index = 0; index < products.length; index++) {
    if (index === self) continue;
    const value = squares[index] - 2 * products[index];
    if (far.length === most && value >= far[most - 1]) continue;
    let place = far.length;
    while (place > 0 && far[place - 1] > value) place--;
    far.splice(place, 0, value);
    found.splice(place, 0, index);
    if (far.length > most) {
      far.pop();
      found.pop();
    }
  }
  return found;
}

function distanceOf(rows: Float64Array, width: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (rows[a * width + i] - rows[b * width + i]) ** 2;
  return Math.sqrt(sum);
}
