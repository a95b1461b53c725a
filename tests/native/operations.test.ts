import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { backendsHere } from '../engine/backends-here.ts';

const numbers = (...shape: number[]) => {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) =>
    Math.fround(Math.sin(i * 1.3) * 4),
  );
  return tf.tensor(values, shape);
};

/** What runs natively, and beside each the shapes that fall back to tfjs. */
const operations: Record<string, () => tf.Tensor | tf.Tensor[]> = {
  'add, alike': () => tf.add(numbers(3, 50), numbers(3, 50)),
  'add, broadcast': () => tf.add(numbers(3, 50), numbers(50)),
  'add, whole numbers': () => tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32')),
  'add, many': () => tf.add(numbers(40_000), numbers(40_000)),
  'multiply by a mask': () => tf.mul(numbers(3), tf.cast(tf.tensor1d([1, 0, 1], 'bool'), 'float32')),
  subtract: () => tf.sub(numbers(17), numbers(17)),
  multiply: () => tf.mul(numbers(5, 7), numbers(5, 7)),
  relu: () => tf.relu(numbers(33)),
  step: () => tf.step(tf.tensor1d([-1, 0, 2, -0, NaN])),
  'step with a slope': () => tf.step(tf.tensor1d([-1, 0, 2]), 0.1),
  'relu of what is no number': () => tf.relu(tf.tensor1d([NaN, -Infinity, Infinity])),
  'sum of the first axis': () => tf.sum(numbers(9, 21), 0),
  'sum of the first axes, kept': () => tf.sum(numbers(3, 4, 5), [0, 1], true),
  'sum of the last axis': () => tf.sum(numbers(3, 4, 5), 2),
  'sum of all': () => tf.sum(numbers(3, 4)),
  'sum of nothing': () => tf.sum(tf.zeros([0, 3]), 0),
  'concat, first axis': () => tf.concat([numbers(2, 3), numbers(4, 3)], 0),
  'concat, last axis': () => tf.concat([numbers(2, 3, 4), numbers(2, 3, 1), numbers(2, 3, 5)], -1),
  'concat, middle axis': () => tf.concat([numbers(2, 3, 4), numbers(2, 1, 4)], 1),
  'concat, whole numbers': () => tf.concat([tf.tensor1d([1], 'int32'), tf.tensor1d([2], 'int32')]),
  'split, even': () => tf.split(numbers(4, 6), 3, 1),
  'split, uneven': () => tf.split(numbers(5, 6, 2), [1, 4], 0),
  'split, last axis': () => tf.split(numbers(2, 3, 7), [2, 5], -1),
  'slice, rows': () => tf.slice(numbers(5, 4), [1, 0], [3, 4]),
  'slice, a block': () => tf.slice(numbers(5, 4, 3), [1, 2, 1], [2, 2, 2]),
  'slice, one axis': () => tf.slice(numbers(9), 2, 3),
  'slice, middle whole': () => tf.slice(numbers(3, 4, 5), [1, 0, 2], [2, 4, 2]),
  'slice, to the end': () => tf.slice(numbers(3, 4), [1, 1], [-1, -1]),
  'slice, all': () => tf.slice(numbers(3, 4), [0, 0], [3, 4]),
  'slice, nothing': () => tf.slice(numbers(3, 4), [0, 0], [0, 4]),
  'slice, four axes': () => tf.slice(numbers(2, 3, 4, 5), [0, 1, 1, 2], [2, 2, 3, 3]),
  ...Object.fromEntries(
    Object.entries({
      neg: tf.neg,
      abs: tf.abs,
      square: tf.square,
      sqrt: tf.sqrt,
      rsqrt: tf.rsqrt,
      reciprocal: tf.reciprocal,
      log: tf.log,
      sigmoid: tf.sigmoid,
      tanh: tf.tanh,
      elu: tf.elu,
      'leaky relu': tf.leakyRelu,
    }).map(([name, f]) => [
      name,
      () => [f(numbers(37)), f(tf.tensor1d([-1, -0, 0, 3e-5, 250, NaN, Infinity, -Infinity]))],
    ]),
  ),
  exp: () => [tf.exp(numbers(37)), tf.exp(tf.tensor1d([-200, -80, 0, 200, NaN, Infinity, -Infinity]))],
  'divide by a column': () => tf.div(numbers(5, 37), tf.add(numbers(5, 1), 9)),
  'column and row': () => tf.sub(numbers(5, 1), numbers(1, 7)),
  'one value': () => tf.mul(numbers(3, 4, 5), tf.scalar(3)),
  'a value in the middle': () => tf.add(numbers(3, 4, 5), numbers(3, 1, 5)),
  'seven axes': () => tf.add(numbers(2, 1, 2, 1, 2, 1, 2), numbers(2, 2, 1, 2, 1, 2, 1)),
  'maximum and minimum': () => [
    tf.maximum(numbers(3, 5), numbers(5)),
    tf.minimum(numbers(9), tf.tensor1d([1, NaN, 0, 1, 0, 1, 0, 1, 0])),
  ],
  'squared difference': () => tf.squaredDifference(numbers(9), numbers(1)),
  'sum of the middle axis': () => tf.sum(numbers(3, 4, 5), 1),
  'sum of axes apart': () => tf.sum(numbers(3, 4, 5), [0, 2]),
  'mean, max, min': () => [
    tf.mean(numbers(3, 90), 1),
    tf.max(numbers(3, 90), 1, true),
    tf.min(numbers(3, 90), 0),
    tf.max(numbers(7)),
  ],
  'max of what is no number': () => [tf.max(tf.tensor1d([1, NaN, 3])), tf.max(tf.tensor1d([-Infinity, -Infinity]))],
  softmax: () => [tf.softmax(numbers(5, 13)), tf.logSoftmax(numbers(5, 13)), tf.softmax(tf.tensor1d([1000, 0, -1000]))],
  where: () => [
    tf.where(tf.greater(numbers(3, 5), 0), numbers(3, 5), tf.zeros([3, 5])),
    tf.where(tf.tensor1d([1, 0, 1], 'bool'), numbers(3), tf.ones([3])),
  ],
  'where, whole numbers': () =>
    tf.where(tf.tensor1d([1, 0], 'bool'), tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32')),
  cast: () => [
    tf.cast(tf.tensor1d([1, 2], 'int32'), 'float32'),
    tf.cast(tf.tensor1d([1, 0], 'bool'), 'float32'),
    tf.cast(tf.tensor1d([1.7]), 'int32'),
  ],
  transpose: () => [
    tf.transpose(numbers(37, 70)),
    tf.transpose(numbers(3, 4, 5), [1, 0, 2]),
    tf.transpose(numbers(3, 40, 5), [2, 0, 1]),
    tf.transpose(numbers(2, 3, 1, 4, 5), [4, 2, 0, 3, 1]),
    tf.transpose(numbers(2, 3, 4, 5), [0, 2, 1, 3]),
    tf.transpose(numbers(1, 5), [1, 0]),
  ],
  'transpose, whole numbers': () => tf.transpose(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32')),
  pad: () => [
    tf.pad(
      numbers(3, 4),
      [
        [1, 2],
        [0, 3],
      ],
      5,
    ),
    tf.pad(numbers(3), [[0, 0]]),
    tf.pad(numbers(2, 3, 4), [
      [0, 1],
      [1, 0],
      [2, 2],
    ]),
  ],
  gather: () => [
    tf.gather(numbers(4, 3), tf.tensor1d([3, 0, 3], 'int32')),
    tf.gather(numbers(4, 3), tf.tensor2d([[1], [0]], [2, 1], 'int32'), 1),
  ],
  'matMul of a batch, broadcast': () => tf.matMul(numbers(3, 2, 2, 4), numbers(2, 4, 5)),
  'matMul of a large batch, both transposed': () => tf.matMul(numbers(40, 4, 2), numbers(40, 5, 4), true, true),
  'matMul of rows with one factor': () => tf.matMul(numbers(3, 2, 4), numbers(1, 5, 4), false, true),
  'matMul, fused tanh': () =>
    tf.fused.matMul({ a: numbers(3, 4), b: numbers(4, 5), bias: numbers(5), activation: 'sigmoid' }),
  'matMul, fused elu': () =>
    tf.fused.matMul({ a: numbers(3, 4), b: numbers(4, 5), bias: numbers(5), activation: 'elu' }),
  'matMul of a batch': () => tf.matMul(numbers(3, 2, 4), numbers(3, 4, 5)),
  'matMul with a leading one': () => tf.matMul(numbers(1, 2, 4), numbers(1, 4, 5)),
  'matMul, fused relu': () =>
    tf.fused.matMul({ a: numbers(3, 4), b: numbers(4, 5), bias: numbers(5), activation: 'relu' }),
  'matMul, one bias': () => tf.fused.matMul({ a: numbers(3, 4), b: numbers(4, 5), bias: numbers(1) }),
};

describe.skipIf(!backendsHere.includes('native'))('native operations are as tfjs’ own', () => {
  const run = async (prefer: 'native' | 'cpu', operation: () => tf.Tensor | tf.Tensor[]) => {
    await startBackend({ prefer });
    const before = tf.memory().numTensors;
    const results = tf.tidy(
      () =>
        [operation()].flat().map((tensor) => ({
          shape: tensor.shape,
          dtype: tensor.dtype,
          values: [...tensor.dataSync()],
        })) as unknown as tf.Tensor[],
    );
    expect(tf.memory().numTensors).toBe(before);
    return results as unknown as { shape: number[]; dtype: string; values: number[] }[];
  };

  it.each(Object.entries(operations))('%s', async (_, operation) => {
    const [native, cpu] = [await run('native', operation), await run('cpu', operation)];
    expect(native.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
      cpu.map(({ shape, dtype }) => ({ shape, dtype })),
    );
    native.forEach(({ values }, i) =>
      values.forEach((value, j) => {
        const expected = cpu[i].values[j];
        if (Number.isFinite(expected))
          expect(Math.abs(value - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-5);
        else expect(value).toBe(expected);
      }),
    );
  });

  // tfjs' own for the CPU goes wrong here.
  it('matMul of batches that are broadcast to each other', async () => {
    await startBackend({ prefer: 'native' });
    const [a, b] = [numbers(3, 1, 2, 4), numbers(2, 4, 5)];
    const spread = tf.matMul(tf.broadcastTo(a, [3, 2, 2, 4]), tf.broadcastTo(b, [3, 2, 4, 5]));
    expect([...tf.matMul(a, b).dataSync()]).toEqual([...spread.dataSync()]);
  });
});
