import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { batchNormLayer, layerNormLayer } from '#main/models/layers/norms.ts';
import { backendsHere } from '../../engine/backends-here.ts';
import { values } from '../../engine/two-forms.ts';

describe.each(backendsHere)('normalisation layers on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });
  const train = { training: true };

  it('begin as PyTorch’s do, under its names', () => {
    const norm = batchNormLayer('norm', 3);
    const all = [...norm.parameters, ...norm.buffers].map(([name, { shape }]) => [name, shape]);
    expect(all).toEqual([
      ['norm.weight', [3]],
      ['norm.bias', [3]],
      ['norm.running_mean', [3]],
      ['norm.running_var', [3]],
      ['norm.num_batches_tracked', []],
    ]);
    const held = [...norm.parameters.values(), ...norm.buffers.values()].map((one) => [...one.dataSync()]);
    expect(held).toEqual([[1, 1, 1], [0, 0, 0], [0, 0, 0], [1, 1, 1], [0]]);
    expect([...layerNormLayer('norm', 3).parameters.keys()]).toEqual(['norm.weight', 'norm.bias']);
  });

  it('the running statistics follow each batch of training, the variance unbiased; evaluation changes nothing', () => {
    const norm = batchNormLayer('norm', 1, { momentum: 0.25 });
    const [mean, variance, batches] = [...norm.buffers.values()];
    const found = () => [mean, variance, batches].map((one) => one.dataSync()[0]);
    // Mean 4, unbiased variance 2; then mean 0, variance 8.
    tf.tidy(() => void norm.forward(tf.tensor2d([[3], [5]]), null, train));
    [1, 1 * 0.75 + 2 * 0.25, 1].forEach((wanted, i) => expect(found()[i]).toBeCloseTo(wanted, 6));
    tf.tidy(() => void norm.forward(tf.tensor2d([[-2], [2]]), null, train));
    [0.75, 1.25 * 0.75 + 8 * 0.25, 2].forEach((wanted, i) => expect(found()[i]).toBeCloseTo(wanted, 6));
    const before = found();
    const y = tf.tidy(() => norm.forward(tf.tensor2d([[0.75], [3]]), null, { training: false }).dataSync());
    expect(y[0]).toBeCloseTo(0, 6);
    expect(y[1]).toBeCloseTo(2.25 / Math.sqrt(before[1] + 1e-5), 5);
    expect(found()).toEqual(before);
  });

  it('follow within a training step, whose gradients are those of the parameters alone, and leave nothing behind', () => {
    const norm = batchNormLayer('norm', 3);
    const x = values([2, 4, 3]) as tf.Tensor3D;
    const lengths = Int32Array.of(4, 1);
    const before = tf.memory().numTensors;
    const { gradients } = tf.tidy(() =>
      valueAndGradients(() => tf.sum(tf.square(norm.forward(x, lengths, train))) as tf.Scalar, norm.parameters),
    );
    expect(Object.keys(gradients)).toEqual(['norm.weight', 'norm.bias']);
    tf.dispose(gradients);
    expect(tf.memory().numTensors).toBe(before);
    expect(norm.buffers.get('norm.num_batches_tracked')!.dataSync()[0]).toBe(1);
    const ofFrames = tf.mean(tf.concat([tf.slice(x, [0, 0, 0], [1, 4, 3]), tf.slice(x, [1, 0, 0], [1, 1, 3])], 1), 1);
    const wanted = ofFrames.dataSync();
    norm.buffers
      .get('norm.running_mean')!
      .dataSync()
      .forEach((value, i) => expect(value).toBeCloseTo(0.1 * wanted[i], 6));
  });
});
