import * as tf from '@tensorflow/tfjs-core';
import type { Features } from '#main/features/extract.ts';
import { largest } from '#main/training/evaluate.ts';
import type { SaliencyMethod } from '#shared/contract/bulk.ts';
import { frontOf, type Band, type Front } from './front.ts';
import type { Network } from './networks.ts';

/** Which parts of a clip speak for a class, and how much. */
export interface Saliency {
  frames: number;
  bands: Band[];
  /** [frames, bands]; above 0: speaks for the class, below: against it. */
  values: Float32Array;
  /** The class asked for, or the one answered. */
  target: number;
  /** Its logit for the clip, and for one in which everything is as always. */
  output: number;
  baseline: number;
}

/** Points of the path of integrated gradients. */
const STEPS = 64;
/** Of which so many are in one batch. */
const AT_ONCE = 16;

/** From where on gradients are taken: of the clip itself, or of the whole way to it from a clip in which all is as always. */
const PATHS: Record<SaliencyMethod, number[]> = {
  gradient: [1],
  // The middle of each step: the sum is then closest to the integral.
  integrated: Array.from({ length: STEPS }, (_, step) => (step + 0.5) / STEPS),
};

/**
 * Saliency over time and frequency of the logit of a class. `gradient`: gradient x input (Shrikumar and others 2016). `integrated`:
 * integrated gradients from the mean of the training part (Sundararajan, Taly and Yan 2017), whose sum is the logit less that of the
 * baseline.
 * @param target a class; null: the one the network answers
 * @param rate of the sound the features were made of, Hz
 */
export function saliencyOf(
  network: Network,
  features: Features,
  rate: number,
  method: SaliencyMethod,
  target: number | null,
): Saliency {
  const { model, description } = network;
  let answer: Saliency | null = null;
  tf.tidy(() => {
    const front = frontOf(description, features, rate);
    const { frames, bands, picture } = front;
    const logitsOf = (pictures: tf.Tensor3D) =>
      model.forward(front.toInput(pictures), null, { training: false, inputGradient: true });
    const ends = logitsOf(scaled(front, [1, 0])).dataSync();
    const wanted = target ?? largest(ends.subarray(0, model.classes));
    const column = tf.oneHot(tf.tensor1d([wanted], 'int32'), model.classes);
    const slope = tf.grad((pictures: tf.Tensor) =>
      tf.sum(tf.mul(logitsOf(pictures as tf.Tensor3D), tf.cast(column, 'float32'))),
    );
    const path = PATHS[method];
    const values = new Float32Array(picture.length);
    for (let from = 0; from < path.length; from += AT_ONCE) {
      const sums = tf.tidy(() => tf.sum(slope(scaled(front, path.slice(from, from + AT_ONCE))), 0)).dataSync();
      sums.forEach((value, at) => (values[at] += (value * picture[at]) / path.length));
    }
    answer = {
      ...{ frames, bands, values, target: wanted },
      output: ends[wanted],
      baseline: ends[model.classes + wanted],
    };
  });
  return answer!;
}

/** The picture times each factor. @returns [factors, frames, bands] */
function scaled({ picture, frames, bands }: Front, factors: readonly number[]): tf.Tensor3D {
  const all = new Float32Array(factors.length * picture.length);
  factors.forEach((factor, row) => {
    for (let at = 0; at < picture.length; at++) all[row * picture.length + at] = factor * picture[at];
  });
  return tf.tensor3d(all, [factors.length, frames, bands.length]);
}
