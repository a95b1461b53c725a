import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { nativeJoin } from './native/bilinear-kernels.ts';

/**
 * y_k = x1ᵀ A_k x2 + b_k (PyTorch's nn.Bilinear). One product with all weights, t_k = A_k x2, then y_k = x1ᵀ t_k + b_k; the
 * gradients are two products more.
 * @param x1 [..., in1]
 * @param x2 [..., in2]
 * @param weight A: [out, in1, in2]
 * @param bias [out]
 * @returns [..., out]
 * @throws HarkError `internal` when shapes do not fit together
 */
export function bilinear<T extends tf.Tensor>(x1: T, x2: T, weight: tf.Tensor, bias: tf.Tensor): T {
  check(x1, x2, weight, bias);
  const [outSize, size1, size2] = weight.shape;
  const left = tf.reshape(x1, [-1, size1]);
  const right = tf.reshape(x2, [-1, size2]) as tf.Tensor2D;
  const rows = tf.reshape(weight, [outSize * size1, size2]) as tf.Tensor2D;
  const t = tf.reshape(tf.matMul(right, rows, false, true), [-1, outSize, size1]);
  const y = (tf.getBackend() === 'native' ? nativeJoin : composedJoin)(t, left, bias);
  return tf.reshape(y, [...x1.shape.slice(0, -1), outSize]) as T;
}

/** In ordinary operations. */
const composedJoin = (t: tf.Tensor, x: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  tf.add(tf.sum(tf.mul(t, tf.expandDims(x, 1)), 2), bias);

function check(x1: tf.Tensor, x2: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): void {
  const shapes = `[${x1.shape}] and [${x2.shape}] with weights [${weight.shape}] and bias [${bias.shape}]`;
  const sameRows = tf.util.arraysEqual(x1.shape.slice(0, -1), x2.shape.slice(0, -1));
  const fits =
    weight.shape.length === 3 &&
    x1.shape.at(-1) === weight.shape[1] &&
    x2.shape.at(-1) === weight.shape[2] &&
    tf.util.arraysEqual(bias.shape, [weight.shape[0]]);
  if (!sameRows || !fits || x1.size === 0) throw new HarkError('internal', `Bilinear: ${shapes} do not fit together.`);
}
