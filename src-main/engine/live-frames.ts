import * as tf from '@tensorflow/tfjs-core';

/**
 * 1 for the frames that there are, 0 beyond.
 * @param shape of what it is multiplied with: [batch, time, ...], or with its time at `timeAxis`
 * @param lengths frames of each sequence
 * @returns as many axes as `shape`, 1 long but for batch and time
 */
export function liveFrames(shape: readonly number[], lengths: Int32Array, timeAxis = 1): tf.Tensor {
  const time = shape[timeAxis];
  const values = Float32Array.from({ length: shape[0] * time }, (_, i) => +(i % time < lengths[Math.floor(i / time)]));
  return tf.tensor(
    values,
    shape.map((size, at) => (at === 0 || at === timeAxis ? size : 1)),
  );
}
