import * as tf from '@tensorflow/tfjs-core';
import { dropout } from '#main/engine/dropout.ts';
import type { Mode } from '../types.ts';

export interface StackOptions {
  /** Of the input of each layer but the first, in training. */
  dropout: number;
  /** From the second layer on: a layer's output and its input, before dropout, added. */
  residual?: boolean;
}

/**
 * Layers one upon the other. With `residual` each but the first learns what to add to its input (He et al. 2016; in recurrent
 * stacks Wu et al. 2016); the first changes the width, the others must keep it.
 * @param x [batch, time, D] @returns [batch, time, H]
 */
export function stacked(
  layers: readonly ((x: tf.Tensor3D) => tf.Tensor3D)[],
  x: tf.Tensor3D,
  { dropout: rate, residual = false }: StackOptions,
  mode: Mode,
): tf.Tensor3D {
  const [first, ...others] = layers;
  return others.reduce((input, layer) => {
    const output = layer(mode.training ? dropout(input, rate, mode.random!) : input);
    return residual ? tf.add(output, input) : output;
  }, first(x));
}
