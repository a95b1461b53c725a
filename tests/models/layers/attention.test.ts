import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { multiheadAttentionLayer } from '#main/models/layers/attention.ts';
import { Random } from '#shared/math/random.ts';
import { backendsHere } from '../../engine/backends-here.ts';
import { values } from '../../engine/two-forms.ts';

describe.each(backendsHere)('the attention layer on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });
  const make = (dropout = 0) =>
    multiheadAttentionLayer('attention', { embedDim: 8, numHeads: 2, dropout }, new Random(1));
  const x = () => values([2, 5, 8]) as tf.Tensor3D;
  const evaluation = { training: false };

  it('has PyTorch’s parameters, begun as PyTorch begins them', () => {
    const { parameters } = make();
    expect([...parameters].map(([name, { shape }]) => [name, shape])).toEqual([
      ['attention.in_proj_weight', [24, 8]],
      ['attention.in_proj_bias', [24]],
      ['attention.out_proj.weight', [8, 8]],
      ['attention.out_proj.bias', [8]],
    ]);
    const largest = [...parameters.values()].map((one) => Math.max(...one.dataSync().map(Math.abs)));
    const bounds = [Math.sqrt(6 / 32), 0, 1 / Math.sqrt(8), 0];
    largest.forEach((value, i) => {
      expect(value).toBeLessThanOrEqual(bounds[i]);
      expect(value).toBeGreaterThanOrEqual(0.9 * bounds[i]);
    });
  });

  it('attends to itself where no keys are given, to its own frames alone', () => {
    const layer = make();
    const keyLengths = Int32Array.of(5, 3);
    const { output } = layer.apply({ query: x() }, { keyLengths }, evaluation);
    const short = tf.slice(x(), [1, 0, 0], [1, 3, 8]) as tf.Tensor3D;
    const alone = layer.apply({ query: short }, {}, evaluation).output.dataSync();
    const within = tf.slice(output, [1, 0, 0], [1, 3, 8]).dataSync();
    alone.forEach((value, i) => expect(within[i]).toBeCloseTo(value, 5));
  });

  it('drops weights in training alone, by its random numbers', () => {
    const layer = make(0.5);
    const run = (training: boolean, seed: number) => [
      ...layer.apply({ query: x() }, {}, { training, random: new Random(seed) }).output.dataSync(),
    ];
    expect(run(true, 1)).toEqual(run(true, 1));
    expect(run(true, 1)).not.toEqual(run(true, 2));
    expect(run(false, 1)).toEqual(run(false, 2));
    expect(() => layer.apply({ query: x() }, {}, { training: true })).toThrow(/random numbers/);
  });

  it('refuses heads that do not divide the width', () => {
    expect(() => multiheadAttentionLayer('a', { embedDim: 8, numHeads: 3 }, new Random(1))).toThrow(/3 heads/);
  });
});
