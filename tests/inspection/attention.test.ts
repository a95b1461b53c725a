import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { normalise } from '#main/features/normalise.ts';
import { attentionOf } from '#main/inspection/attention.ts';
import { signalsOf } from '#main/inspection/signals.ts';
import { CELLS } from '#shared/domain/model-spec.ts';
import { describeBackends } from '../engine/backends-here.ts';
import { BINS, madeClip, madeNetwork } from './made-network.ts';

const FRAMES = 23;

describeBackends('attention over a clip', () => {
  test.each(CELLS)('%s: the logits are those of the states, weighed as it says', (cell) => {
    const network = madeNetwork({ cell, hiddenSize: 5, pooling: 'attention' });
    const clip = madeClip(FRAMES);
    const before = tf.memory().numTensors;
    const weights = attentionOf(network, clip);
    expect(tf.memory().numTensors).toBe(before);
    expect(weights).toHaveLength(FRAMES);
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect(Math.min(...weights)).toBeGreaterThan(0);
    expect(new Set(weights).size).toBeGreaterThan(FRAMES / 2);

    const { names, units, values } = signalsOf(network, clip, { layer: 0, reverse: false });
    const hidden = values.subarray(names.indexOf('hidden') * FRAMES * units);
    const parameter = (name: string) => network.model.parameters.get(name)!.dataSync();
    const [weight, bias] = [parameter('head.weight'), parameter('head.bias')];
    const wanted = Array.from(bias, (shift, label) => {
      let sum = shift;
      for (let t = 0; t < FRAMES; t++)
        for (let unit = 0; unit < units; unit++)
          sum += weights[t] * hidden[t * units + unit] * weight[label * units + unit];
      return sum;
    });
    const x = tf.tensor3d(normalise(clip, network.description.normalisation).values, [1, FRAMES, BINS]);
    const logits = network.model.forward(x, null, { training: false }).dataSync();
    wanted.forEach((value, label) => expect(logits[label]).toBeCloseTo(value, 5));
    network.model.dispose();
  });

  test('a network that has none says so', () => {
    const network = madeNetwork({ cell: 'gru', hiddenSize: 5 });
    expect(() => attentionOf(network, madeClip(4))).toThrow(expect.objectContaining({ kind: 'bad-input' }));
    network.model.dispose();
  });
});
