import * as tf from '@tensorflow/tfjs-core';
import { activate, type Activation } from './activation.ts';
import { nativeLinear } from './native/product.ts';

/**
 * y = f(x W^T + b) (PyTorch's nn.Linear, with an activation in the same operation).
 * @param x [..., in]
 * @param weight [out, in]
 * @param bias [out]
 * @returns [..., out]
 */
export function linear<T extends tf.Tensor>(
  x: T,
  weight: tf.Tensor,
  bias: tf.Tensor,
  activation: Activation = 'linear',
): T {
  const [outSize, inSize] = weight.shape;
  const flat = tf.reshape(x, [-1, inSize]) as tf.Tensor2D;
  // Not tf.fused: tfjs' own for WebAssembly gives wrong values here (a transposed factor with a bias).
  const y =
    tf.getBackend() === 'native'
      ? nativeLinear(flat, weight, bias, activation)
      : activate(tf.add(tf.matMul(flat, weight as tf.Tensor2D, false, true), bias), activation);
  return tf.reshape(y, [...x.shape.slice(0, -1), outSize]) as T;
}
