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
  if (targets.length !== batch)
    throw new HarkError('internal', `Cross-entropy: ${targets.length} targets for ${batch} rows.`);
  for (const target of targets)
    if (!(target >= 0 && target < classes))
      throw new HarkError('internal', `Cross-entropy: target ${target} of ${classes} classes.`);

  return tf.customGrad((...args) => {
    const [z, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const { loss, gradient } = rowByRow(z.dataSync() as Float32Array, targets, classes, labelSmoothing);
    save([tf.tensor2d(gradient, [batch, classes])]);
    return { value: tf.scalar(loss), gradFunc: (dy, saved) => tf.mul(dy, saved[0]) };
  })(logits) as tf.Scalar;
}

/** Small against everything before it, and the same on every backend: a plain loop. */
function rowByRow(logits: Float32Array, targets: Int32Array, classes: number, smoothing: number) {
  const batch = targets.length;
  const gradient = new Float32Array(logits.length);
  const exponentials = new Float64Array(classes);
  let loss = 0;
  for (let row = 0; row < batch; row++) {
    const z = logits.subarray(row * classes, (row + 1) * classes);
    const largest = z.reduce((most, value) => Math.max(most, value), -Infinity);
    let sum = 0;
    for (let i = 0; i < classes; i++) sum += exponentials[i] = Math.exp(z[i] - largest);
    const logSum = Math.log(sum);
    for (let i = 0; i < classes; i++) {
      const wanted = smoothing / classes + (i === targets[row] ? 1 - smoothing : 0);
      if (wanted > 0) loss += wanted * (logSum - (z[i] - largest));
      gradient[row * classes + i] = (exponentials[i] / sum - wanted) / batch;
    }
  }
  return { loss: loss / batch, gradient };
}

/** Probabilities along the last axis. @param logits [..., C] */
export function softmax<T extends tf.Tensor>(logits: T): T {
  return tf.softmax(logits);
}
