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
        if (Number.isFinite(expected)) expect(Math.abs(value - expected)).toBeLessThan(1e-5);
        else expect(value).toBe(expected);
      }),
    );
  });
});
