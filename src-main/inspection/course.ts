import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from '#main/engine/values.ts';
import type { Features } from '#main/features/extract.ts';
import { softmax } from '#main/training/evaluate.ts';
import type { Network } from './networks.ts';
import type { Course } from './protocol.ts';
import { inputOf } from './signals.ts';

/**
 * What the network would have said, had the clip ended after each of its frames; of more than `most` frames, after so many of them
 * evenly spread, the last one among them.
 */
export function courseOf(network: Network, features: Features, most: number): Course {
  const { frames } = features;
  const count = Math.min(frames, most);
  const ends = Int32Array.from({ length: count }, (_, index) => Math.round(((index + 1) * frames) / count));
  return tf.tidy(() => {
    const logits = valuesOf(network.model.forwardPrefixes(inputOf(network, features), ends));
    const { classes } = network.model;
    const probabilities = new Float32Array(count * classes);
    for (let row = 0; row < probabilities.length; row += classes)
      probabilities.set(softmax(logits.subarray(row, row + classes)), row);
    return { ends, probabilities };
  });
}
