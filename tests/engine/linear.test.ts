import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { linear } from '#main/engine/linear.ts';
import { describeShared, golden, relativeError, type GoldenTensor } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

interface LayerCase {
  kind: string;
  x: GoldenTensor;
  output: GoldenTensor;
  weight_out: GoldenTensor;
  grad_x: GoldenTensor;
  parameters: Record<string, GoldenTensor>;
  gradients: Record<string, GoldenTensor>;
}
const { cases, tensor } = golden<LayerCase>('layers');

describe.each(backendsHere)('the linear layer on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  describeShared('gives PyTorch’s values', () => {
    it.each(cases.filter(({ kind }) => kind === 'Linear'))('$kind', (item) => {
      const make = (at: GoldenTensor) => tf.tensor(tensor(at), at.shape);
      const inputs = [make(item.x), make(item.parameters['weight']), make(item.parameters['bias'])];
      const run = (...[x, weight, bias]: tf.Tensor[]) => linear(x, weight, bias);
      expect(relativeError(run(...inputs).dataSync(), tensor(item.output))).toBeLessThan(1e-4);
      const gradients = tf.grads((...t: tf.Tensor[]) => tf.sum(tf.mul(run(...t), make(item.weight_out))) as tf.Scalar)(
        inputs,
      );
      [item.grad_x, item.gradients['weight'], item.gradients['bias']].forEach((at, i) =>
        expect(relativeError(gradients[i].dataSync(), tensor(at))).toBeLessThan(1e-4),
      );
    });
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
