import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { bilinear } from '#main/engine/bilinear.ts';
import { relativeError } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { values } from './two-forms.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

describe.each(backendsHere)('the bilinear form on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it.each([
    [1, 1, 1, 1],
    [7, 5, 3, 9],
    [3, 40, 17, 6],
  ])('%i rows of %i and %i into %i are the sums of its definition', (rows, size1, size2, outs) => {
    const inputs = [
      values([rows, size1]),
      values([rows, size2], 2),
      values([outs, size1, size2], 3),
      values([outs], 4),
    ];
    const [x1, x2, weight, bias] = inputs.map((tensor) => tensor.dataSync());
    const expected = Float32Array.from({ length: rows * outs }, (_, at) => {
      const [b, k] = [Math.floor(at / outs), at % outs];
      let sum = bias[k];
      for (let i = 0; i < size1; i++)
        for (let j = 0; j < size2; j++)
          sum += x1[b * size1 + i] * weight[(k * size1 + i) * size2 + j] * x2[b * size2 + j];
      return sum;
    });
    const [a, b, c, d] = inputs;
    expect(relativeError(bilinear(a, b, c, d).dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('has the gradients of its values, and keeps the leading axes', () => {
    const inputs = [values([2, 3, 4]), values([2, 3, 5], 2), values([6, 4, 5], 3), values([6], 4)];
    const run = (...[x1, x2, weight, bias]: tf.Tensor[]) => bilinear(x1, x2, weight, bias);
    expect(run(...inputs).shape).toEqual([2, 3, 6]);
    expectNumericGradients((...t) => tf.sum(tf.tanh(run(...t))), inputs);
  });

  it('refuses shapes that do not fit together', () => {
    const run = (...shapes: number[][]) => {
      const [x1, x2, weight, bias] = shapes.map((shape) => values(shape));
      return () => bilinear(x1, x2, weight, bias);
    };
    expect(run([2, 3], [2, 4], [5, 3, 4], [5])).not.toThrow();
    for (const wrong of [
      [[2, 3], [3, 4], [5, 3, 4], [5]],
      [[2, 3], [2, 4], [5, 4, 3], [5]],
      [[2, 3], [2, 4], [5, 3, 4], [4]],
      [[2, 3], [2, 4], [15, 4], [5]],
      [[0, 3], [0, 4], [5, 3, 4], [5]],
    ])
      expect(run(...wrong)).toThrow(/Bilinear.*fit together/);
  });
});
