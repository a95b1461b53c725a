import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/**
 * Holds the tape's gradients of a scalar function to central differences (f(x + e) - f(x - e)) / 2e in every element.
 * @param tolerance relative to the largest gradient of that input; single precision allows no better than about 1e-2
 */
export function expectNumericGradients(
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  tolerance = 1e-2,
): void {
  const step = 1e-2;
  const gradients = tf.grads((...args: tf.Tensor[]) => f(...args) as tf.Scalar)(inputs);
  inputs.forEach((input, which) => {
    const gradient = gradients[which];
    expect(gradient.shape, `shape of gradient ${which}`).toEqual(input.shape);
    const values = Float32Array.from(input.dataSync());
    const valueAt = (i: number, change: number) => {
      const moved = values.slice();
      moved[i] += change;
      return tf.tidy(
        () => f(...inputs.map((other, j) => (j === which ? tf.tensor(moved, input.shape) : other))).dataSync()[0],
      );
    };
    const found = gradient.dataSync();
    const numeric = Array.from(values, (_, i) => (valueAt(i, step) - valueAt(i, -step)) / (2 * step));
    const scale = Math.max(1e-3, ...numeric.map(Math.abs));
    numeric.forEach((slope, i) =>
      expect(Math.abs(found[i] - slope) / scale, `input ${which}, element ${i}`).toBeLessThan(tolerance),
    );
  });
}
