import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';

/** @throws HarkError `internal` when two tensors have different shapes, which would be broadcast */
export function alike(loss: string, a: tf.Tensor, b: tf.Tensor): void {
  if (!tf.util.arraysEqual(a.shape, b.shape))
    throw new HarkError('internal', `${loss}: [${a.shape.join(', ')}] against [${b.shape.join(', ')}].`);
}
