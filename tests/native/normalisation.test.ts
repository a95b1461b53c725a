import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attention, composedAttention, type AttentionOptions } from '#main/engine/attention.ts';
import { startBackend } from '#main/engine/backend.ts';
import { batchNorm, composedBatchNorm } from '#main/engine/batch-norm.ts';
import { bilinear } from '#main/engine/bilinear.ts';
import { composedLayerNorm, layerNorm } from '#main/engine/layer-norm.ts';
import { loadAddon } from '#main/engine/native/addon.ts';
import type { AttentionShape } from '#main/engine/native/calls/attention.ts';
import type { BatchNormShape } from '#main/engine/native/calls/normalisation.ts';
import { Random } from '#shared/math/random.ts';
import { expectSame, values } from '../engine/two-forms.ts';
import { bestSet, Guarded, setsHere } from './guarded.ts';

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }));
const few = fc.integer({ min: 1, max: 5 });

describe.each(setsHere)('normalisations, attention and the bilinear form by the kernels for %s', (name) => {
  beforeAll(async () => {
    await startBackend({ prefer: 'native' });
    expect(loadAddon().useInstructionSet(name)).toBe(true);
  });
  afterAll(() => void loadAddon().useInstructionSet(bestSet));

  it('stay within their arguments: normalisations', () => {
    const addon = loadAddon();
    const shape = fc.record({ batch: few, span: size, channels: size, last: fc.boolean(), ragged: fc.boolean() });
    fc.assert(
      fc.property(shape, fc.integer(), ({ batch, span, channels, last, ragged }, seed) => {
        const g = new Guarded(seed);
        const [rows, all] = [batch * span, batch * span * channels];
        const [x, dy, weight] = [g.array(all), g.array(all), g.array(channels)];
        const runs = channels > 2 ? Int32Array.of(1, channels - 1) : Int32Array.of(channels);
        const perRow = g.array(rows * runs.length * 2);
        addon.layerNorm(rows, runs.length, runs, 1e-5, x, weight, g.array(channels), g.array(all), perRow);
        const made = [g.array(all), g.array(channels), g.array(channels)] as const;
        addon.layerNormGradient(rows, runs.length, runs, x, weight, perRow, dy, ...made);

        const random = new Random(seed, 'lengths');
        const live = ragged ? Int32Array.from({ length: batch }, () => 1 + random.below(span)) : null;
        const own: BatchNormShape = [batch, channels, span, last, live];
        const statistics = [g.array(channels), g.array(channels)] as const;
        addon.batchStatistics(...own, x, ...statistics);
        addon.batchNorm(...own, 1e-5, x, ...statistics, weight, g.array(channels), g.array(all, 0));
        for (const training of [true, false]) {
          const gradients = [g.array(all, 0), g.array(channels), g.array(channels)] as const;
          addon.batchNormGradient(...own, 1e-5, training, x, ...statistics, weight, dy, ...gradients);
        }
        g.check();
      }),
      { numRuns: 100 },
    );
  });

  it('stay within their arguments: attention', () => {
    const addon = loadAddon();
    const shape = fc.record({
      ...{ batch: few, heads: few, queries: size, keys: size, head: fc.integer({ min: 1, max: 35 }) },
      ...{ extra: fc.integer({ min: 0, max: 9 }), ragged: fc.boolean(), causal: fc.boolean() },
      ...{ weights: fc.boolean(), threshold: fc.constantFrom(0, 2 ** 31), seed: fc.integer() },
    });
    fc.assert(
      fc.property(shape, ({ batch, heads, queries, keys, head, extra, ragged, causal, weights, threshold, seed }) => {
        const g = new Guarded(seed);
        const random = new Random(seed, 'lengths');
        const lengths = (most: number) =>
          ragged ? Int32Array.from({ length: batch }, () => 1 + random.below(most)) : null;
        const own: AttentionShape = [
          ...([batch, heads, queries, keys, head, lengths(queries), lengths(keys), causal] as const),
          ...([seed >>> 0, threshold, 2] as const),
        ];
        const width = heads * head;
        // Between columns of other things.
        const frames = (count: number, fill?: number) =>
          [g.array(batch * count * (width + extra), fill), width + extra, extra >> 1] as const;
        const inputs = [...frames(queries), ...frames(keys), ...frames(keys)] as const;
        const statistics = g.array(batch * heads * queries * 2, 0);
        const out = (fill?: number) => (weights ? g.array(batch * heads * queries * keys, fill) : null);
        addon.attention(...own, ...inputs, g.array(batch * queries * width, 0), statistics, out(0));
        addon.attentionGradient(
          ...[...own, ...inputs, g.array(batch * queries * width), statistics, out()],
          ...[...frames(queries, 0), ...frames(keys, 0), ...frames(keys, 0)],
        );
        g.check();
      }),
      { numRuns: 100 },
    );
  });

  it('stay within their arguments: the bilinear form', () => {
    const addon = loadAddon();
    fc.assert(
      fc.property(size, size, size, fc.integer(), (batch, outs, inputs, seed) => {
        const g = new Guarded(seed);
        const [t, x] = [g.array(batch * outs * inputs), g.array(batch * inputs)];
        addon.bilinearJoin(batch, outs, inputs, t, x, g.array(outs), g.array(batch * outs));
        const [dT, dX] = [g.array(t.length), g.array(x.length)];
        addon.bilinearJoinGradient(batch, outs, inputs, t, x, g.array(batch * outs), dT, dX);
        g.check();
      }),
      { numRuns: 60 },
    );
  });

  const asTensor = (x: tf.Tensor) => x as tf.Tensor3D;
  const attentionOptions: AttentionOptions = {
    ...{ heads: 3, causal: true, weights: true },
    keyLengths: Int32Array.of(90, 33),
  };
  const drop = () => ({ ...attentionOptions, dropout: { rate: 0.25, random: new Random(7) } });

  it('are as composed', () => {
    const inputs = [values([2, 90, 39]), values([39], 2), values([39], 3)];
    expectSame(
      (...[x, weight, bias]) => layerNorm(x, weight, bias),
      (...[x, weight, bias]) => composedLayerNorm(x, weight, bias, 1e-5),
      inputs,
      2e-5,
    );
    const options = { statistics: null, lengths: Int32Array.of(90, 41), channels: 'last' } as const;
    expectSame(
      (...[x, weight, bias]) => batchNorm(x, weight, bias, options).output,
      (...[x, weight, bias]) => composedBatchNorm(x, weight, bias, options).output,
      inputs,
      2e-5,
    );
    expectSame(
      (x) => attention([asTensor(x)], drop()).output,
      (x) => composedAttention([asTensor(x)], drop()).output,
      [values([2, 90, 45])],
      5e-5,
    );
  });

  it('give the same on one thread and on two, to the bit', () => {
    const functions: Record<string, [(...inputs: tf.Tensor[]) => tf.Tensor, tf.Tensor[]]> = {
      layerNorm: [(x, weight, bias) => layerNorm(x, weight, bias), [values([700, 65]), values([65]), values([65])]],
      batchNorm: [
        (x, weight, bias) =>
          batchNorm(x, weight, bias, { statistics: null, lengths: Int32Array.of(200, 350, 7), channels: 'last' })
            .output,
        [values([3, 350, 65]), values([65]), values([65])],
      ],
      'batchNorm, channels second': [
        (x, weight, bias) => batchNorm(x, weight, bias, { statistics: null, lengths: null, channels: 'second' }).output,
        [values([3, 65, 350]), values([65]), values([65])],
      ],
      attention: [(x) => attention([asTensor(x)], drop()).output, [values([2, 90, 45])]],
      bilinear: [
        (x1, x2, weight, bias) => bilinear(x1, x2, weight, bias),
        [values([70, 9]), values([70, 11]), values([13, 9, 11]), values([13])],
      ],
    };
    for (const [which, [f, inputs]] of Object.entries(functions)) {
      const [one, two] = [1, 2].map((threads) => {
        loadAddon().setThreads(threads);
        const gradients = tf.grads((...t: tf.Tensor[]) => tf.sum(tf.square(f(...t))) as tf.Scalar)(inputs);
        return [f(...inputs), ...gradients].map((tensor) => tensor.dataSync().slice());
      });
      expect(one.some((tensor) => tensor.some((value) => value !== 0))).toBe(true);
      expect(two, which).toEqual(one);
    }
  });
});

