import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import type { Pooling } from '#shared/domain/model-spec.ts';
import { nativePool } from './native/kernels.ts';

/**
 * One vector per sequence, from its own frames alone: their mean, their maximum (the gradient goes to the first frame that has
 * it), or the last of them.
 * @param x [batch, time, H]
 * @param lengths frames of each sequence, 1..time; null: all
 * @returns [batch, H]
 */
export function poolOverTime(kind: Pooling, x: tf.Tensor3D, lengths: Int32Array | null): tf.Tensor2D {
  const [batch, time] = x.shape;
  const frames = lengths ?? new Int32Array(batch).fill(time);
  if (frames.length !== batch)
    throw new HarkError('internal', `Pooling: ${frames.length} lengths for a batch of ${batch}.`);
  for (const length of frames)
    if (!(length >= 1 && length <= time))
      throw new HarkError('internal', `Pooling: length ${length} of ${time} frames.`);
  return tf.getBackend() === 'native' ? nativePool(kind, x, frames) : composedPooling(kind, x, frames);
}

/** In ordinary operations: weights over time that sum up to the wanted frames. */
export function composedPooling(kind: Pooling, x: tf.Tensor3D, lengths: Int32Array): tf.Tensor2D {
  const weights = { mean: meanWeights, last: lastWeights, max: maxWeights }[kind](x, lengths);
  return tf.sum(tf.mul(x, weights), 1) as tf.Tensor2D;
}

/** [batch, time, 1]: f(t, length) of each frame. */
function perFrame(x: tf.Tensor3D, lengths: Int32Array, f: (t: number, length: number) => number): tf.Tensor3D {
  const [batch, time] = x.shape;
  const values = new Float32Array(batch * time);
  for (let b = 0; b < batch; b++) for (let t = 0; t < time; t++) values[b * time + t] = f(t, lengths[b]);
  return tf.tensor3d(values, [batch, time, 1]);
}

const meanWeights = (x: tf.Tensor3D, lengths: Int32Array) =>
  perFrame(x, lengths, (t, length) => (t < length ? 1 / length : 0));

const lastWeights = (x: tf.Tensor3D, lengths: Int32Array) =>
  perFrame(x, lengths, (t, length) => (t === length - 1 ? 1 : 0));

/** [batch, time, H]: 1 where a unit is largest, 0 elsewhere; not differentiated. */
function maxWeights(x: tf.Tensor3D, lengths: Int32Array): tf.Tensor3D {
  const outside = perFrame(x, lengths, (t, length) => (t < length ? 0 : -Infinity));
  const best = tf.expandDims(tf.argMax(tf.add(x, outside), 1), 1);
  const times = tf.reshape(tf.range(0, x.shape[1], 1, 'int32'), [1, x.shape[1], 1]);
  return tf.cast(tf.equal(times, best), 'float32') as tf.Tensor3D;
}
