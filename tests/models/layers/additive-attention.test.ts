import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { additiveAttentionLayer } from '#main/models/layers/additive-attention.ts';
import { Random } from '#shared/math/random.ts';
import { backendsHere } from '../../engine/backends-here.ts';
import { values } from '../../engine/two-forms.ts';

describe.each(backendsHere)('additive attention on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });
  const make = (querySize: number | null) =>
    additiveAttentionLayer('attend', { keySize: 4, querySize, hiddenSize: 6 }, new Random(2));
  const keys = () => values([2, 5, 4]) as tf.Tensor3D;
  const lengths = Int32Array.of(5, 2);

  it('is its formula, over the frames that there are', () => {
    const layer = make(3);
    const query = values([2, 3], 9) as tf.Tensor2D;
    const { context, weights } = layer.over(keys(), lengths)(query);
    const parameter = (name: string) => layer.parameters.get(`attend.${name}`)!.arraySync();
    const [ofKey, bias] = [parameter('key.weight') as number[][], parameter('key.bias') as number[]];
    const [ofQuery, score] = [parameter('query.weight') as number[][], parameter('score.weight') as number[][]];
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    keys()
      .arraySync()
      .forEach((frames, b) => {
        const asked = query.arraySync()[b];
        const scores = frames.slice(0, lengths[b]).map((frame) =>
          dot(
            score[0],
            bias.map((c, i) => Math.tanh(dot(ofKey[i], frame) + c + dot(ofQuery[i], asked))),
          ),
        );
        const sum = scores.reduce((total, value) => total + Math.exp(value), 0);
        const wanted = scores.map((value) => Math.exp(value) / sum);
        weights.arraySync()[b].forEach((weight, t) => expect(weight).toBeCloseTo(wanted[t] ?? 0, 5));
        context
          .arraySync()
          [b].forEach((value, i) =>
            expect(value).toBeCloseTo(dot(wanted, frames.map((frame) => frame[i]).slice(0, lengths[b])), 5),
          );
      });
  });

  it('pools frames by themselves where it has no query', () => {
    const layer = make(null);
    expect([...layer.parameters.keys()]).toEqual(['attend.key.weight', 'attend.key.bias', 'attend.score.weight']);
    const { context } = layer.over(keys(), null)(null);
    expect(context.shape).toEqual([2, 4]);
    expect(() => layer.over(keys(), null)(values([2, 3]) as tf.Tensor2D)).toThrow(/none expected/);
    expect(() => make(3).over(keys(), null)(null)).toThrow(/missing/);
  });

  it('trains all of its parameters, asked more than once', () => {
    const layer = make(3);
    const { gradients } = valueAndGradients(() => {
      const attend = layer.over(keys(), lengths);
      const first = attend(values([2, 3]) as tf.Tensor2D).context;
      const second = attend(tf.slice(first, [0, 0], [2, 3]) as tf.Tensor2D).context;
      return tf.sum(tf.square(tf.add(first, second))) as tf.Scalar;
    }, layer.parameters);
    for (const name of layer.parameters.keys()) {
      // One and the same shift of all scores changes nothing, but no parameter does that here.
      expect(
        gradients[name].dataSync().some((value) => Math.abs(value) > 1e-6),
        name,
      ).toBe(true);
    }
  });
});