describe.skipIf(setsHere.length === 0)('their border', () => {
  type Loose = (...args: unknown[]) => unknown;
  const f = (count: number) => new Float32Array(count);
  const batch = [2, 3, 4, true, Int32Array.of(4, 2)];
  const heads = [2, 2, 3, 4, 5, Int32Array.of(3, 1), Int32Array.of(4, 2), true, 7, 9, 2];
  const calls: Record<string, unknown[]> = {
    layerNorm: [4, 2, Int32Array.of(2, 1), 1e-5, f(12), f(3), f(3), f(12), f(16)],
    layerNormGradient: [4, 2, Int32Array.of(2, 1), f(12), f(3), f(16), f(12), f(12), f(3), f(3)],
    batchStatistics: [...batch, f(24), f(3), f(3)],
    batchNorm: [...batch, 1e-5, f(24), f(3), f(3), f(3), f(3), f(24)],
    batchNormGradient: [...batch, 1e-5, true, f(24), f(3), f(3), f(3), f(24), f(24), f(3), f(3)],
    attention: [...heads, f(60), 10, 0, f(240), 30, 10, f(240), 30, 20, f(60), f(24), f(48)],
    attentionGradient: [
      ...[...heads, f(60), 10, 0, f(240), 30, 10, f(240), 30, 20, f(60), f(24), f(48)],
      ...[f(60), 10, 0, f(240), 30, 10, f(240), 30, 20],
    ],
    bilinearJoin: [2, 3, 4, f(24), f(8), f(3), f(6)],
    bilinearJoinGradient: [2, 3, 4, f(24), f(8), f(6), f(24), f(8)],
  };
  it.each(Object.entries(calls))(
    '%s refuses each argument of a wrong type or length, and a missing one',
    (name, right) => {
      const call = (loadAddon() as unknown as Record<string, Loose>)[name];
      expect(() => call(...right)).not.toThrow();
      right.forEach((argument, index) => {
        const wrong: unknown[] = [undefined, 'x', {}];
        if (argument instanceof Float32Array) wrong.push(f(argument.length - 1), f(argument.length + 1), 3);
        if (argument instanceof Int32Array)
          wrong.push(
            argument.slice(1),
            argument.map(() => 0),
            argument.map(() => 99),
          );
        if (typeof argument === 'boolean') wrong.push(1);
        // Sizes; what is a factor may be any number.
        if (typeof argument === 'number' && Number.isInteger(argument) && index !== 10)
          wrong.push(-1, 1.5, NaN, 2 ** 40);
        for (const value of wrong)
          expect(() => call(...right.with(index, value)), `argument ${index}: ${String(value)}`).toThrow(TypeError);
        expect(() => call(...right.slice(0, index)), `without ${index}`).toThrow(TypeError);
      });
    },
  );

  it('attention refuses columns that are not all within a row', () => {
    const call = loadAddon().attention as unknown as Loose;
    const right = calls['attention'];
    expect(() => call(...right.with(13, 1))).toThrow(/column/);
    expect(() => call(...right.with(16, 21))).toThrow(/column/);
    expect(() => call(...right.with(12, 9))).toThrow(/step/);
  });
});
