import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { composedLayerNorm, layerNorm } from '#main/engine/layer-norm.ts';
import { backendsHere } from './backends-here.ts';
import { expectSame, values } from './two-forms.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

describe.each(backendsHere)('layer normalisation on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it.each([[[1, 1]], [[3, 7]], [[2, 5, 33]], [[300, 40]]])('is as composed for %j', (shape) => {
    const size = [shape.at(-1)!];
    const composed = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => composedLayerNorm(x, weight, bias, 1e-5);
    expectSame((x, w, b) => layerNorm(x, w, b), composed, [values(shape), values(size, 2), values(size, 3)], 2e-5);
  });

  it('has the gradients of its values', () => {
    const inputs = [values([3, 9]), values([9], 2), values([9], 3)];
    expectNumericGradients((x, weight, bias) => tf.sum(tf.tanh(layerNorm(x, weight, bias, 1e-3))), inputs);
  });

  it('keeps a small variance beside a large mean', () => {
    const x = tf.tensor2d([1000.5, 999.5, 1000.5, 999.5], [1, 4]);
    const y = layerNorm(x, tf.ones([4]), tf.zeros([4])).dataSync();
    [1, -1, 1, -1].forEach((wanted, i) => expect(y[i]).toBeCloseTo(wanted, 3));
  });

  it('leaves nothing behind', () => {
    const [x, weight, bias] = [values([4, 6]), values([6], 2), values([6], 3)];
    const before = tf.memory().numTensors;
    tf.tidy(() => void tf.grad((t) => tf.sum(layerNorm(t, weight, bias)))(x));
    layerNorm(x, weight, bias).dispose();
    // The composed form leaves its way to the caller's tidy.
    if (backend === 'native') expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses weights of another size, and nothing to normalise', () => {
    expect(() => layerNorm(values([2, 3]), values([4]), values([3]))).toThrow(/weight is \[4\], not \[3\]/);
    expect(() => layerNorm(values([2, 3]), values([3]), values([3, 1]))).toThrow(/bias is \[3, 1\]/);
    expect(() => layerNorm(tf.zeros([0, 3]), values([3]), values([3]))).toThrow(/empty/);
  });
});
