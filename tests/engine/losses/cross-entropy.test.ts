import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { crossEntropy, type CrossEntropyOptions } from '#main/engine/losses/cross-entropy.ts';
import { relativeError } from '../../support/shared.ts';
import { backendsHere } from '../backends-here.ts';
import { randomLogits } from '../every-path.ts';
import { expectNumericGradients } from '../numeric-gradient.ts';

/** By its definition, in double precision: PyTorch's nll_loss of log_softmax, smoothed. */
function expected(logits: Float32Array, targets: Int32Array, classes: number, options: CrossEntropyOptions): number {
  const { labelSmoothing: s = 0, classWeights, ignoreIndex = -100 } = options;
  const weight = (label: number) => classWeights?.[label] ?? 1;
  let [loss, counted] = [0, 0];
  targets.forEach((target, row) => {
    if (target === ignoreIndex) return;
    const z = [...logits.subarray(row * classes, (row + 1) * classes)];
    const total = Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0));
    const spread = z.reduce((sum, value, label) => sum + weight(label) * (total - value), 0) / classes;
    loss += (1 - s) * weight(target) * (total - z[target]) + s * spread;
    counted += weight(target);
  });
  return loss / counted;
}

describe.each(backendsHere)('cross-entropy on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it('does not overflow on confident logits', () => {
    const logits = tf.tensor2d([1000, -1000, 0, -1000, 1000, 0], [2, 3]);
    expect(crossEntropy(logits, Int32Array.of(0, 1)).dataSync()[0]).toBe(0);
    expect(crossEntropy(logits, Int32Array.of(1, 0)).dataSync()[0]).toBe(2000);
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

  const options: [string, CrossEntropyOptions][] = [
    ['plain', {}],
    ['smoothed', { labelSmoothing: 0.2 }],
    ['weighed', { classWeights: Float32Array.of(0.5, 2, 0, 1, 3) }],
    ['with ignored rows', { ignoreIndex: 3 }],
    ['with all', { labelSmoothing: 0.3, classWeights: Float32Array.of(0.5, 2, 0, 1, 3), ignoreIndex: 3 }],
  ];
  it.each(options)('is what its definition says, %s', (_, option) => {
    const targets = Int32Array.from({ length: 300 }, (_, row) => (row * 7 + (row >> 3)) % 5);
    const values = randomLogits(300 * 5, 'definition');
    const loss = crossEntropy(tf.tensor2d(values, [300, 5]), targets, option).dataSync()[0];
    expect(Math.abs(loss / expected(values, targets, 5, option) - 1)).toBeLessThan(1e-6);

    const few = tf.tensor2d(values.slice(0, 40), [8, 5]);
    expectNumericGradients((z) => crossEntropy(z as tf.Tensor2D, targets.slice(0, 8), option), [few]);
  });

  it('labels frames: rows beyond a length do not count', () => {
    const values = randomLogits(2 * 4 * 3, 'frames');
    const targets = Int32Array.of(0, 1, 2, 2, 1, 0, -7, 99);
    const lengths = Int32Array.of(4, 2);
    const run = (beyond: number) => {
      const logits = tf.tensor3d(values.with(4 * 3 + 2 * 3, beyond), [2, 4, 3]);
      return tf.valueAndGrad((z) => crossEntropy(z as tf.Tensor3D, targets, { lengths }))(logits);
    };
    const { value, grad } = run(NaN);
    expect(value.dataSync()).toEqual(run(0).value.dataSync());
    const alone = tf.tensor2d(values.slice(0, 18), [6, 3]);
    const same = tf.valueAndGrad((z) => crossEntropy(z as tf.Tensor2D, targets.slice(0, 6)))(alone);
    expect(value.dataSync()[0]).toBeCloseTo(same.value.dataSync()[0], 6);
    expect(grad.shape).toEqual([2, 4, 3]);
    expect([...grad.dataSync()]).toEqual([...same.grad.dataSync(), 0, 0, 0, 0, 0, 0]);
  });

  it('is no number where nothing counts, and teaches nothing', () => {
    const logits = tf.tensor2d(randomLogits(6, 'nothing'), [2, 3]);
    for (const option of [{ ignoreIndex: 1 }, { classWeights: Float32Array.of(1, 0, 1) }]) {
      const loss = (z: tf.Tensor) => crossEntropy(z as tf.Tensor2D, Int32Array.of(1, 1), option);
      const { value, grad } = tf.valueAndGrad(loss)(logits);
      expect(value.dataSync()[0]).toBeNaN();
      expect([...grad.dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });

  it('takes extreme logits for what they are', () => {
    const logits = tf.tensor2d([1e4, -1e4, -Infinity, -Infinity, 2, 1], [2, 3]);
    const run = (targets: number[]) =>
      tf.valueAndGrad((z) => crossEntropy(z as tf.Tensor2D, Int32Array.from(targets)))(logits);
    const { value, grad } = run([1, 1]);
    expect(value.dataSync()[0]).toBeCloseTo((2e4 + Math.log1p(Math.exp(-1))) / 2, 2);
    expect([...grad.dataSync().slice(0, 4)]).toEqual([0.5, -0.5, 0, 0]);
    expect(run([2, 1]).value.dataSync()[0]).toBe(Infinity);
  });

  it('refuses a target that is no class', () => {
    const logits = tf.zeros([2, 3]) as tf.Tensor2D;
    expect(() => crossEntropy(logits, Int32Array.of(0, 3))).toThrow(/target 3 of 3/);
    expect(() => crossEntropy(logits, Int32Array.of(-1, 0))).toThrow(/target -1/);
    expect(() => crossEntropy(logits, Int32Array.of(0))).toThrow(/1 targets for 2/);
    const right = Int32Array.of(0, 1);
    expect(() => crossEntropy(logits, right, { labelSmoothing: 1.5 })).toThrow(/smoothing 1.5/);
    expect(() => crossEntropy(logits, right, { classWeights: Float32Array.of(1) })).toThrow(/1 weights for 3/);
    expect(() => crossEntropy(logits, right, { classWeights: Float32Array.of(1, -1, 1) })).toThrow(/negative/);
    expect(() => crossEntropy(logits, right, { lengths: Int32Array.of(1, 1) })).toThrow(/no time/);
    const frames = tf.zeros([2, 1, 3]) as tf.Tensor3D;
    expect(() => crossEntropy(frames, right, { lengths: Int32Array.of(1) })).toThrow(/1 lengths/);
    expect(() => crossEntropy(frames, right, { lengths: Int32Array.of(1, 2) })).toThrow(/length 2 of 1/);
  });
});
