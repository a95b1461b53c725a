import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { huberLoss, l1Loss, mseLoss } from '#main/engine/losses/regression.ts';
import { backendsHere } from '../backends-here.ts';
import { expectNumericGradients } from '../numeric-gradient.ts';

const wave = (start: number, scale: number) =>
  tf.tensor2d(
    Float32Array.from({ length: 12 }, (_, i) => scale * Math.sin(start + 1.7 * i)),
    [4, 3],
  );
const half: typeof huberLoss = (prediction, target, options) =>
  huberLoss(prediction, target, { ...options, delta: 0.5 });

/** PyTorch's means and sums over wave(1, 3) and wave(2, 1). */
const losses: [string, typeof huberLoss, number, number][] = [
  ['squared error', mseLoss, 3.2738951441446784, 39.28674172973614],
  ['L1', l1Loss, 1.6155561064798276, 19.386673277757932],
  ['Huber', huberLoss, 1.1657582735115684, 13.98909928213882],
  ['Huber with delta 0.5', half, 0.692765247956798, 8.313182975481576],
];

describe.each(backendsHere)('regression losses on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it.each(losses)('%s is PyTorch’s', (_, loss, mean, sum) => {
    const [prediction, target] = [wave(1, 3), wave(2, 1)];
    expect(loss(prediction, target).dataSync()[0]).toBeCloseTo(mean, 5);
    expect(loss(prediction, target, { reduction: 'sum' }).dataSync()[0]).toBeCloseTo(sum, 4);
    const each = loss(prediction, target, { reduction: 'none' });
    expect(each.shape).toEqual([4, 3]);
    expect(tf.sum(each).dataSync()[0]).toBeCloseTo(sum, 4);
    expectNumericGradients((a, b) => loss(a, b, { reduction: 'sum' }), [prediction, target]);
    expect(() => loss(prediction, tf.zeros([4, 1]))).toThrow(/\[4, 3\] against \[4, 1\]/);
  });

  it('L1 has no slope where there is no gap', () => {
    const slope = tf.grad((x) => l1Loss(x, tf.tensor1d([1, 2, 3]), { reduction: 'sum' }))(tf.tensor1d([1, 0, 5]));
    expect([...slope.dataSync()]).toEqual([0, -1, 1]);
  });
});
