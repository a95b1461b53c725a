import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { attention, composedAttention, type AttentionOptions } from '#main/engine/attention.ts';
import { startBackend } from '#main/engine/backend.ts';
import { Random } from '#shared/math/random.ts';
import { relativeError } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { expectSame, values } from './two-forms.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

interface Shape {
  batch: number;
  queries: number;
  keys: number;
  heads: number;
  size: number;
}
const of = (batch: number, queries: number, keys: number, heads: number, size: number): Shape => ({
  ...{ batch, queries, keys, heads, size },
});

/** Queries, keys and values in 3, 2 or 1 tensors. */
function inputsOf({ batch, queries, keys, heads, size }: Shape, tensors: number): tf.Tensor3D[] {
  const width = heads * size;
  const shapes = {
    1: [[queries, 3 * width]],
    2: [
      [queries, width],
      [keys, 2 * width],
    ],
    3: [
      [queries, width],
      [keys, width],
      [keys, width],
    ],
  }[tensors]!;
  return shapes.map((shape, i) => tf.mul(values([batch, ...shape], i), 2) as tf.Tensor3D);
}

type Extras = (shape: Shape) => Partial<AttentionOptions>;
const lengths = (count: number, most: number) => Int32Array.from({ length: count }, (_, i) => 1 + ((i * 7) % most));
const extras: Record<string, Extras> = {
  'all frames': () => ({}),
  'some keys': ({ batch, keys }) => ({ keyLengths: lengths(batch, keys) }),
  'some queries': ({ batch, queries }) => ({ queryLengths: lengths(batch, queries) }),
  causal: () => ({ causal: true }),
  'causal, some keys': ({ batch, keys }) => ({ causal: true, keyLengths: lengths(batch, keys) }),
  dropout: () => ({ dropout: { rate: 0.3, random: new Random(3) } }),
  'all of it': ({ batch, keys, queries }) => ({
    causal: true,
    keyLengths: lengths(batch, keys),
    queryLengths: lengths(batch, queries),
    dropout: { rate: 0.3, random: new Random(3) },
  }),
};
const shapes: [Shape, number][] = [
  [of(1, 1, 1, 1, 1), 1],
  [of(2, 5, 5, 2, 3), 1],
  [of(3, 4, 9, 2, 5), 2],
  [of(2, 7, 3, 3, 4), 3],
  [of(2, 80, 80, 2, 20), 1],
  [of(1, 41, 70, 1, 33), 3],
];

