import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { spectralRadii } from '#main/engine/spectral-radius.ts';
import { Random } from '#shared/math/random.ts';
import { eigenvalues, largestModulus } from '../support/eigenvalues.ts';
import { describeBackends } from './backends-here.ts';

type Rows = readonly (readonly number[])[];

const radius = (rows: Rows): number =>
  tf.tidy(() => spectralRadii(tf.tensor3d(rows.flat(), [1, rows.length, rows.length]))[0]);

/** A rotation by an angle, stretched: eigenvalues r exp(±i angle). */
const rotation = (r: number, angle: number): Rows => [
  [r * Math.cos(angle), -r * Math.sin(angle)],
  [r * Math.sin(angle), r * Math.cos(angle)],
];

/** The matrix whose eigenvalues are the roots of x^n + c[n-1] x^(n-1) + ... + c[0]. */
const companion = (c: readonly number[]): Rows =>
  c.map((value, row) => c.map((_, column) => (column === c.length - 1 ? -value : row === column + 1 ? 1 : 0)));

const jordan = (size: number, value: number): Rows =>
  Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (row === column ? value : column === row + 1 ? 1 : 0)),
  );

/** All of these have radii one knows. */
const KNOWN: readonly (readonly [string, Rows, number])[] = [
  ['zero', [[0]], 0],
  ['one value', [[-3]], 3],
  ['the largest of a diagonal', [[0.5, 0], [0, -0.9]], 0.9],
  ['a pair that turns by 1 radian', rotation(0.7, 1), 0.7],
  ['a pair on the imaginary axis', [[0, 4], [-1, 0]], 2],
  ['roots 1, 2 and 3', companion([-6, 11, -6]), 3],
  ['roots ±2i and 1', companion([-4, 4, -1]), 2],
  ['a cycle of five', companion([-1, 0, 0, 0, 0]), 1],
  ['nilpotent', jordan(5, 0), 0],
  ['defective', jordan(3, 0.8), 0.8],
]; // prettier-ignore

describe('the oracle of the tests: double-shift QR', () => {
  test.each(KNOWN)('%s', (_, rows, known) => {
    // A defective eigenvalue of order k is found within eps^(1/k).
    expect(largestModulus(rows.flat(), rows.length)).toBeCloseTo(known, 4);
  });

  test('trace, and sum of squares, of a random matrix are those of its eigenvalues', () => {
    const n = 40;
    const a = randomMatrix(n, 1);
    const { re, im } = eigenvalues(a, n);
    const trace = (of: (i: number, j: number) => number) =>
      Array.from({ length: n }, (_, i) => of(i, i)).reduce((sum, value) => sum + value, 0);
    expect(re.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
      trace((i) => a[i * n + i]),
      9,
    );
    const square = (i: number) => Array.from({ length: n }, (_, k) => a[i * n + k] * a[k * n + i]);
    expect(re.reduce((sum, value, k) => sum + value ** 2 - im[k] ** 2, 0)).toBeCloseTo(
      trace((i) => square(i).reduce((sum, value) => sum + value, 0)),
      9,
    );
    expect(im.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
  });
});

describeBackends('the spectral radius', () => {
  test.each(KNOWN)('%s', (_, rows, known) => {
    expect(radius(rows)).toBeCloseTo(known, 3);
  });

  test('of a product of reflections is 1', () => {
    const n = 24;
    let q = tf.eye(n);
    for (let k = 0; k < n; k++) {
      const v = tf.tensor2d(Float32Array.from(randomMatrix(n, k).subarray(0, n)), [n, 1]);
      q = tf.sub(q, tf.mul(tf.matMul(tf.matMul(q, v), v, false, true), tf.div(2, tf.sum(tf.square(v))))) as tf.Tensor2D;
    }
    expect(spectralRadii(tf.reshape(q, [1, n, n]))[0]).toBeCloseTo(1, 4);
  });

  test.each([2, 7, 33, 64])('%i x %i random matrices: as double-shift QR finds it, each for itself', (n) => {
    const matrices = [1, 2, 3].map((seed) => randomMatrix(n, seed));
    const values = Float32Array.from(matrices.flatMap((one) => [...one]));
    const found = tf.tidy(() => spectralRadii(tf.tensor3d(values, [3, n, n])));
    for (const [index, matrix] of matrices.entries()) {
      const exact = largestModulus(matrix, n);
      expect(Math.abs(found[index] / exact - 1)).toBeLessThan(2e-4);
    }
  });

  test('neither over- nor underflows; what is not finite has none; leaves no tensors behind', () => {
    expect(radius([[1e18, 0], [0, 1]]) / 1e18).toBeCloseTo(1, 4); // prettier-ignore
    expect(radius([[1e-18, 0], [0, 0]]) / 1e-18).toBeCloseTo(1, 4); // prettier-ignore
    expect(radius([[NaN, 0], [0, 1]])).toBeNaN(); // prettier-ignore
    const before = tf.memory().numTensors;
    const matrices = tf.ones([2, 3, 3]) as tf.Tensor3D;
    spectralRadii(matrices);
    matrices.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** [n * n], normal, deviation 1 / sqrt(n): the radius is near 1 (Girko's circle). */
function randomMatrix(n: number, seed: number): Float64Array {
  const random = new Random(seed, 'radius');
  return Float64Array.from({ length: n * n }, () => random.normal() / Math.sqrt(n));
}
