import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '#shared/math/random.ts';
import type { Layer } from '../types.ts';
import { frameWindowLayer, type FrameWindowLayer } from './frame-window.ts';
import { linearLayer } from './linear.ts';
import { stacked, type StackOptions } from './stacked.ts';

export interface FrameDenseOptions extends StackOptions {
  inputSize: number;
  hiddenSize: number;
  numLayers: number;
  /** Frames before and behind each frame that the first layer sees with it; 0 by default. */
  context?: number;
}

/**
 * Linear layers with ReLU, each frame for itself: `<name>.<layer>.weight`, `.bias` (an nn.ModuleList of nn.Linear). It sees
 * no order at all: the baseline that shows what memory is worth. [batch, time, D] -> [batch, time, H].
 *
 * With `context` the first layer sees a window of frames (then the first of the list is an nn.Conv1d, see frame-window.ts), as
 * acoustic models before recurrent ones did (Hinton and others 2012): order within the window, and nothing beyond it.
 */
export function frameDense(name: string, options: FrameDenseOptions, random: Random): Layer {
  const { inputSize, hiddenSize, numLayers, context = 0 } = options;
  const first =
    context > 0
      ? frameWindowLayer(`${name}.0`, inputSize, hiddenSize, context, random)
      : linearLayer(`${name}.0`, inputSize, hiddenSize, random);
  const others = Array.from({ length: numLayers - 1 }, (_, index) =>
    linearLayer(`${name}.${index + 1}`, hiddenSize, hiddenSize, random),
  );
  const layers: FrameWindowLayer[] = [first, ...others];
  return {
    parameters: new Map(layers.flatMap((layer) => [...layer.parameters])),
    forward: (x, lengths, mode) =>
      stacked(
        layers.map(({ apply }, layer) => (input) => {
          const hidden = tf.relu(apply(input, lengths));
          mode.watch?.({ layer, reverse: false }, { hidden });
          return hidden;
        }),
        x,
        options,
        mode,
      ),
  };
}
