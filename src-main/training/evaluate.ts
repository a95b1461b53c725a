import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '#main/models/types.ts';
import { percentile } from '#shared/math/statistics.ts';
import { assembleBatch, orderByLength, type Batch, type PackedClips } from './batches.ts';

/** Large enough that the kernels are busy, small enough for a pause between two. */
const BATCH_SIZE = 128;

export interface Evaluation {
  /** Mean cross-entropy, natural logarithm, without label smoothing. */
  loss: number;
  accuracy: number;
  /** Most probable class of each clip, in the order of the clips. */
  predicted: Int32Array;
  /** [clips, classes] */
  probabilities: Float32Array;
}

/** Called between two batches: where messages are heard, and a pause is held. */
export type Between = () => Promise<void>;

/** What the model says of each clip. */
export async function evaluate(model: Model, packed: PackedClips, between: Between): Promise<Evaluation> {
  const clips = packed.frames.length;
  const { classes } = model;
  const predicted = new Int32Array(clips);
  const probabilities = new Float32Array(clips * classes);
  let loss = 0;
  let right = 0;
  const order = orderByLength(packed.frames, BATCH_SIZE);
  for (const [index, indices] of order.entries()) {
    const batch = assembleBatch(packed, indices, order[index + 1]);
    scoreLogits(predictLogits(model, batch), batch.labels).forEach((score, row) => {
      const clip = indices[row];
      probabilities.set(score.probabilities, clip * classes);
      predicted[clip] = score.predicted;
      loss += score.loss;
      if (score.right) right++;
    });
    await between();
  }
  return { loss: loss / clips, accuracy: right / clips, predicted, probabilities };
}

/** What the logits of one clip come to. */
export interface Score {
  probabilities: Float64Array;
  predicted: number;
  right: boolean;
  /** Cross-entropy, natural logarithm. */
  loss: number;
}

/** @param logits [labels.length, classes] */
export function scoreLogits(logits: Float32Array, labels: Int32Array): Score[] {
  const classes = logits.length / labels.length;
  return Array.from(labels, (label, row) => {
    const probabilities = softmax(logits.subarray(row * classes, (row + 1) * classes));
    const predicted = largest(probabilities);
    const loss = -Math.log(Math.max(probabilities[label], Number.MIN_VALUE));
    return { probabilities, predicted, right: predicted === label, loss };
  });
}

/** Raw outputs of one batch. @returns [size, classes] */
export function predictLogits(model: Model, batch: Batch): Float32Array {
  return tf.tidy(() => {
    const x = tf.tensor3d(batch.x, [batch.size, batch.time, model.inputSize]);
    return (model.forward(x, batch.lengths, { training: false }).dataSync() as Float32Array).slice();
  });
}

/** Probabilities from the logits of one clip. */
export function softmax(logits: Float32Array): Float64Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const shares = Float64Array.from(logits, (value) => Math.exp(value - highest));
  const total = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / total);
}

/** Index of the largest value, the first of equals. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

const WARM_UP = 20;
const MOST_TIMED = 200;

/**
 * Milliseconds from one clip's features to its answer, one clip at a time: p50 and p95 over up to 200 clips spread over all,
 * after a warm-up.
 */
export async function timeInference(
  model: Model,
  packed: PackedClips,
  between: Between,
): Promise<{ p50: number; p95: number; clips: number }> {
  const all = packed.frames.length;
  const count = Math.min(all, MOST_TIMED);
  const timed = Array.from({ length: count }, (_, index) => Math.floor((index * all) / count));
  const run = (clip: number): number => {
    const started = performance.now();
    predictLogits(model, assembleBatch(packed, Int32Array.of(clip)));
    return performance.now() - started;
  };
  for (let i = 0; i < WARM_UP; i++) run(timed[i % count]);
  const times: number[] = [];
  for (const clip of timed) {
    times.push(run(clip));
    await between();
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), clips: count };
}