describe.each(backendsHere)('attention on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  for (const [name, extra] of Object.entries(extras))
    it.each(shapes)(`${name}: is as composed for %o in %i tensors`, (shape, tensors) => {
      const run =
        (f: typeof attention, weights: boolean) =>
        (...inputs: tf.Tensor[]) => {
          const { output, weights: given } = f(inputs as tf.Tensor3D[], {
            heads: shape.heads,
            weights,
            ...extra(shape),
          });
          expect(given === null).toBe(!weights);
          // The weights' own gradient flows, too.
          return weights ? tf.concat([tf.reshape(output, [-1]), tf.reshape(given!, [-1])]) : output;
        };
      for (const weights of [false, true])
        expectSame(run(attention, weights), run(composedAttention, weights), inputsOf(shape, tensors), 5e-5);
    });

  it.each(Object.entries(extras))('has the gradients of its values: %s', (_, extra) => {
    const shape = of(2, 4, 4, 2, 3);
    const run = (...inputs: tf.Tensor[]) => {
      const options = { heads: 2, weights: true, ...extra(shape) };
      const { output, weights } = attention(inputs as tf.Tensor3D[], options);
      return tf.add(tf.sum(tf.tanh(output)), tf.sum(tf.square(weights!)));
    };
    expectNumericGradients(run, inputsOf(shape, 3));
  });

  it('says where a query looks: the weights sum up to 1, are zero beyond the keys and what is to come', () => {
    const shape = of(2, 6, 6, 2, 4);
    const options = { heads: 2, weights: true, causal: true, keyLengths: Int32Array.of(6, 3) };
    const { weights } = attention(inputsOf(shape, 1), options);
    expect(weights!.shape).toEqual([2, 2, 6, 6]);
    const all = weights!.arraySync();
    all.forEach((heads, b) =>
      heads.flat().forEach((row, i) => {
        const limit = Math.min((i % 6) + 1, options.keyLengths[b]);
        expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
        row.forEach((weight, key) => (key < limit ? expect(weight).toBeGreaterThan(0) : expect(weight).toBe(0)));
      }),
    );
  });

  it('is the mean of the values where all keys are alike, and the value of the key that is much nearer', () => {
    const [q, v] = [values([1, 3, 4]), values([1, 5, 4], 2)] as tf.Tensor3D[];
    const alike = attention([q, tf.ones([1, 5, 4]), v], { heads: 2 }).output;
    const mean = tf.tile(tf.mean(v, 1, true), [1, 3, 1]);
    expect(relativeError(alike.dataSync(), mean.dataSync())).toBeLessThan(1e-5);
    const keys = tf.mul(tf.oneHot(tf.tensor1d([0, 1, 2, 3, 0], 'int32'), 4), tf.tensor2d([[1], [1], [1], [1], [-1]]));
    const near = attention([tf.mul(keys, 1000), keys, v].map((t) => tf.reshape(t, [1, 5, 4])) as tf.Tensor3D[], {
      heads: 1,
    }).output;
    const firstFour = (x: tf.Tensor) => tf.slice(x, [0, 0, 0], [1, 4, 4]).dataSync();
    expect(relativeError(firstFour(near), firstFour(v))).toBeLessThan(1e-5);
  });

  it('passes on what is not a number', () => {
    const shape = of(1, 3, 3, 1, 4);
    const [q, k, v] = inputsOf(shape, 3);
    const broken = tf.concat([tf.fill([1, 1, 4], NaN), tf.slice(q, [0, 1, 0], [1, 2, 4])], 1) as tf.Tensor3D;
    const output = attention([broken, k, v], { heads: 1 }).output.dataSync();
    expect([...output.slice(0, 4)].every(Number.isNaN)).toBe(true);
    expect([...output.slice(4)].every(Number.isFinite)).toBe(true);
  });

  it('leaves nothing behind', () => {
    const [x] = inputsOf(of(2, 5, 5, 2, 3), 1);
    const before = tf.memory().numTensors;
    tf.tidy(() => void tf.grad((t) => tf.sum(attention([t as tf.Tensor3D], { heads: 2 }).output))(x));
    if (backend === 'native') attention([x], { heads: 2 }).output.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses what does not fit', () => {
    const run = (shapes: number[][], options: Partial<AttentionOptions> = {}) =>
      attention(
        shapes.map((shape) => values(shape) as tf.Tensor3D),
        { heads: 2, ...options },
      );
    const right = [
      [2, 3, 4],
      [2, 5, 8],
    ];
    expect(() => run(right)).not.toThrow();
    expect(() => run([])).toThrow(/0 tensors/);
    expect(() => run(right, { heads: 3 })).toThrow(/4 columns cannot be cut into 3 heads/);
    expect(() => run([right[0], [2, 5, 4]])).toThrow(/tensor 2 is \[2, 5, 4\], not \[2, 5, 8\]/);
    expect(() => run([right[0], [1, 5, 8]])).toThrow(/tensor 2/);
    expect(() => run([[2, 3, 8]])).toThrow(/tensor 1|heads/);
    expect(() => run(right, { keyLengths: Int32Array.of(1) })).toThrow(/1 key lengths for a batch of 2/);
    expect(() => run(right, { keyLengths: Int32Array.of(1, 6) })).toThrow(/key length 6 of 5/);
    expect(() => run(right, { queryLengths: Int32Array.of(0, 3) })).toThrow(/query length 0 of 3/);
  });
});
