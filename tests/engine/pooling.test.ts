import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { composedPooling, poolOverTime } from '#main/engine/pooling.ts';
import { relativeError } from '../support/shared.ts';
import { describeBackends } from './backends-here.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

// [2, 3, 2]: the second sequence has two frames, and something larger beyond them.
const values = [1, -5, 3, -2, 2, -4, -1, 8, -3, 6, 99, 99];
const lengths = Int32Array.of(3, 2);
const pooled = { mean: [2, -11 / 3, -2, 7], max: [3, -2, -1, 8], last: [2, -4, -3, 6] };

describeBackends('pooling over time', () => {
  it.each(['mean', 'max', 'last'] as const)('%s sees the clip’s own frames', (kind) => {
    const x = tf.tensor3d(values, [2, 3, 2]);
    expect(relativeError(poolOverTime(kind, x, lengths).dataSync(), pooled[kind])).toBeLessThan(1e-6);
    expectNumericGradients(
      (t) => tf.sum(tf.mul(poolOverTime(kind, t as tf.Tensor3D, lengths), tf.tensor2d([1, 2, 3, 4], [2, 2]))),
      [x],
    );
  });

  it.each(['mean', 'max', 'last'] as const)('%s without lengths takes all frames, and is as composed', (kind) => {
    const x = tf.tensor3d(
      Float32Array.from({ length: 3 * 5 * 21 }, (_, i) => Math.sin(i * i)),
      [3, 5, 21],
    );
    const all = Int32Array.of(5, 5, 5);
    const [found, expected] = [() => poolOverTime(kind, x, null), () => composedPooling(kind, x, all)].map((f) =>
      f().dataSync(),
    );
    expect(relativeError(found, expected)).toBeLessThan(1e-6);
  });

  it('gives the gradient of a tie to the first frame', () => {
    const gradient = tf.grad((x) => tf.sum(poolOverTime('max', x as tf.Tensor3D, null)))(
      tf.tensor3d([2, 7, 7], [1, 3, 1]),
    );
    expect([...gradient.dataSync()]).toEqual([0, 1, 0]);
  });

  it('leaves nothing behind', () => {
    const x = tf.tensor3d(values, [2, 3, 2]);
    const before = tf.memory().numTensors;
    for (const kind of ['mean', 'max', 'last'] as const)
      tf.tidy(() => void tf.grad((t) => tf.sum(poolOverTime(kind, t as tf.Tensor3D, lengths)))(x));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses lengths that do not fit', () => {
    const x = tf.tensor3d(values, [2, 3, 2]);
    for (const wrong of [[3], [0, 1], [4, 1]])
      expect(() => poolOverTime('mean', x, Int32Array.from(wrong))).toThrow(/Pooling/);
  });
});
