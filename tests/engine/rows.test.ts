import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { putRows, takeRows } from '#main/engine/rows.ts';
import { backendsHere } from './backends-here.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

describe.each(backendsHere)('rows on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });
  const x = () => tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [3, 2, 2]);

  it('are taken and put back', () => {
    const taken = takeRows(x(), [0, 2]);
    expect(taken.shape).toEqual([2, 2, 2]);
    expect([...taken.dataSync()]).toEqual([1, 2, 3, 4, 9, 10, 11, 12]);
    const put = putRows(taken, [0, 2], 3);
    expect(put.shape).toEqual([3, 2, 2]);
    expect([...put.dataSync()]).toEqual([1, 2, 3, 4, 0, 0, 0, 0, 9, 10, 11, 12]);
  });

  it('are no copy where they are all', () => {
    const all = x();
    expect(takeRows(all, [0, 1, 2])).toBe(all);
    expect(putRows(all, [0, 1, 2], 3)).toBe(all);
  });

  it('have the gradients of a copy', () => {
    const weights = tf.tensor3d([1, -2, 3, -4, 5, -6, 7, 8], [2, 2, 2]);
    expectNumericGradients((one) => tf.sum(tf.mul(tf.square(takeRows(one, [0, 2])), weights)), [tf.div(x(), 4)]);
    const wide = tf.tensor3d([1, -2, 3, -4, 5, -6, 7, 8, 9, -10, 11, 12], [3, 2, 2]);
    expectNumericGradients(
      (one) => tf.sum(tf.mul(tf.square(putRows(one, [0, 2], 3)), wide)),
      [tf.div(takeRows(x(), [1, 2]), 4)],
    );
  });
});
