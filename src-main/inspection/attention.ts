import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from '#main/engine/values.ts';
import type { Features } from '#main/features/extract.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { Network } from './networks.ts';
import { inputOf } from './signals.ts';

/**
 * How much each frame of a clip weighs in the vector that is classified: [frames], their sum 1.
 * @throws HarkError `bad-input` for a network that does not learn to weigh frames
 */
export function attentionOf(network: Network, features: Features): Float32Array {
  return tf.tidy(() => {
    let found: Float32Array | null = null;
    network.model.forward(inputOf(network, features), null, {
      training: false,
      attend: (weights) => (found = Float32Array.from(valuesOf(weights))),
    });
    if (!found)
      throw new HarkError('bad-input', 'This network has no attention: all of its frames count alike.', {
        where: 'model.pooling',
        remedy: 'Train one whose pooling over time is attention.',
      });
    return found;
  });
}
