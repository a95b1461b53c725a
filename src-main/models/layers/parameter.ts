import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '#shared/math/random.ts';

/** A trainable tensor with uniform values within ±1/sqrt(fan), as PyTorch starts recurrent and linear layers. */
export const uniformParameter = (shape: number[], fan: number, random: Random): tf.Variable =>
  between(shape, 1 / Math.sqrt(fan), random);

/** Uniform values within ±sqrt(6 / (rows + columns)) (Glorot, Bengio 2010). */
export const xavierParameter = (shape: [rows: number, columns: number], random: Random): tf.Variable =>
  between(shape, Math.sqrt(6 / (shape[0] + shape[1])), random);

/** A trainable tensor that begins with one value everywhere. */
export const constantParameter = (shape: number[], value: number): tf.Variable =>
  tf.tidy(() => tf.variable(tf.fill(shape, value)));

/** A tensor that belongs to a model's state, but that no gradient changes. */
export const buffer = (shape: number[], value: number): tf.Variable =>
  tf.tidy(() => tf.variable(tf.fill(shape, value), false));

function between(shape: number[], bound: number, random: Random): tf.Variable {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.between(-bound, bound));
  return tf.tidy(() => tf.variable(tf.tensor(values, shape)));
}
