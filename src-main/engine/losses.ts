import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';

/**
 * Mean cross-entropy of softmax(logits) against class numbers (PyTorch's F.cross_entropy): with smoothing s the target is
 * 1 - s on the true class plus s / C on each (Szegedy et al. 2016). Its gradient is (softmax - target) / batch.
 * @param logits [batch, C]
 * @param targets class of each row, 0..C-1
 * @returns scalar
 * @throws HarkError `internal` for a target that is no class
 */
export function crossEntropy(logits: tf.Tensor2D, targets: Int32Array, { labelSmoothing = 0 } = {}): tf.Scalar {
  const [batch, classes] = logits.shape;
  const wanted = smoothedTargets(targets, batch, classes, labelSmoothing);
  return tf.customGrad((...args) => {
    const [z, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const target = tf.tensor2d(wanted, [batch, classes]);
    const shifted = tf.sub(z, tf.max(z, 1, true));
    const exponentials = tf.exp(shifted);
    const sums = tf.sum(exponentials, 1, true);
    const value = tf.neg(tf.div(tf.sum(tf.mul(target, tf.sub(shifted, tf.log(sums)))), batch));
    save([tf.div(tf.sub(tf.div(exponentials, sums), target), batch)]);
    return { value, gradFunc: (dy, saved) => tf.mul(dy, saved[0]) };
  })(logits) as tf.Scalar;
}

function smoothedTargets(targets: Int32Array, batch: number, classes: number, smoothing: number): Float32Array {
  if (targets.length !== batch)
    throw new HarkError('internal', `Cross-entropy: ${targets.length} targets for ${batch} rows.`);
  const wanted = new Float32Array(batch * classes).fill(smoothing / classes);
  targets.forEach((target, row) => {
    if (!(target >= 0 && target < classes))
      throw new HarkError('internal', `Cross-entropy: target ${target} of ${classes} classes.`);
    wanted[row * classes + target] += 1 - smoothing;
  });
  return wanted;
}

/** Probabilities along the last axis. @param logits [..., C] */
export function softmax<T extends tf.Tensor>(logits: T): T {
  return tf.softmax(logits);
}
