import * as tf from '@tensorflow/tfjs-core';
import type { Features } from '#main/features/extract.ts';
import { gradientsThroughTime, type ThroughTime } from '#main/models/through-time.ts';
import type { GradientSource } from '#shared/contract/inspect.ts';
import type { Network } from './networks.ts';
import { inputOf } from './signals.ts';

/**
 * How much of the loss of one clip, had it this label, reaches each state on its way back through time.
 * @throws HarkError `bad-input` for a network without states
 */
export function clipGradients(network: Network, features: Features, label: number, from: GradientSource): ThroughTime {
  const x = inputOf(network, features);
  try {
    return gradientsThroughTime(network.model, x, null, Int32Array.of(label), from);
  } finally {
    tf.dispose(x);
  }
}
