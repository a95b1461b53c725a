import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from './values.ts';

/** Powers go up to 2^16: what a norm differs from the radius by, at most a few powers of the size, then weighs 1/65 536. */
const SQUARINGS = 16;

/**
 * Largest modulus of the eigenvalues of each matrix, complex pairs and defective ones too: by Gelfand's formula, the limit of
 * |A^k|^(1/k), with k doubled by squaring and the norm taken out each time, so that nothing over- or underflows. Within about 1e-4 of
 * the radius for weights as networks have them; of a matrix that is all but nilpotent, within what single precision makes of 0.
 * @param matrices [count, n, n]
 * @returns [count]; NaN for a matrix with values that are not finite
 */
export function spectralRadii(matrices: tf.Tensor3D): number[] {
  const [count] = matrices.shape;
  /** log |A^k| / k */
  const rates = Array<number>(count).fill(0);
  let power: tf.Tensor3D = tf.clone(matrices);
  for (let squaring = 0; squaring <= SQUARINGS; squaring++) {
    const before = power;
    power = tf.tidy((): tf.Tensor3D => {
      const raised: tf.Tensor3D = squaring === 0 ? before : tf.matMul(before, before);
      const norms = frobenius(raised);
      for (let matrix = 0; matrix < count; matrix++) rates[matrix] += Math.log(norms[matrix]) / 2 ** squaring;
      const shares = Float32Array.from(norms, (norm) => (norm > 0 ? 1 / norm : 0));
      return tf.mul(raised, tf.tensor3d(shares, [count, 1, 1]));
    });
    before.dispose();
  }
  power.dispose();
  return rates.map(Math.exp);
}

/** @param matrices [count, n, n] */
function frobenius(matrices: tf.Tensor3D): Float64Array {
  const [count, rows, columns] = matrices.shape;
  const values = valuesOf(matrices);
  const size = rows * columns;
  return Float64Array.from({ length: count }, (_, matrix) => {
    let sum = 0;
    for (let at = matrix * size; at < (matrix + 1) * size; at++) sum += values[at] * values[at];
    return Math.sqrt(sum);
  });
}
