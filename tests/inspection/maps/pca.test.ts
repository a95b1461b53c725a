import { describe, expect, test } from 'vitest';
import { principalPlane } from '#main/inspection/maps/pca.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { symmetricEigen } from '#shared/math/eigen.ts';
import { Random } from '#shared/math/random.ts';
import { clouds, never } from './made-vectors.ts';

/** Points along two orthogonal directions with standard deviations 5 and 2 that are not correlated, and hardly any noise. */
function along(first: number[], second: number[], count: number) {
  const random = new Random(3, 'along');
  return Float32Array.from(
    Array.from({ length: count }, (_, at) => {
      const turn = (2 * Math.PI * at) / count;
      const [a, b] = [5 * Math.SQRT2 * Math.cos(turn), 2 * Math.SQRT2 * Math.sin(turn)];
      return first.map((value, i) => 10 + a * value + b * second[i] + 1e-4 * random.normal());
    }).flat(),
  );
}

describe('principal components', () => {
  test('are the directions the points were spread along, with their shares of the variance', async () => {
    const first = [0.6, 0.8, 0, 0];
    const second = [0, 0, 0.8, -0.6];
    const vectors = along(first, second, 400);
    const { points, shares } = await principalPlane(vectors, 4, never);
    const mean = [0, 1, 2, 3].map((i) =>
      vectors.reduce((sum, value, at) => (at % 4 === i ? sum + value / 400 : sum), 0),
    );
    for (let row = 0; row < 400; row++) {
      const centred = mean.map((value, i) => vectors[row * 4 + i] - value);
      const expected = [first, second].map((axis) => axis.reduce((sum, value, i) => sum + value * centred[i], 0));
      expect(Math.abs(points[row * 2] - expected[0])).toBeLessThan(1e-3);
      expect(Math.abs(points[row * 2 + 1] - expected[1])).toBeLessThan(1e-3);
    }
    expect(shares[0]).toBeCloseTo(25 / 29, 4);
    expect(shares[1]).toBeCloseTo(4 / 29, 4);
  });

  test.each([
    [60, 9],
    [9, 60],
    [30, 30],
  ])('of %i vectors of %i values are those of the covariance matrix in double precision', async (count, width) => {
    const vectors = clouds(3, count / 3, width, 2, count);
    const { points, shares } = await principalPlane(vectors, width, never);
    const mean = Array.from({ length: width }, (_, i) => {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += vectors[row * width + i];
      return sum / count;
    });
    const centred = (row: number, i: number) => vectors[row * width + i] - mean[i];
    const covariance = Float64Array.from({ length: width * width }, (_, at) => {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += centred(row, Math.floor(at / width)) * centred(row, at % width);
      return sum / (count - 1);
    });
    const { values, vectors: axes } = symmetricEigen(covariance, width);
    const total = values.reduce((a, b) => a + b, 0);
    [0, 1].forEach((axis) => {
      expect(shares[axis]).toBeCloseTo(values[axis] / total, 9);
      const expected = Array.from({ length: count }, (_, row) => {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += centred(row, i) * axes[axis * width + i];
        return sum;
      });
      // From Gram's matrix an axis may come the other way round.
      const sign = Math.sign(expected.reduce((sum, value, row) => sum + value * points[row * 2 + axis], 0));
      expected.forEach((value, row) => expect(Math.abs(sign * points[row * 2 + axis] - value)).toBeLessThan(1e-4));
    });
  });

  test('of equal vectors are nothing, and of numbers that are not finite nothing can be said', async () => {
    const { points, shares } = await principalPlane(new Float32Array(12).fill(3), 3, never);
    expect(Math.max(...points.map(Math.abs))).toBe(0);
    expect(shares).toEqual([0, 0]);
    await expect(principalPlane(Float32Array.of(1, 2, NaN, 4, 5, 6), 2, never)).rejects.toBeInstanceOf(HarkError);
  });

  test('one value a vector has one axis', async () => {
    const { points, shares } = await principalPlane(Float32Array.of(1, 2, 3, 6), 1, never);
    expect([...points]).toEqual([-2, 0, -1, 0, 0, 0, 3, 0]);
    expect(shares).toEqual([1, 0]);
  });
});
