import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { multiheadAttention, type MultiheadAttentionOptions } from '#main/engine/multihead-attention.ts';
import { relativeError } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { expectSame, values } from './two-forms.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

const weightsOf = ([inProjWeight, inProjBias, outProjWeight, outProjBias]: tf.Tensor[]) => ({
  ...{ inProjWeight, inProjBias, outProjWeight, outProjBias },
});
const drawn = (size: number) => [
  values([3 * size, size], 2),
  values([3 * size], 3),
  values([size, size], 4),
  values([size], 5),
];

describe.each(backendsHere)('multi-head attention on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  const options: MultiheadAttentionOptions = { heads: 2, keyLengths: Int32Array.of(5, 2), causal: true };

  it('is the same whether its inputs are one tensor, two or three', () => {
    const x = values([2, 5, 4]) as tf.Tensor3D;
    const run =
      (copies: number) =>
      (...[t, ...weights]: tf.Tensor[]) => {
        const query = t as tf.Tensor3D;
        const key = copies > 1 ? tf.clone(query) : query;
        const value = copies > 2 ? tf.clone(query) : key;
        return multiheadAttention({ query, key, value }, weightsOf(weights), options).output;
      };
    for (const copies of [2, 3]) expectSame(run(1), run(copies), [x, ...drawn(4)], 2e-5);
  });

  it('has the gradients of its values, its weights given out', () => {
    const run = (...[query, key, ...weights]: tf.Tensor[]) => {
      const inputs = { query, key, value: key } as Record<'query' | 'key' | 'value', tf.Tensor3D>;
      const found = multiheadAttention(inputs, weightsOf(weights), { ...options, causal: false, weights: 'average' });
      return tf.add(tf.sum(tf.tanh(found.output)), tf.sum(tf.square(found.weights!)));
    };
    expectNumericGradients(run, [values([2, 3, 4]), values([2, 5, 4], 7), ...drawn(4)], 2e-2);
  });

  it('gives weights out by head or averaged, and not unless they are asked for', () => {
    const x = values([2, 5, 4]) as tf.Tensor3D;
    const run = (weights: MultiheadAttentionOptions['weights']) =>
      multiheadAttention({ query: x, key: x, value: x }, weightsOf(drawn(4)), { ...options, weights });
    const [heads, average] = [run('heads').weights!, run('average').weights!];
    expect([heads.shape, average.shape]).toEqual([
      [2, 2, 5, 5],
      [2, 5, 5],
    ]);
    expect(relativeError(average.dataSync(), tf.mean(heads, 1).dataSync())).toBeLessThan(1e-6);
    expect(run(null).weights).toBeNull();
  });
});
