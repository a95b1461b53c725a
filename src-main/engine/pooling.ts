import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import type { Pooling } from '#shared/domain/model-spec.ts';
import { nativePool } from './native/layer-kernels.ts';

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
