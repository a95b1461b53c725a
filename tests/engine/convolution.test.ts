import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { composedConvolution, conv1d } from '#main/engine/convolution.ts';
import { windowsAlong, type Padding } from '#main/engine/windows.ts';
import { relativeError } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

const random = (seed: number, ...shape: number[]) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe.each(backendsHere)('convolutions on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it.each([
    ['plain', {}],
    ['with a stride', { stride: 2, padding: 1 }],
    ['with a stride beyond its kernel', { stride: 4 }],
    ['dilated', { dilation: 2, padding: 'same' }],
    ['dilated, with a stride', { dilation: 3, stride: 2, padding: [4, 1] }],
    ['causal', { dilation: 2, padding: 'causal' }],
    ['in groups', { groups: 2, padding: 1 }],
  ] as const)('has the gradient of differences: %s', (_, options) => {
    const inputs = [random(1, 2, 9, 4), random(2, 6, 'groups' in options ? 2 : 4, 3), random(3, 6)];
    expectNumericGradients(
      (...[x, w, b]) => tf.sum(tf.tanh(conv1d(x as tf.Tensor3D, w as tf.Tensor3D, b, options))),
      inputs,
      2e-2,
    );
  });

  it('sees nothing that comes later, if causal', () => {
    const x = random(1, 1, 8, 3) as tf.Tensor3D;
    const weight = random(2, 5, 3, 3) as tf.Tensor3D;
    const run = (time: number) =>
      conv1d(tf.slice3d(x, [0, 0, 0], [1, time, 3]), weight, null, { padding: 'causal', dilation: 2 });
    const [whole, part] = [run(8), run(5)];
    expect(whole.shape).toEqual([1, 8, 5]);
    expect(relativeError(tf.slice(whole, [0, 0, 0], [1, 5, 5]).dataSync(), part.dataSync())).toBeLessThan(1e-6);
  });

  it('refuses what does not fit together', () => {
    const x = tf.zeros([1, 8, 4]) as tf.Tensor3D;
    const w = (out: number, inside: number, kernel: number) => tf.zeros([out, inside, kernel]) as tf.Tensor3D;
    expect(() => conv1d(x, w(6, 3, 3), null)).toThrow(/does not fit 4 channels/);
    expect(() => conv1d(x, w(6, 4, 3), tf.zeros([5]))).toThrow(/5 biases/);
    expect(() => conv1d(x, w(6, 4, 9), null)).toThrow(/window of 9 does not fit into 8/);
    expect(() => conv1d(x, w(6, 4, 3), null, { stride: 0 })).toThrow(/stride of 0/);
    expect(() => conv1d(x, w(6, 4, 3), null, { stride: 2, padding: 'same' })).toThrow(/stride of 1/);
    expect(() => conv1d(x, w(6, 4, 3), null, { padding: -1 })).toThrow(/no padding/);
    expect(() => conv1d(x, w(6, 2, 3), null, { groups: 4 })).toThrow(/4 groups/);
  });
});

describe.skipIf(!backendsHere.includes('native'))('the convolution kernels', () => {
  const plan = fc.record({
    batch: fc.integer({ min: 1, max: 3 }),
    size: fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 23 })),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })),
    dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 })),
    padding: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 6 })),
    after: fc.integer({ min: 0, max: 4 }),
    channels: fc.tuple(fc.integer({ min: 1, max: 18 }), fc.integer({ min: 1, max: 37 })),
    groups: fc.constantFrom('one', 'two', 'depthwise'),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });

  it('agree with the composed form, to the bit on one thread and two', async () => {
    await startBackend({ prefer: 'native' });
    const { nativeConvolution } = await import('#main/engine/native/convolution-kernels.ts');
    await fc.assert(
      fc.asyncProperty(
        plan,
        async ({ batch, size, kernel, stride, dilation, padding, after, channels, groups, seed }) => {
          const axis = (at: 0 | 1) =>
            windowsAlong(size[at], kernel[at], {
              stride: stride[at],
              dilation: dilation[at],
              padding: (at === 1 ? [padding[1], after] : padding[0]) as Padding,
            });
          const fits = [0, 1].every((at) => {
            const room = size[at] + padding[at] + (at === 1 ? after : padding[0]);
            return room > dilation[at] * (kernel[at] - 1);
          });
          fc.pre(fits);
          const count = { one: 1, two: 2, depthwise: channels[0] }[groups];
          const [inside, outside] =
            groups === 'depthwise' ? [channels[0], channels[0]] : channels.map((n) => n * count);
          const attributes = { vertical: axis(0), horizontal: axis(1), groups: count };
          const inputs = [
            random(seed, batch, ...size, inside),
            random(seed + 1, outside, inside / count, ...kernel),
            random(seed + 2, outside),
          ];
          type Form = typeof composedConvolution;
          const results = (form: Form) => {
            const run = (...[x, w, b]: tf.Tensor[]) => form(x as tf.Tensor4D, w as tf.Tensor4D, b, attributes);
            const slopes = random(seed + 3, ...run(...inputs).shape);
            const gradients = tf.grads((...t: tf.Tensor[]) => tf.sum(tf.mul(run(...t), slopes)) as tf.Scalar)(inputs);
            return [run(...inputs), ...gradients].map((tensor) => Float32Array.from(tensor.dataSync()));
          };
          tf.engine().startScope();
          await startBackend({ prefer: 'native', threads: 1 });
          const [expected, alone] = [results(composedConvolution), results(nativeConvolution)];
          await startBackend({ prefer: 'native', threads: 2 });
          const together = results(nativeConvolution);
          tf.engine().endScope();
          alone.forEach((values, i) => {
            expect(relativeError(values, expected[i])).toBeLessThan(2e-5);
            expect(Buffer.from(values.buffer).equals(Buffer.from(together[i].buffer))).toBe(true);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
