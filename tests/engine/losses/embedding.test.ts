import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import type { Distance } from '#main/engine/losses/distances.ts';
import { contrastiveLoss, cosineEmbeddingLoss, tripletMarginLoss } from '#main/engine/losses/embedding.ts';
import { relativeError } from '../../support/shared.ts';
import { backendsHere } from '../backends-here.ts';
import { expectNumericGradients } from '../numeric-gradient.ts';

/** [4, 3] */
const wave = (start: number) =>
  tf.tensor2d(
    Float32Array.from({ length: 12 }, (_, i) => Math.sin(start + 1.7 * i)),
    [4, 3],
  );
const targets = Int32Array.of(1, -1, 1, -1);

describe.each(backendsHere)('losses of embeddings on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it('cosine embedding is PyTorch’s for each pair', () => {
    const losses = cosineEmbeddingLoss(wave(1), wave(2), targets, { margin: 0.1, reduction: 'none' });
    const expected = [0.27191590946603506, 0.29605209386960374, 0.4620462296811706, 0.5975500055487388];
    expect(relativeError(losses.dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('contrastive is half the square of what is missing, by its definition', () => {
    const [a, b] = [tf.tensor2d([0, 0, 3, 4, 1, 1, 0.3, 0], [4, 2]), tf.tensor2d([3, 4, 0, 0, 1, 1, 0, 0.4], [4, 2])];
    const losses = contrastiveLoss(a, b, Int32Array.of(1, -1, -1, -1), { margin: 2, reduction: 'none' });
    // Distances 5, 5, 0, 0.5.
    expect(relativeError(losses.dataSync(), [12.5, 0, 2, 1.125])).toBeLessThan(1e-5);
    expect(contrastiveLoss(a, b, Int32Array.of(1, -1, -1, -1), { margin: 2 }).dataSync()[0]).toBeCloseTo(3.90625, 4);
  });

  it('triplet margin is PyTorch’s, with each distance and with the swap', () => {
    const loss = (options: Parameters<typeof tripletMarginLoss>[3]) =>
      tripletMarginLoss(wave(1), wave(2), wave(3.5), options).dataSync();
    expect(loss({})[0]).toBeCloseTo(0.06031760023874033, 5);
    expect(loss({ swap: true })[0]).toBeCloseTo(0.41826870318720455, 5);
    expect(loss({ distance: 'manhattan', margin: 2 })[0]).toBeCloseTo(0.39654662436490307, 5);
    expect(loss({ distance: 'cosine', margin: 2 })[0]).toBeCloseTo(0.6257880481635835, 5);
    expect(loss({ distance: 'squaredEuclidean', margin: 3 })[0]).toBeCloseTo(0.11899558854712411, 5);
    const each = [0.6350308187295157, 1.2412704009549613, 0.5301596116679197, 0.9675709047493228];
    expect(relativeError(loss({ margin: 2, reduction: 'none' }), each)).toBeLessThan(1e-5);
  });

  it('have the gradients of numeric differences', () => {
    type Pair = [tf.Tensor2D, tf.Tensor2D];
    // No two values so near that a step would pass a kink.
    const inputs = [wave(1), wave(2), wave(3.3)];
    expectNumericGradients((...pair) => cosineEmbeddingLoss(...(pair as Pair), targets), inputs.slice(0, 2));
    expectNumericGradients((...pair) => contrastiveLoss(...(pair as Pair), targets, { margin: 3 }), inputs.slice(0, 2));
    for (const distance of ['euclidean', 'manhattan', 'squaredEuclidean', 'cosine'] satisfies Distance[])
      for (const swap of [false, true])
        expectNumericGradients(
          (...three) =>
            tripletMarginLoss(...(three as [...Pair, tf.Tensor2D]), { distance, swap, margin: 4.1, reduction: 'sum' }),
          inputs,
        );
  });

  it('keep finite gradients where vectors are equal or nothing', () => {
    const zero = tf.zeros([4, 3]) as tf.Tensor2D;
    for (const [a, b] of [
      [wave(1), wave(1)],
      [zero, zero],
      [zero, wave(1)],
    ]) {
      const finite = (f: (...pair: tf.Tensor[]) => tf.Tensor) =>
        tf
          .grads((...pair: tf.Tensor[]) => f(...pair) as tf.Scalar)([a, b])
          .forEach((gradient) => expect(gradient.dataSync().every(Number.isFinite)).toBe(true));
      finite((x, y) => cosineEmbeddingLoss(x as tf.Tensor2D, y as tf.Tensor2D, targets));
      finite((x, y) => contrastiveLoss(x as tf.Tensor2D, y as tf.Tensor2D, targets));
      finite((x, y) => tripletMarginLoss(x as tf.Tensor2D, y as tf.Tensor2D, y as tf.Tensor2D));
    }
  });

  it('refuse what does not fit', () => {
    const small = tf.zeros([4, 1]) as tf.Tensor2D;
    expect(() => contrastiveLoss(wave(1), small, targets)).toThrow(/\[4, 3\] against \[4, 1\]/);
    expect(() => tripletMarginLoss(wave(1), wave(2), small)).toThrow(/\[4, 3\] against \[4, 1\]/);
    expect(() => cosineEmbeddingLoss(wave(1), wave(2), Int32Array.of(1))).toThrow(/1 targets for 4 pairs/);
    expect(() => cosineEmbeddingLoss(wave(1), wave(2), Int32Array.of(1, 0, 1, 1))).toThrow(/target 0/);
  });
});
