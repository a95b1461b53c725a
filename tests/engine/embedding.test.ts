import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { embedding } from '#main/engine/embedding.ts';
import { backendsHere } from './backends-here.ts';

describe.each(backendsHere)('an embedding on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });
  const weight = () => tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);

  it('looks rows up, and sums their gradients', () => {
    const indices = tf.tensor2d([2, 0, 2, 2], [2, 2], 'int32');
    const y = embedding(weight(), indices);
    expect(y.shape).toEqual([2, 2, 2]);
    expect([...y.dataSync()]).toEqual([5, 6, 1, 2, 5, 6, 5, 6]);
    const slopes = tf.tensor3d([1, 10, 2, 20, 4, 40, 8, 80], [2, 2, 2]);
    const gradient = tf.grad((w) => tf.sum(tf.mul(embedding(w as tf.Tensor2D, indices), slopes)))(weight());
    expect([...gradient.dataSync()]).toEqual([2, 20, 0, 0, 13, 130]);
  });

  it('refuses what is no row', () => {
    expect(() => embedding(weight(), tf.tensor1d([3], 'int32'))).toThrow(/no row 3/);
    expect(() => embedding(weight(), tf.tensor1d([-1], 'int32'))).toThrow(/no row -1/);
    expect(() => embedding(weight(), tf.tensor1d([1.5]))).toThrow(/whole numbers/);
  });
});
