import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { batchNorm, composedBatchNorm, type BatchNormOptions } from '#main/engine/batch-norm.ts';
import { relativeError } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { expectSame, values } from './two-forms.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

const training: BatchNormOptions = { statistics: null, lengths: null, channels: 'last' };

describe.each(backendsHere)('batch normalisation on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  const shapes: [number[], BatchNormOptions['channels'], number[] | null][] = [
    [[8, 3], 'last', null],
    [[4, 9, 5], 'last', null],
    [[4, 9, 5], 'last', [9, 1, 4, 7]],
    [[4, 5, 9], 'second', [9, 1, 4, 7]],
    [[3, 6, 5, 4], 'second', null],
    [[3, 6, 5, 4], 'second', [5, 2, 3]],
    [[3, 6, 5, 4], 'last', [6, 2, 3]],
    [[2, 700, 20], 'last', [700, 350]],
    [[2, 3, 100, 60], 'second', [100, 50]],
  ];
  const optionsOf = ([shape, channels, lengths]: (typeof shapes)[number], given: boolean) => {
    const size = [shape[channels === 'last' ? shape.length - 1 : 1]];
    const statistics = given ? { mean: values(size, 7), variance: tf.abs(values(size, 8)) } : null;
    const options = { statistics, lengths: lengths && Int32Array.from(lengths), channels, eps: 1e-3 };
    return { options, inputs: [values(shape), values(size, 2), values(size, 3)] };
  };

  for (const given of [false, true])
    it.each(shapes)(`is as composed for %j, channels %s, lengths %j, statistics given: ${given}`, (...item) => {
      const { options, inputs } = optionsOf(item, given);
      expectSame(
        (x, weight, bias) => batchNorm(x, weight, bias, options).output,
        (x, weight, bias) => composedBatchNorm(x, weight, bias, options).output,
        inputs,
        2e-5,
      );
      const [x, weight, bias] = inputs;
      const [own, composed] = [batchNorm, composedBatchNorm].map((f) => f(x, weight, bias, options).statistics);
      for (const name of ['mean', 'variance'] as const)
        expect(relativeError(own[name].dataSync(), composed[name].dataSync()), name).toBeLessThan(1e-5);
    });

  it.each(shapes.slice(0, 6))('has the gradients of its values: %j, channels %s, lengths %j', (...item) => {
    const { options, inputs } = optionsOf(item, false);
    expectNumericGradients(
      (x, weight, bias) => tf.sum(tf.tanh(batchNorm(x, weight, bias, options).output)),
      inputs,
      2e-2,
    );
  });

  it.each(['last', 'second'] as const)('with lengths sees the frames that there are alone, channels %s', (channels) => {
    const frames = [values([5, 3]), values([2, 3], 4)];
    const [weight, bias] = [values([3], 2), values([3], 3)];
    const all = batchNorm(tf.concat(frames), weight, bias, training);
    const padded = tf.stack([frames[0], tf.concat([frames[1], tf.fill([3, 3], 1e6)])]);
    const toSecond = (x: tf.Tensor) => (channels === 'second' ? tf.transpose(x, [0, 2, 1]) : x);
    const lengths = Int32Array.of(5, 2);
    const own = batchNorm(toSecond(padded), weight, bias, { statistics: null, lengths, channels });
    const output = tf.reshape(toSecond(own.output), [10, 3]);
    expect(relativeError(output.dataSync().slice(0, 21), all.output.dataSync())).toBeLessThan(1e-5);
    expect(
      output
        .dataSync()
        .slice(21)
        .every((value) => value === 0),
    ).toBe(true);
    expect([own.count, all.count]).toEqual([7, 7]);
    expect(relativeError(own.statistics.variance.dataSync(), all.statistics.variance.dataSync())).toBeLessThan(1e-5);
    const gradient = tf.grad((x) => tf.sum(tf.square(batchNorm(x, weight, bias, { ...training, lengths }).output)));
    expect(
      gradient(padded)
        .dataSync()
        .slice(21)
        .every((value) => value === 0),
    ).toBe(true);
  });

  it('keeps a small variance beside a large mean, over many pieces', () => {
    const x = tf.tensor(
      Float32Array.from({ length: 20000 }, (_, i) => 1000 + (i % 2 ? 0.5 : -0.5)),
      [10000, 2],
    );
    const { statistics } = batchNorm(tf.reshape(x, [2, 1, 10000]), tf.ones([1]), tf.zeros([1]), {
      ...training,
      channels: 'second',
    });
    if (backend === 'native') expect(statistics.variance.dataSync()[0]).toBeCloseTo(0.25, 5);
    const pairs = batchNorm(tf.concat([x, tf.sub(2000, x)]), tf.ones([2]), tf.zeros([2]), training).statistics;
    if (backend === 'native') for (const variance of pairs.variance.dataSync()) expect(variance).toBeCloseTo(0.25, 5);
  });

  it('leaves nothing behind', () => {
    const [x, weight, bias] = [values([4, 6]), values([6], 2), values([6], 3)];
    const before = tf.memory().numTensors;
    tf.tidy(() => void tf.grad((t) => tf.sum(batchNorm(t, weight, bias, training).output))(x));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses what does not fit', () => {
    const run = (x: tf.Tensor, options: Partial<BatchNormOptions> = {}) =>
      batchNorm(x, values([3]), values([3]), { ...training, ...options });
    expect(() => run(values([4, 2]))).toThrow(/weight is \[3\], not \[2\]/);
    expect(() => run(values([4, 2, 3]), { channels: 'second' })).toThrow(/not \[2\]/);
    expect(() => run(values([4, 3]), { lengths: Int32Array.of(1, 1, 1, 1) })).toThrow(/no frames/);
    expect(() => run(values([2, 4, 3]), { lengths: Int32Array.of(1) })).toThrow(/1 lengths for a batch of 2/);
    for (const length of [0, 5])
      expect(() => run(values([2, 4, 3]), { lengths: Int32Array.of(1, length) })).toThrow(/of 4 frames/);
    expect(() => run(values([1, 3]))).toThrow(/no variance/);
  });
});
