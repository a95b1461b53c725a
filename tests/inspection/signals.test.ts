import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { normalise } from '#main/features/normalise.ts';
import { signalsOf } from '#main/inspection/signals.ts';
import { readWeights } from '#main/models/model.ts';
import { RECURRENT_CELLS } from '#shared/domain/model-spec.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import { describeBackends } from '../engine/backends-here.ts';
import { BINS, madeClip, madeNetwork } from './made-network.ts';
import { plainStack } from './plain-cells.ts';

describeBackends('signals', () => {
  describe.each(RECURRENT_CELLS)('%s', (cell) => {
    test.each([
      [1, false],
      [2, true],
      [3, false],
    ])('%i layers, both directions %s: as plain double-precision arithmetic has them', (numLayers, bidirectional) => {
      const network = madeNetwork({ cell, hiddenSize: 9, numLayers, bidirectional });
      const features = madeClip(23);
      const { values } = normalise(features, network.description.normalisation);
      const x = Array.from({ length: 23 }, (_, t) => Float64Array.from(values.subarray(t * BINS, (t + 1) * BINS)));
      const expected = plainStack(cell, x, readWeights(network.model), numLayers, bidirectional);
      for (let layer = 0; layer < numLayers; layer++)
        for (const reverse of bidirectional ? [false, true] : [false]) {
          const seen = signalsOf(network, features, { layer, reverse });
          expect(seen).toMatchObject({ frames: 23, units: 9, names: SIGNALS[cell].map(({ id }) => id) });
          const plain = expected.get(`${layer}${reverse ? ' reverse' : ''}`)!;
          expect(seen.names.toSorted()).toEqual(Object.keys(plain).toSorted());
          seen.names.forEach((name, index) =>
            plain[name].forEach((row, t) =>
              row.forEach((value, unit) =>
                expect(Math.abs(seen.values[(index * 23 + t) * 9 + unit] - value)).toBeLessThan(1e-5),
              ),
            ),
          );
        }
      network.model.dispose();
    });
  });

  test('of a DNN are its activations', () => {
    const network = madeNetwork({ cell: 'dnn', hiddenSize: 5, numLayers: 2 });
    const { values, names } = signalsOf(network, madeClip(4), { layer: 1, reverse: false });
    expect(names).toEqual(['hidden']);
    expect(values).toHaveLength(20);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    network.model.dispose();
  });

  test('leave no tensors behind, and a layer that is not there is said so', () => {
    const network = madeNetwork({ cell: 'gru', hiddenSize: 4 });
    const before = tf.memory().numTensors;
    signalsOf(network, madeClip(7), { layer: 0, reverse: false });
    expect(() => signalsOf(network, madeClip(7), { layer: 1, reverse: false })).toThrow('no such layer');
    expect(() => signalsOf(network, madeClip(7), { layer: 0, reverse: true })).toThrow('no such layer');
    expect(tf.memory().numTensors).toBe(before);
    network.model.dispose();
  });
});
