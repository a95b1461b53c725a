import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { nativeLayerNorm } from './native/normalisation-kernels.ts';

/**
 * y = (x - mean) / sqrt(variance + eps) * weight + bias, with mean and biased variance over the last axis (PyTorch's
 * nn.LayerNorm; Ba, Kiros, Hinton 2016).
 * @param x [..., size]
 * @param weight [size]
 * @param bias [size]
 * @throws HarkError `internal` when shapes do not fit together
 */
export function layerNorm<T extends tf.Tensor>(x: T, weight: tf.Tensor, bias: tf.Tensor, eps = 1e-5): T {
  const size = x.shape.at(-1);
  if (x.size === 0) throw new HarkError('internal', `Layer normalisation: x is empty: [${x.shape.join(', ')}].`);
  for (const [name, tensor] of Object.entries({ weight, bias }))
    if (tensor.shape.length !== 1 || tensor.shape[0] !== size)
      throw new HarkError('internal', `Layer normalisation: ${name} is [${tensor.shape.join(', ')}], not [${size}].`);
  return (tf.getBackend() === 'native' ? nativeLayerNorm : composedLayerNorm)(x, weight, bias, eps) as T;
}

/** In ordinary operations. */
export function composedLayerNorm(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, eps: number): tf.Tensor {
  const mean = (tensor: tf.Tensor) => tf.div(tf.sum(tensor, -1, true), x.shape.at(-1)!);
  const centred = tf.sub(x, mean(x));
  const deviation = tf.sqrt(tf.add(mean(tf.square(centred)), eps));
  return tf.add(tf.mul(tf.div(centred, deviation), weight), bias);
}
