import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { pool1d, pool2d } from '#main/engine/window-pooling.ts';
import { relativeError } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';

describe.each(backendsHere)('pooling in windows on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });
  // The values of F.max_pool1d and F.avg_pool1d.
  const x = () => tf.tensor3d([1, -1, 5, -5, 3, -3, 4, -4, 2, -2, 7, -7], [1, 6, 2]);

  it.each([
    ['max', 2, {}, [5, -1, 4, -3, 7, -2]],
    ['max', 3, { stride: 2, padding: 1 }, [5, -1, 5, -3, 7, -2]],
    ['mean', 2, {}, [3, -3, 3.5, -3.5, 4.5, -4.5]],
    ['mean', 3, { stride: 2, padding: 1 }, [2, -2, 4, -4, 13 / 3, -13 / 3]],
  ] as const)('%s of %i, %o', (kind, kernel, options, expected) => {
    expect(relativeError(pool1d(kind, x(), kernel, options).dataSync(), expected)).toBeLessThan(1e-6);
  });

  it('gives a maximum’s gradient to its first place, a mean’s to all', () => {
    const slopes = (kind: 'max' | 'mean') => {
      const grad = tf.grad((t) =>
        tf.sum(tf.mul(pool1d(kind, t as tf.Tensor3D, 3, { stride: 1 }), tf.tensor3d([1, 2], [1, 2, 1]))),
      );
      return [...grad(tf.tensor3d([7, 7, 1, 9], [1, 4, 1])).dataSync()];
    };
    expect(slopes('max')).toEqual([1, 0, 0, 2]);
    slopes('mean').forEach((value, i) => expect(value).toBeCloseTo([1, 3, 3, 2][i] / 3, 6));
  });

  it.each(['max', 'mean'] as const)('agrees over two axes with %s over one after the other', (kind) => {
    const image = tf.randomNormal([2, 9, 11, 5], 0, 1, 'float32', 1) as tf.Tensor4D;
    const options = { stride: [2, 3], padding: [1, 0] } as const;
    const both = (t: tf.Tensor4D) => pool2d(kind, t, [3, 2], options);
    const inTurn = (t: tf.Tensor4D) =>
      pool2d(kind, pool2d(kind, t, [3, 1], { stride: [2, 1], padding: [1, 0] }), [1, 2], { stride: [1, 3] });
    expect(both(image).shape).toEqual([2, 5, 4, 5]);
    expect(relativeError(both(image).dataSync(), inTurn(image).dataSync())).toBeLessThan(1e-6);
    const [found, expected] = [both, inTurn].map((f) =>
      tf
        .grad((t) => tf.sum(tf.square(f(t as tf.Tensor4D))))(image)
        .dataSync(),
    );
    expect(relativeError(found, expected)).toBeLessThan(1e-5);
  });

  it('refuses windows that may hold nothing', () => {
    expect(() => pool1d('max', x(), 2, { padding: 2 })).toThrow(/more than half/);
    expect(() => pool1d('max', x(), 9)).toThrow(/window of 9/);
  });
});
