import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { dropout } from '#main/engine/dropout.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { frameDense } from '#main/models/layers/frame-dense.ts';
import { stacked } from '#main/models/layers/stacked.ts';
import { Random } from '#shared/math/random.ts';
import { describeBackends } from '../../engine/backends-here.ts';
import { values } from '../../engine/two-forms.ts';
import { relativeError } from '../../support/shared.ts';

const [batch, time, inputSize, hiddenSize] = [2, 5, 3, 4];

describeBackends('layers one upon the other', () => {
  const x = () => values([batch, time, inputSize]) as tf.Tensor3D;

  it('residual frame-wise ones are what is computed by hand, values and gradients', () => {
    const options = { inputSize, hiddenSize, numLayers: 3, dropout: 0, residual: true };
    const { parameters, forward } = frameDense('dense', options, new Random(3));
    const dense = (input: tf.Tensor2D, layer: number) =>
      tf.relu<tf.Tensor2D>(
        tf.add(
          tf.matMul(input, parameters.get(`dense.${layer}.weight`) as tf.Tensor as tf.Tensor2D, false, true),
          parameters.get(`dense.${layer}.bias`)!,
        ),
      );
    const byHand = (input: tf.Tensor3D) => {
      const first = dense(tf.reshape(input, [batch * time, inputSize]), 0);
      const second: tf.Tensor2D = tf.add(dense(first, 1), first);
      return tf.reshape(tf.add(dense(second, 2), second), [batch, time, hiddenSize]) as tf.Tensor3D;
    };
    const input = x();
    const run = (layer: (input: tf.Tensor3D) => tf.Tensor3D) => ({
      output: layer(input).dataSync(),
      ...valueAndGradients(() => tf.sum(tf.square(layer(input))), parameters),
    });
    const found = run((one) => forward(one, null, { training: false }));
    const wanted = run(byHand);
    expect(relativeError(found.output, wanted.output)).toBeLessThan(1e-6);
    for (const name of parameters.keys())
      expect(relativeError(found.gradients[name].dataSync(), wanted.gradients[name].dataSync()), name).toBeLessThan(
        1e-5,
      );
    const plain = frameDense('dense', { ...options, residual: false }, new Random(3));
    expect(plain.forward(input, null, { training: false }).dataSync()).not.toEqual(found.output);
  });

  it('what is added is the input before dropout', () => {
    const zero = (input: tf.Tensor3D) => tf.mul(input, 0) as tf.Tensor3D;
    const input = x();
    const same = (one: tf.Tensor3D) => tf.clone(one);
    const mode = { training: true, random: new Random(1) };
    const options = { dropout: 0.5, residual: true };
    expect(stacked([same, zero, zero], input, options, mode).dataSync()).toEqual(input.dataSync());
    const dropped = tf.add(dropout(input, 0.5, new Random(1)), input);
    expect(stacked([same, same], input, options, { training: true, random: new Random(1) }).dataSync()).toEqual(
      dropped.dataSync(),
    );
  });
});
