import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import type { PlainPooling } from '#shared/domain/model-spec.ts';
import { nativePool } from './native/layer-kernels.ts';
import { valuesOf } from './values.ts';

/**
 * One vector per sequence, from its own frames alone: their mean, their maximum (the gradient goes to the first frame that has
 * it), or the last of them.
 * @param x [batch, time, H]
 * @param lengths frames of each sequence, 1..time; null: all
 * @returns [batch, H]
 */
export function poolOverTime(kind: PlainPooling, x: tf.Tensor3D, lengths: Int32Array | null): tf.Tensor2D {
  const [batch, time] = x.shape;
  const frames = lengths ?? new Int32Array(batch).fill(time);
  if (frames.length !== batch)
    throw new HarkError('internal', `Pooling: ${frames.length} lengths for a batch of ${batch}.`);
  for (const length of frames)
    if (!(length >= 1 && length <= time))
      throw new HarkError('internal', `Pooling: length ${length} of ${time} frames.`);
  return tf.getBackend() === 'native' ? nativePool(kind, x, frames) : composedPooling(kind, x, frames);
}

/**
 * What `poolOverTime` gives of a sequence that ends early, for many ends in one pass over it. Not differentiable.
 * @param x [1, time, H]
 * @param ends frames of each prefix, 1..time
 * @returns [ends.length, H]
 */
export function poolPrefixes(kind: PlainPooling, x: tf.Tensor3D, ends: Int32Array): tf.Tensor2D {
  const [, time, size] = x.shape;
  const values = valuesOf(x);
  const pooled = new Float32Array(ends.length * size);
  const rowsOf = new Map<number, number[]>();
  ends.forEach((end, row) => rowsOf.set(end, [...(rowsOf.get(end) ?? []), row]));
  // In double precision, so that a mean over many frames is that of the batch to the last digits.
  const running = new Float64Array(size).fill(kind === 'max' ? -Infinity : 0);
  for (let t = 0; t < time; t++) {
    for (let unit = 0, at = t * size; unit < size; unit++, at++) {
      if (kind === 'mean') running[unit] += values[at];
      else if (kind === 'last' || values[at] > running[unit]) running[unit] = values[at];
    }
    const share = kind === 'mean' ? t + 1 : 1;
    for (const row of rowsOf.get(t + 1) ?? [])
      running.forEach((value, unit) => (pooled[row * size + unit] = value / share));
  }
  return tf.tensor2d(pooled, [ends.length, size]);
}

/** In ordinary operations: weights over time that sum up to the wanted frames. */
export function composedPooling(kind: PlainPooling, x: tf.Tensor3D, lengths: Int32Array): tf.Tensor2D {
  if (kind === 'max') return largest(x, lengths);
  const weightOf = {
    mean: (t: number, length: number) => (t < length ? 1 / length : 0),
    last: (t: number, length: number) => (t === length - 1 ? 1 : 0),
  }[kind];
  return tf.sum(tf.mul(x, perFrame(x, lengths, weightOf)), 1) as tf.Tensor2D;
}

/** [batch, time, 1]: f(t, length) of each frame. */
function perFrame(x: tf.Tensor3D, lengths: Int32Array, f: (t: number, length: number) => number): tf.Tensor3D {
  const [batch, time] = x.shape;
  const values = new Float32Array(batch * time);
  for (let b = 0; b < batch; b++) for (let t = 0; t < time; t++) values[b * time + t] = f(t, lengths[b]);
  return tf.tensor3d(values, [batch, time, 1]);
}

/** The weights are 1 in the frame where a unit is largest; which frame that is has no derivative. */
function largest(x: tf.Tensor3D, lengths: Int32Array): tf.Tensor2D {
  return tf.customGrad((...args) => {
    const [values, save] = args as [tf.Tensor3D, tf.GradSaveFunc];
    const outside = perFrame(values, lengths, (t, length) => (t < length ? 0 : -Infinity));
    const best = tf.expandDims(tf.argMax(tf.add(values, outside), 1), 1);
    const frames = tf.reshape(tf.range(0, values.shape[1], 1, 'int32'), [1, -1, 1]);
    const weights = tf.cast(tf.equal(frames, best), 'float32');
    save([weights]);
    return {
      value: tf.sum(tf.mul(values, weights), 1),
      gradFunc: (dy, saved) => tf.mul(tf.expandDims(dy, 1), saved[0]),
    };
  })(x) as tf.Tensor2D;
}
