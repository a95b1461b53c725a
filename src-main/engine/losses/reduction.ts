import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from '../values.ts';

/** What becomes of the losses of a batch (PyTorch's `reduction`). */
export type Reduction = 'none' | 'mean' | 'sum';

/** A scalar, or with 'none' a loss for each. */
export type Reduced<R extends Reduction> = R extends 'none' ? tf.Tensor1D : tf.Scalar;

/** @param losses [batch] */
export function reduce<R extends Reduction>(losses: tf.Tensor, reduction: R): Reduced<R> {
  if (reduction === 'none') return losses as Reduced<R>;
  const sum = tf.sum(losses);
  return (reduction === 'sum' ? sum : tf.mul(sum, 1 / losses.size)) as Reduced<R>;
}

/**
 * The way back of a loss that computed its gradient with its value: times what follows it, which mostly is nothing.
 * @param gradient [batch, ...]
 * @param dy scalar or [batch]
 */
export function chain(gradient: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  if (valuesOf(dy).every((factor) => factor === 1)) return tf.clone(gradient);
  return tf.mul(gradient, tf.reshape(dy, [-1, ...new Array<number>(gradient.rank - 1).fill(1)]));
}
