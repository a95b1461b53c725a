import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '#shared/math/random.ts';

/** A trainable tensor with uniform values within ±1/sqrt(fan), as PyTorch starts recurrent and linear layers. */
export function uniformParameter(shape: number[], fan: number, random: Random): tf.Variable {
  const bound = 1 / Math.sqrt(fan);
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.between(-bound, bound));
  return tf.tidy(() => tf.variable(tf.tensor(values, shape)));
}
