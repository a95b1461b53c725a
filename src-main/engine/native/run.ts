import * as tf from '@tensorflow/tfjs-core';

/** Runs an operation that has several results. */
export function runAll(
  kernel: string,
  inputs: tf.Tensor[] | Record<string, tf.Tensor>,
  attributes: tf.NamedAttrMap = {},
): tf.Tensor[] {
  return tf.engine().runKernel(kernel, inputs as tf.NamedTensorMap, attributes) as unknown as tf.Tensor[];
}
