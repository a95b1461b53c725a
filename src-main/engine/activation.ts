import * as tf from '@tensorflow/tfjs-core';

/** What may follow a product of matrices in the same operation. */
export const ACTIVATIONS = ['linear', 'relu', 'tanh', 'sigmoid'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

const functions: Record<Activation, <T extends tf.Tensor>(x: T) => T> = {
  linear: (x) => x,
  relu: tf.relu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
};

/** f(x) in ordinary operations. */
export const activate = <T extends tf.Tensor>(x: T, activation: Activation): T => functions[activation](x);
