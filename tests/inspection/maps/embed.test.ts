import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { embed } from '#main/inspection/maps/embed.ts';
import { inputOf, signalsOf } from '#main/inspection/signals.ts';
import { readWeights } from '#main/models/model.ts';
import { softmax } from '#main/training/evaluate.ts';
import type { ModelSpec } from '#shared/domain/model-spec.ts';
import type { z } from 'zod';
import { describeBackends } from '../../engine/backends-here.ts';
import { madeClip, madeNetwork } from '../made-network.ts';

const SPECS: z.input<typeof ModelSpec>[] = [
  { cell: 'lstm', hiddenSize: 7, bidirectional: true, pooling: 'last' },
  { cell: 'gru', hiddenSize: 6, numLayers: 2, pooling: 'mean' },
  { cell: 'rnn', hiddenSize: 5, pooling: 'max' },
  { cell: 'dnn', hiddenSize: 8, pooling: 'mean' },
];
const FRAMES = [23, 4, 11, 1];

describeBackends('embeddings', () => {
  test.each(SPECS)('of $cell, $pooling: the head makes of them what the network answers, padded or alone', (spec) => {
    const network = madeNetwork(spec);
    const { model } = network;
    const clips = FRAMES.map((frames, seed) => madeClip(frames, { seed }));
    const together = embed(network, clips);
    const width = spec.hiddenSize! * (spec.bidirectional ? 2 : 1);
    expect(together.width).toBe(width);
    const weights = readWeights(model);
    const { values: matrix } = weights.get('head.weight')!;
    const { values: bias } = weights.get('head.bias')!;
    clips.forEach((clip, row) => {
      const alone = embed(network, [clip]);
      const vector = together.vectors.subarray(row * width, (row + 1) * width);
      vector.forEach((value, i) => expect(Math.abs(value - alone.vectors[i])).toBeLessThan(1e-5));
      const x = inputOf(network, clip);
      const logits = tf.tidy(() => model.forward(x, null, { training: false }).dataSync() as Float32Array);
      x.dispose();
      const byHead = Float32Array.from(bias, (start, out) =>
        vector.reduce((sum, value, i) => sum + value * matrix[out * width + i], start),
      );
      byHead.forEach((value, out) => expect(Math.abs(value - logits[out])).toBeLessThan(1e-4));
      const shares = softmax(logits);
      expect(together.predicted[row]).toBe(shares.indexOf(Math.max(...shares)));
      expect(together.probabilities[row]).toBeCloseTo(Math.max(...shares), 4);
    });
    model.dispose();
  });

  test('pooled at the end are the last hidden states of each direction', () => {
    const network = madeNetwork({ cell: 'gru', hiddenSize: 4, bidirectional: true, pooling: 'last' });
    const [short, long] = [madeClip(5, { seed: 1 }), madeClip(9, { seed: 2 })];
    const { vectors } = embed(network, [short, long]);
    for (const [row, clip] of [short, long].entries()) {
      const hidden = (reverse: boolean) => {
        const { names, values, frames, units } = signalsOf(network, clip, { layer: 0, reverse });
        const at = (names.indexOf('hidden') * frames + (reverse ? 0 : frames - 1)) * units;
        return [...values.subarray(at, at + units)];
      };
      [...hidden(false), ...hidden(true)].forEach((value, i) => expect(vectors[row * 8 + i]).toBeCloseTo(value, 5));
    }
    network.model.dispose();
  });

  test('leave no tensors behind; features of another width are refused', () => {
    const network = madeNetwork({ cell: 'lstm', hiddenSize: 4 });
    const before = tf.memory().numTensors;
    embed(network, [madeClip(3), madeClip(6)]);
    expect(tf.memory().numTensors).toBe(before);
    expect(() => embed(network, [madeClip(3, { bins: 5 })])).toThrow('5 values a frame');
    expect(tf.memory().numTensors).toBe(before);
    network.model.dispose();
  });
});
