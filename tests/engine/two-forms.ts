import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { relativeError } from '../support/shared.ts';

/** Steady values without pattern, about -1..1. */
export const values = (shape: number[], seed = 1): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(seed + 1.7 * i + 0.03 * i * i)),
    shape,
  );

/** Two forms of one function agree, in their values and in all gradients. */
export function expectSame(
  ...[one, other, inputs, tolerance = 1e-5]: [
    one: (...inputs: tf.Tensor[]) => tf.Tensor,
    other: (...inputs: tf.Tensor[]) => tf.Tensor,
    inputs: tf.Tensor[],
    tolerance?: number,
  ]
): void {
  const [found, expected] = [one, other].map((f) => {
    const y = f(...inputs);
    const direction = values(y.shape, 5);
    const gradients = tf.grads((...t: tf.Tensor[]) => tf.sum(tf.mul(f(...t), direction)) as tf.Scalar)(inputs);
    return [y, ...gradients].map((tensor) => tensor.dataSync());
  });
  found.forEach((tensor, i) =>
    expect(relativeError(tensor, expected[i]), i === 0 ? 'values' : `gradient ${i - 1}`).toBeLessThan(tolerance),
  );
}
