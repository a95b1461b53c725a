import * as tf from '@tensorflow/tfjs-core';

/**
 * y = x W^T + b (PyTorch's nn.Linear).
 * @param x [..., in]
 * @param weight [out, in]
 * @param bias [out]
 * @returns [..., out]
 */
export function linear<T extends tf.Tensor>(x: T, weight: tf.Tensor, bias: tf.Tensor): T {
  const [outSize, inSize] = weight.shape;
  const flat = tf.reshape(x, [-1, inSize]) as tf.Tensor2D;
  // Not tf.fused.matMul: the wasm backend (4.22) adds the wrong bias there from the second row on.
  const y = tf.add(tf.matMul(flat, weight as tf.Tensor2D, false, true), bias);
  return tf.reshape(y, [...x.shape.slice(0, -1), outSize]) as T;
}
