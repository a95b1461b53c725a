import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { changeVariable } from '#main/engine/values.ts';
import { frameDense } from '#main/models/layers/frame-dense.ts';
import { frameWindowLayer } from '#main/models/layers/frame-window.ts';
import { Random } from '#shared/math/random.ts';
import { describeBackends } from '../../engine/backends-here.ts';
import { expectNumericGradients } from '../../engine/numeric-gradient.ts';
import { values } from '../../engine/two-forms.ts';
import { relativeError } from '../../support/shared.ts';

const [batch, time, inSize, outSize, context] = [3, 6, 2, 4, 2];
const lengths = Int32Array.of(6, 1, 4);

/** Each frame concatenated with its neighbours, zeros where there are none, times the weights: in plain arithmetic. */
function byHand(x: Float32Array, weight: Float32Array, bias: Float32Array): Float32Array {
  const kernel = 2 * context + 1;
  const out = new Float32Array(batch * time * outSize);
  for (let b = 0; b < batch; b++)
    for (let t = 0; t < time; t++)
      for (let o = 0; o < outSize; o++) {
        let sum = bias[o];
        for (let tap = 0; tap < kernel; tap++) {
          const from = t + tap - context;
          if (from < 0 || from >= lengths[b]) continue;
          for (let i = 0; i < inSize; i++)
            sum += x[(b * time + from) * inSize + i] * weight[(o * inSize + i) * kernel + tap];
        }
        out[(b * time + t) * outSize + o] = sum;
      }
  return out;
}

const read = (tensor: tf.Tensor) => tensor.dataSync() as Float32Array;

describeBackends('frames with their context', () => {
  it('are what concatenating them by hand gives, what stands behind a clip left out', () => {
    const { parameters, apply } = frameWindowLayer('dense.0', inSize, outSize, context, new Random(1));
    const [weight, bias] = ['weight', 'bias'].map((name) => parameters.get(`dense.0.${name}`)!);
    expect([weight.shape, bias.shape]).toEqual([[outSize, inSize, 2 * context + 1], [outSize]]);
    const x = values([batch, time, inSize]) as tf.Tensor3D;
    expect(relativeError(read(apply(x, lengths)), byHand(read(x), read(weight), read(bias)))).toBeLessThan(1e-6);
  });

  it('have the gradients of central differences in what is read, and none from behind a clip', () => {
    const { apply } = frameWindowLayer('dense.0', inSize, outSize, context, new Random(1));
    const direction = values([batch, time, outSize], 5);
    expectNumericGradients(
      (x) => tf.sum(tf.mul(apply(x as tf.Tensor3D, lengths), direction)),
      [values([batch, time, inSize])],
    );
  });

  it('have the gradients of central differences in their weights', () => {
    const { parameters, apply } = frameWindowLayer('dense.0', inSize, outSize, context, new Random(1));
    const x = values([batch, time, inSize]) as tf.Tensor3D;
    const direction = values([batch, time, outSize], 5);
    const loss = () => tf.sum(tf.mul(apply(x, lengths), direction)) as tf.Scalar;
    const { gradients } = valueAndGradients(loss, parameters);
    for (const [name, variable] of parameters) {
      const kept = Float32Array.from(variable.dataSync());
      const lossWith = (at: number, change: number) => {
        changeVariable(variable, (now) => now.set(kept.map((value, i) => (i === at ? value + change : value))));
        return loss().dataSync()[0];
      };
      // The loss is linear in the weights: differences are exact but for rounding.
      const slopes = Float32Array.from(kept, (_, at) => lossWith(at, 0.5) - lossWith(at, -0.5));
      changeVariable(variable, (now) => now.set(kept));
      expect(relativeError(gradients[name].dataSync(), slopes), name).toBeLessThan(1e-4);
    }
  });

  it('in a network: the second layer sees each frame alone, and all that is computed can be watched', () => {
    const options = { inputSize: inSize, hiddenSize: outSize, numLayers: 2, dropout: 0, context };
    const { parameters, forward } = frameDense('dense', options, new Random(3));
    expect([...parameters].map(([name, { shape }]) => [name, shape])).toEqual([
      ['dense.0.weight', [outSize, inSize, 5]],
      ['dense.0.bias', [outSize]],
      ['dense.1.weight', [outSize, outSize]],
      ['dense.1.bias', [outSize]],
    ]);
    const x = values([batch, time, inSize]) as tf.Tensor3D;
    const seen: tf.Tensor[] = [];
    const whole = forward(x, null, { training: false, watch: (_, { hidden }) => seen.push(hidden) });
    expect(seen.map(({ shape }) => shape)).toEqual([
      [batch, time, outSize],
      [batch, time, outSize],
    ]);
    expect(read(seen[1])).toEqual(read(whole));
    // A change of one frame reaches as far as the context, through both layers.
    const moved = tf.tidy(() => {
      const mark = tf.buffer([batch, time, inSize]);
      mark.set(9, 0, 0, 0);
      return forward(tf.add(x, mark.toTensor()), null, { training: false });
    });
    const changed = tf.any(tf.notEqual(tf.slice(whole, [0, 0, 0], [1, time, outSize]), tf.slice(moved, [0, 0, 0], [1, time, outSize])), 2); // prettier-ignore
    expect([...changed.dataSync()].map(Boolean).slice(context + 1)).toEqual([false, false, false]);
    expect(changed.dataSync()[0]).toBe(1);
  });
});
