import * as tf from '@tensorflow/tfjs-core';
import { alike } from './alike.ts';
import { absolute } from './distances.ts';
import { reduce, type Reduction } from './reduction.ts';

export interface RegressionOptions {
  /** Over all elements; 'none' keeps the shape. */
  reduction?: Reduction;
}

/** PyTorch's F.mse_loss: (prediction - target)^2. Both of one shape. @throws HarkError `internal` when they are not */
export function mseLoss(prediction: tf.Tensor, target: tf.Tensor, options: RegressionOptions = {}): tf.Tensor {
  return reduce(tf.square(gapOf('Squared error', prediction, target)), options.reduction ?? 'mean');
}

/** PyTorch's F.l1_loss: |prediction - target|. Both of one shape. @throws HarkError `internal` when they are not */
export function l1Loss(prediction: tf.Tensor, target: tf.Tensor, options: RegressionOptions = {}): tf.Tensor {
  return reduce(absolute(gapOf('L1 loss', prediction, target)), options.reduction ?? 'mean');
}

/**
 * PyTorch's F.huber_loss: gap^2 / 2 up to `delta`, delta (|gap| - delta / 2) beyond it (Huber 1964). Both of one shape.
 * @throws HarkError `internal` when they are not
 */
export function huberLoss(
  prediction: tf.Tensor,
  target: tf.Tensor,
  { delta = 1, reduction = 'mean' }: RegressionOptions & { delta?: number } = {},
): tf.Tensor {
  const gap = absolute(gapOf('Huber loss', prediction, target));
  const beyond = tf.relu(tf.sub(gap, delta));
  const near = tf.sub(gap, beyond);
  return reduce(tf.add(tf.mul(0.5, tf.square(near)), tf.mul(delta, beyond)), reduction);
}

function gapOf(loss: string, prediction: tf.Tensor, target: tf.Tensor): tf.Tensor {
  alike(loss, prediction, target);
  return tf.sub(prediction, target);
}
