import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { crossEntropy, softmax } from '#main/engine/losses.ts';
import { describeShared, golden, relativeError, type GoldenTensor } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';

interface LossCase {
  kind: string;
  logits: GoldenTensor;
  targets: number[];
  label_smoothing?: number;
  loss: number;
  grad: GoldenTensor;
}
const { cases, tensor } = golden<LossCase>('losses');
const ours = cases.filter(({ kind }) => kind === 'cross_entropy');

describe.each(backendsHere)('losses on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  describeShared('cross-entropy gives PyTorch’s values', () => {
    it.each(ours.map((item) => [`[${item.logits.shape}], smoothing ${item.label_smoothing ?? 0}`, item] as const))(
      '%s',
      (_, item) => {
        const logits = tf.tensor(tensor(item.logits), item.logits.shape);
        const targets = Int32Array.from(item.targets);
        const loss = (z: tf.Tensor) =>
          crossEntropy(z as tf.Tensor2D, targets, { labelSmoothing: item.label_smoothing });
        const { value, grad } = tf.valueAndGrad(loss)(logits);
        expect(Math.abs(value.dataSync()[0] - item.loss) / item.loss).toBeLessThan(1e-4);
        expect(relativeError(grad.dataSync(), tensor(item.grad))).toBeLessThan(1e-4);
      },
    );
  });

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
