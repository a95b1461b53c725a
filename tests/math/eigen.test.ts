import { describe, expect, test } from 'vitest';
import { symmetricEigen } from '#shared/math/eigen.ts';
import { Random } from '#shared/math/random.ts';

function symmetric(size: number, seed: number): Float64Array {
  const random = new Random(seed, 'symmetric');
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = random.normal();
  return matrix;
}

/** Jacobi's rotations until nothing is left beside the diagonal: slow, plain, another way to the same values. */
function jacobiValues(given: Float64Array, size: number): number[] {
  const a = given.slice();
  for (let sweep = 0; sweep < 60; sweep++)
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const off = a[p * size + q];
        if (off === 0) continue;
        const theta = (a[q * size + q] - a[p * size + p]) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < size; k++) {
          const [x, y] = [a[k * size + p], a[k * size + q]];
          a[k * size + p] = c * x - s * y;
          a[k * size + q] = s * x + c * y;
        }
        for (let k = 0; k < size; k++) {
          const [x, y] = [a[p * size + k], a[q * size + k]];
          a[p * size + k] = c * x - s * y;
          a[q * size + k] = s * x + c * y;
        }
      }
  return Array.from({ length: size }, (_, i) => a[i * size + i]).sort((x, y) => y - x);
}

describe('symmetric eigenvalues', () => {
  test.each([1, 2, 3, 7, 20, 64])('of a matrix of %i rows are those of Jacobi’s rotations', (size) => {
    const matrix = symmetric(size, size);
    const { values } = symmetricEigen(matrix, size);
    jacobiValues(matrix, size).forEach((value, index) => expect(values[index]).toBeCloseTo(value, 10));
  });

  test.each([2, 9, 40])('the matrix of %i rows only stretches their vectors, which are orthonormal', (size) => {
    const matrix = symmetric(size, 100 + size);
    const { values, vectors } = symmetricEigen(matrix, size);
    const row = (i: number) => vectors.subarray(i * size, (i + 1) * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const dot = row(i).reduce((sum, value, k) => sum + value * row(j)[k], 0);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 10);
        const image = matrix.subarray(j * size, (j + 1) * size).reduce((sum, value, k) => sum + value * row(i)[k], 0);
        expect(image).toBeCloseTo(values[i] * row(i)[j], 10);
      }
      expect(row(i).reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)).toBeGreaterThan(0);
    }
  });

  test('with equal values, zeros and a matrix that is diagonal already', () => {
    expect([...symmetricEigen(Float64Array.of(2, 0, 0, 0, 5, 0, 0, 0, 2), 3).values]).toEqual([5, 2, 2]);
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
    const ones = symmetricEigen(new Float64Array(16).fill(1), 4);
    expect(ones.values[0]).toBeCloseTo(4, 12);
    expect(ones.vectors[0]).toBeCloseTo(0.5, 12);
    expect(Math.max(...ones.values.subarray(1).map(Math.abs))).toBeLessThan(1e-12);
  });

  test('a number that is not finite is refused', () => {
    expect(() => symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2)).toThrow(RangeError);
  });
});
