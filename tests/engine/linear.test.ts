import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { activate, ACTIVATIONS } from '#main/engine/activation.ts';
import { startBackend } from '#main/engine/backend.ts';
import { linear } from '#main/engine/linear.ts';
import { relativeError } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

describe.each(backendsHere)('the linear layer on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it.each(ACTIVATIONS)('followed by %s is as in two operations', (activation) => {
    const inputs = [[7, 5], [11, 5], [11]].map((shape, seed) => tf.randomNormal(shape, 0, 1, 'float32', seed + 1));
    const apart = (...t: tf.Tensor[]) => activate(tf.add(tf.matMul(t[0], t[1], false, true), t[2]), activation);
    const joined = (...t: tf.Tensor[]) => linear(t[0], t[1], t[2], activation);
    expect(relativeError(joined(...inputs).dataSync(), apart(...inputs).dataSync())).toBeLessThan(1e-6);
    const [found, expected] = [joined, apart].map((f) =>
      tf.grads((...t: tf.Tensor[]) => tf.sum(tf.square(f(...t))) as tf.Scalar)(inputs),
    );
    found.forEach((gradient, i) =>
      expect(relativeError(gradient.dataSync(), expected[i].dataSync())).toBeLessThan(1e-5),
    );
  });

  it('keeps the leading axes', () => {
    const [x, weight, bias] = [
      tf.randomNormal([2, 3, 4], 0, 1, 'float32', 1),
      tf.randomNormal([5, 4], 0, 1, 'float32', 2),
      tf.randomNormal([5], 0, 1, 'float32', 3),
    ];
    expect(linear(x, weight, bias).shape).toEqual([2, 3, 5]);
    expectNumericGradients((...t) => tf.sum(tf.tanh(linear(t[0], t[1], t[2]))), [x, weight, bias]);
  });
});
