import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { crossEntropy, softmax } from '#main/engine/losses.ts';
import { relativeError } from '../support/shared.ts';
import { describeBackends } from './backends-here.ts';

describeBackends('losses', () => {
  it('does not overflow on confident logits', () => {
    const logits = tf.tensor2d([1000, -1000, 0, -1000, 1000, 0], [2, 3]);
    expect(crossEntropy(logits, Int32Array.of(0, 1)).dataSync()[0]).toBe(0);
    expect(crossEntropy(logits, Int32Array.of(1, 0)).dataSync()[0]).toBe(2000);
    expect([...softmax(logits).dataSync()]).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('scales with what follows it', () => {
    const logits = tf.tensor2d([1, 2, 3], [1, 3]);
    const gradient = (factor: number) =>
      tf
        .grad((z) => tf.mul(crossEntropy(z as tf.Tensor2D, Int32Array.of(0)), factor))(logits)
        .dataSync();
    expect(
      relativeError(
        gradient(3),
        gradient(1).map((value) => 3 * value),
      ),
    ).toBeLessThan(1e-6);
  });

  it('refuses a target that is no class', () => {
    const logits = tf.zeros([2, 3]) as tf.Tensor2D;
    expect(() => crossEntropy(logits, Int32Array.of(0, 3))).toThrow(/target 3 of 3/);
    expect(() => crossEntropy(logits, Int32Array.of(-1, 0))).toThrow(/target -1/);
    expect(() => crossEntropy(logits, Int32Array.of(0))).toThrow(/1 targets for 2/);
  });
});
