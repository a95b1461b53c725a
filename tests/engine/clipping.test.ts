import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { clipGradients } from '#main/engine/clipping.ts';
import type { Gradients } from '#main/engine/types.ts';
import { relativeError } from '../support/shared.ts';
import { describeBackends } from './backends-here.ts';

describeBackends('clipping', () => {
  const valuesOf = (gradients: Gradients) => Object.values(gradients).map((gradient) => [...gradient.dataSync()]);

  it('by value cuts each number', () => {
    const gradients: Gradients = { a: tf.tensor1d([-3, 0.5, 2]), b: tf.tensor1d([1]) };
    expect(clipGradients(gradients, { kind: 'value', max: 1 })).toEqual({
      ...{ norm: Math.sqrt(14.25), after: Math.sqrt(3.25), clipped: true },
    });
    expect(valuesOf(gradients)).toEqual([[-1, 0.5, 1], [1]]);
    expect(clipGradients(gradients, { kind: 'value', max: 1 }).clipped).toBe(false);
  });

  it('by nothing only measures', () => {
    const gradients: Gradients = { a: tf.tensor1d([3, 4]) };
    expect(clipGradients(gradients, { kind: 'none' })).toEqual({ norm: 5, after: 5, clipped: false });
  });

  it('scales gradients that share memory once each', () => {
    const shared = tf.tensor1d([3, 4]);
    const gradients: Gradients = { a: tf.clone(shared), b: tf.clone(shared) };
    const { norm, after } = clipGradients(gradients, { kind: 'norm', max: 1 });
    expect(after).toBeCloseTo(1, 5);
    expect(norm).toBeCloseTo(Math.sqrt(50), 5);
    for (const values of valuesOf(gradients)) expect(relativeError(values, [3 / norm, 4 / norm])).toBeLessThan(1e-5);
    expect([...shared.dataSync()]).toEqual([3, 4]);
  });

  it('leaves gradients alone that are not finite, and says so by the norm', () => {
    for (const bad of [NaN, Infinity]) {
      const gradients: Gradients = { a: tf.tensor1d([1, bad]) };
      const { norm, clipped } = clipGradients(gradients, { kind: 'norm', max: 1 });
      expect(Number.isFinite(norm)).toBe(false);
      expect(clipped).toBe(false);
    }
  });

  it('leaves no tensors behind', () => {
    const gradients: Gradients = { a: tf.tensor1d([3, 4]), b: tf.tensor1d([5]) };
    const before = tf.memory().numTensors;
    clipGradients(gradients, { kind: 'norm', max: 1 });
    clipGradients(gradients, { kind: 'value', max: 0.1 });
    expect(tf.memory().numTensors).toBe(before);
  });
});
