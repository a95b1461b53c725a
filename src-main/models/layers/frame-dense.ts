import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '#shared/math/random.ts';
import type { Layer } from '../types.ts';
import { linearLayer } from './linear.ts';
import { stacked, type StackOptions } from './stacked.ts';

export interface FrameDenseOptions extends StackOptions {
  inputSize: number;
  hiddenSize: number;
  numLayers: number;
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
      stacked(
        layers.map(({ apply }, layer) => (input) => {
          const hidden = tf.relu(apply(input));
          mode.watch?.({ layer, reverse: false }, { hidden });
          return hidden;
        }),
        x,
        options,
        mode,
      ),
  };
}
