import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { ctcLoss, type CtcOptions } from '#main/engine/losses/ctc.ts';
import type { Reduction } from '#main/engine/losses/reduction.ts';
import { relativeError } from '../../support/shared.ts';
import { backendsHere } from '../backends-here.ts';
import { everySpelling, randomLogits } from '../every-path.ts';
import { expectNumericGradients } from '../numeric-gradient.ts';

const gradientOf = (logits: tf.Tensor3D, targets: number[][], options: CtcOptions<Reduction>, weights?: number[]) => {
  const loss = (z: tf.Tensor) => {
    const value = ctcLoss(z as tf.Tensor3D, targets, options) as tf.Tensor;
    return (weights ? tf.sum(tf.mul(value, weights)) : value) as tf.Scalar;
  };
  return tf.grad(loss)(logits).dataSync();
};

describe.each(backendsHere)('CTC on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it('is the sum over all paths, whatever the target and the blank', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 2, max: 4 }),
        fc.nat(),
        fc.nat(),
        (time, classes, at, seed) => {
          const blank = at % classes;
          const logits = randomLogits(time * classes, seed);
          const spellings = [...everySpelling(logits, classes, blank).values()];
          const batch = tf.tensor3d(
            Float32Array.from({ length: spellings.length * logits.length }, (_, i) => logits[i % logits.length]),
            [spellings.length, time, classes],
          );
          const targets = spellings.map(({ labels }) => labels);
          const losses = ctcLoss(batch, targets, { blank, reduction: 'none' }).dataSync();
          spellings.forEach(({ probability }, i) => expect(losses[i]).toBeCloseTo(-Math.log(probability), 4));
          // And these are all there is.
          expect([...losses].reduce((sum, loss) => sum + Math.exp(-loss), 0)).toBeCloseTo(1, 4);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has the gradient of numeric differences', () => {
    const logits = tf.tensor3d(randomLogits(3 * 6 * 4, 'numeric'), [3, 6, 4]);
    const targets = [[2, 2, 1], [], [3, 1]];
    for (const reduction of ['mean', 'sum', 'none'] as const)
      expectNumericGradients(
        (z) => {
          const loss = ctcLoss(z as tf.Tensor3D, targets, { lengths: Int32Array.of(6, 3, 4), reduction }) as tf.Tensor;
          return tf.sum(tf.mul(loss, reduction === 'none' ? [1, -2, 3] : 2));
        },
        [logits],
      );
  });

  it('divides by the number of labels and of sequences for the mean', () => {
    const logits = tf.tensor3d(randomLogits(2 * 5 * 3, 'mean'), [2, 5, 3]);
    const targets = [[1, 2], []];
    const [first, second] = ctcLoss(logits, targets, { reduction: 'none' }).dataSync();
    expect(ctcLoss(logits, targets).dataSync()[0]).toBeCloseTo((first / 2 + second) / 2, 5);
    expect(ctcLoss(logits, targets, { reduction: 'sum' }).dataSync()[0]).toBeCloseTo(first + second, 5);
    const weighed = gradientOf(logits, targets, { reduction: 'none' }, [1 / 4, 1 / 2]);
    expect(relativeError(gradientOf(logits, targets, {}), weighed)).toBeLessThan(1e-6);
  });

  it('calls what cannot be spelt impossible, as PyTorch does', () => {
    // Two equal labels want a blank between them: three frames.
    const logits = tf.tensor3d(randomLogits(2 * 3 * 3, 'impossible'), [2, 3, 3]);
    const targets = [[1, 1], [2]];
    const options = { lengths: Int32Array.of(2, 2) };
    const losses = ctcLoss(logits, targets, { ...options, reduction: 'none' }).dataSync();
    expect(losses[0]).toBe(Infinity);
    expect(Number.isFinite(losses[1])).toBe(true);
    expect(ctcLoss(logits, targets, options).dataSync()[0]).toBe(Infinity);
    const gradient = gradientOf(logits, targets, options);
    expect(gradient.slice(0, 6).every(Number.isNaN)).toBe(true);
    expect(gradient.slice(6).every(Number.isFinite)).toBe(true);

    const kept = { ...options, zeroInfinity: true };
    expect(ctcLoss(logits, targets, kept).dataSync()[0]).toBeCloseTo(losses[1] / 2, 5);
    const without = gradientOf(logits, targets, kept);
    expect(without.slice(0, 9).every((value) => value === 0)).toBe(true);
    expect(without.slice(9, 15).every((value) => value !== 0)).toBe(true);
    expect(ctcLoss(logits, [[1, 1], [2]], { lengths: Int32Array.of(3, 2) }).dataSync()[0]).toBeLessThan(Infinity);
  });

  it('stays finite on extreme logits', () => {
    const values = randomLogits(2 * 40 * 5, 'extreme').map((value) => Math.sign(value) * 1e4);
    const logits = tf.tensor3d(values, [2, 40, 5]);
    const targets = [[1, 2, 2, 4], [3]];
    const losses = ctcLoss(logits, targets, { reduction: 'none' }).dataSync();
    expect(losses.every((loss) => Number.isFinite(loss) && loss >= 0)).toBe(true);
    expect(losses[0]).toBeGreaterThan(1e4);
    const gradient = gradientOf(logits, targets, { reduction: 'sum' });
    expect(gradient.every((value) => Number.isFinite(value) && Math.abs(value) <= 1)).toBe(true);
  });

  it('takes -Infinity as impossible: what does not need it stays finite', () => {
    const values = randomLogits(6 * 3, 'forbidden');
    for (let t = 0; t < 6; t++) values[3 * t + 2] = -Infinity;
    const logits = tf.tensor3d(values, [1, 6, 3]);
    expect(ctcLoss(logits, [[2]]).dataSync()[0]).toBe(Infinity);
    const two = tf.tensor3d(
      values.filter((_, i) => i % 3 !== 2),
      [1, 6, 2],
    );
    expect(ctcLoss(logits, [[1, 1]]).dataSync()[0]).toBeCloseTo(ctcLoss(two, [[1, 1]]).dataSync()[0], 5);
    const gradient = gradientOf(logits, [[1, 1]], {});
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(gradient.filter((_, i) => i % 3 === 2).every((value) => value === 0)).toBe(true);
    // No path at all is no number in PyTorch, either.
    expect(ctcLoss(tf.fill([1, 2, 3], -Infinity) as tf.Tensor3D, [[1]]).dataSync()[0]).toBeNaN();
    expect(ctcLoss(tf.fill([1, 2, 3], NaN) as tf.Tensor3D, [[1]]).dataSync()[0]).toBeNaN();
  });

  it('does not look at frames beyond a length', () => {
    const values = randomLogits(2 * 8 * 4, 'lengths');
    const lengths = Int32Array.of(8, 5);
    const targets = [
      [1, 3],
      [2, 2],
    ];
    const run = (beyond: number) => {
      const logits = tf.tensor3d(values.with(8 * 4 + 5 * 4 + 1, beyond).with(2 * 8 * 4 - 1, beyond), [2, 8, 4]);
      return [...ctcLoss(logits, targets, { lengths }).dataSync(), ...gradientOf(logits, targets, { lengths })];
    };
    expect(run(NaN)).toEqual(run(0));
    expect(run(NaN).slice(-3 * 4)).toEqual(new Array(12).fill(0));
  });

  it('refuses what does not fit', () => {
    const logits = tf.zeros([2, 3, 4]) as tf.Tensor3D;
    expect(() => ctcLoss(logits, [[1]])).toThrow(/1 targets for a batch of 2/);
    expect(() => ctcLoss(logits, [[1], [4]])).toThrow(/label 4 of 4 classes/);
    expect(() => ctcLoss(logits, [[1], [0]])).toThrow(/label 0 of 4 classes with blank 0/);
    expect(() => ctcLoss(logits, [[1], [1.5]])).toThrow(/label 1.5/);
    expect(() => ctcLoss(logits, [[1], [1]], { blank: 4 })).toThrow(/blank 4/);
    expect(() => ctcLoss(logits, [[1], [1]], { lengths: Int32Array.of(3) })).toThrow(/1 lengths/);
    expect(() => ctcLoss(logits, [[1], [1]], { lengths: Int32Array.of(3, 0) })).toThrow(/length 0 of 3/);
  });
});
