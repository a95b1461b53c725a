import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { recurrentStack } from '#main/models/layers/recurrent-stack.ts';
import type { Mode } from '#main/models/types.ts';
import { Random } from '#shared/math/random.ts';

beforeAll(() => startBackend());

describe('truncated backpropagation through time', () => {
  const [batch, time, inputSize] = [2, 9, 3];
  const options = { cell: 'gru', inputSize, hiddenSize: 4, numLayers: 2, bidirectional: true, dropout: 0 } as const;
  const stack = () => recurrentStack('rnn', options, new Random(5));
  const random = new Random(6);
  const values = Float32Array.from({ length: batch * time * inputSize }, () => random.normal());
  const lengths = Int32Array.of(9, 7);
  const x = () => tf.tensor3d(values, [batch, time, inputSize]);

  test('in training changes no values, and without training nothing', () => {
    const { forward } = stack();
    const [plain, cut] = [null, 4].map((truncation) => forward(x(), lengths, { training: true, truncation }));
    const difference = tf.max(tf.abs(tf.sub(plain, cut))).dataSync()[0];
    expect(difference).toBeLessThan(1e-6);
    expect(forward(x(), lengths, { training: false, truncation: 4 }).dataSync()).toEqual(plain.dataSync());
  });

  test('lets nothing across a cut, by no detour through layers and directions', () => {
    const { forward } = stack();
    const slopes = (mode: Mode) => {
      const ofPiece = (one: tf.Tensor) =>
        tf.sum(tf.slice(forward(one as tf.Tensor3D, lengths, mode), [0, 4, 0], [-1, 4, -1]));
      return tf.sum(tf.abs(tf.grad(ofPiece)(x())), 2).arraySync() as number[][];
    };
    const cut = slopes({ training: true, truncation: 4 });
    const uncut = slopes({ training: true });
    for (let b = 0; b < batch; b++)
      for (let t = 0; t < time; t++) {
        expect(cut[b][t] > 0, `cut: sequence ${b}, frame ${t}`).toBe(t >= 4 && t < Math.min(8, lengths[b]));
        expect(uncut[b][t] > 0, `whole: sequence ${b}, frame ${t}`).toBe(t < lengths[b]);
      }
  });
});
