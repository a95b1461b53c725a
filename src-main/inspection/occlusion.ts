import * as tf from '@tensorflow/tfjs-core';
import type { Features } from '#main/features/extract.ts';
import { softmax } from '#main/training/evaluate.ts';
import { frontOf } from './front.ts';
import type { Network } from './networks.ts';

/** A stretch of time, by frames [from, to), and of frequency, Hz, that is covered. */
export interface Cover {
  from: number;
  to: number;
  low: number;
  high: number;
}

/**
 * What the network says of a clip in which everything under the covers is as always (the mean of the training part).
 * @param rate of the sound the features were made of, Hz
 * @returns probabilities, by class
 */
export function occluded(network: Network, features: Features, rate: number, covers: readonly Cover[]): Float32Array {
  const front = frontOf(network.description, features, rate);
  const { picture, frames, bands } = front;
  const covered = picture.slice();
  for (const { from, to, low, high } of covers)
    bands.forEach((band, index) => {
      const middle = (band.low + band.high) / 2;
      if (middle < low || middle > high) return;
      for (let t = Math.max(0, from); t < Math.min(frames, to); t++) covered[t * bands.length + index] = 0;
    });
  return tf.tidy(() => {
    const input = front.toInput(tf.tensor3d(covered, [1, frames, bands.length]));
    const logits = network.model.forward(input, null, { training: false }).dataSync() as Float32Array;
    return Float32Array.from(softmax(logits));
  });
}
