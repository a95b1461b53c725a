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
  const right = weight as tf.Tensor2D;
  // Fused where the kernel is ours: tfjs' own for WebAssembly gives wrong values here (a transposed factor with a bias).
  const y =
    tf.getBackend() === 'native'
      ? tf.fused.matMul({ a: flat, b: right, transposeB: true, bias })
      : tf.add(tf.matMul(flat, right, false, true), bias);
  return tf.reshape(y, [...x.shape.slice(0, -1), outSize]) as T;
}
