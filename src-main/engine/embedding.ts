import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';

/**
 * Rows of a table by their numbers (PyTorch's nn.Embedding). The gradient of a row is the sum over all its places, in their
 * order: the same on any number of threads.
 * @param weight [count, size]
 * @param indices whole numbers 0..count-1, of any shape
 * @returns [...indices, size]
 * @throws HarkError `bad-input` for a number that is no row
 */
export function embedding(weight: tf.Tensor2D, indices: tf.Tensor): tf.Tensor {
  const [count] = weight.shape;
  if (indices.dtype !== 'int32')
    throw new HarkError('bad-input', `An embedding takes whole numbers, not ${indices.dtype}.`, {
      where: 'indices',
      remedy: 'Give a tensor of int32.',
    });
  for (const index of indices.dataSync())
    if (!(index >= 0 && index < count))
      throw new HarkError('bad-input', `There is no row ${index} in an embedding of ${count}.`, {
        where: 'indices',
        remedy: `Give numbers from 0 to ${count - 1}.`,
      });
  return tf.gather(weight, indices as tf.Tensor1D);
}
