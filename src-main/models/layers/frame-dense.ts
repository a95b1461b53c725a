import * as tf from '@tensorflow/tfjs-core';
import { dropout } from '#main/engine/dropout.ts';
import type { Random } from '#shared/math/random.ts';
import type { Layer } from '../types.ts';
import { linearLayer } from './linear.ts';

export interface FrameDenseOptions {
  inputSize: number;
  hiddenSize: number;
  numLayers: number;
  /** Between layers. */
  dropout: number;
}

/**
 * Linear layers with ReLU, each frame for itself: `<name>.<layer>.weight`, `.bias` (an nn.ModuleList of nn.Linear). It sees
 * no order at all: the baseline that shows what memory is worth. [batch, time, D] -> [batch, time, H].
 */
export function frameDense(name: string, options: FrameDenseOptions, random: Random): Layer {
  const layers = Array.from({ length: options.numLayers }, (_, index) =>
    linearLayer(`${name}.${index}`, index === 0 ? options.inputSize : options.hiddenSize, options.hiddenSize, random),
  );
  return {
    parameters: new Map(layers.flatMap((layer) => [...layer.parameters])),
    forward: (x, _lengths, mode) =>
      layers.reduce((input, layer, index) => {
        const dropped = index > 0 && mode.training ? dropout(input, options.dropout, mode.random!) : input;
        return tf.relu(layer.apply(dropped));
      }, x),
  };
}
