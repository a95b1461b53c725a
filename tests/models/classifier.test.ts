import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { changeVariable } from '#main/engine/values.ts';
import { createModel, readWeights, writeWeights } from '#main/models/model.ts';
import type { Model } from '#main/models/types.ts';
import { CELLS, countParameters, INITIAL_STATES, ModelSpec, POOLINGS } from '#shared/domain/model-spec.ts';
import { Random } from '#shared/math/random.ts';
import { describeBackends } from '../engine/backends-here.ts';
import { relativeError } from '../support/shared.ts';

const size = { inputSize: 5, classes: 3 };

function batch(batchSize: number, time: number, seed = 1): tf.Tensor3D {
  const random = new Random(seed, 'batch');
  return tf.tensor3d(
    Float32Array.from({ length: batchSize * time * size.inputSize }, () => random.normal()),
    [batchSize, time, size.inputSize],
  );
}

describeBackends('models', () => {
  describe.each(CELLS)('%s', (cell) => {
    test.each([
      [1, false],
      [2, true],
      [3, false],
    ])('%i layers, both directions %s: as many values as countParameters says', (numLayers, bidirectional) => {
      for (const options of INITIAL_STATES.flatMap((initialState) =>
        [false, true].flatMap((layerNorm) =>
          (['mean', 'attention'] as const).map((pooling) => ({
            initialState,
            layerNorm,
            pooling,
            context: layerNorm ? 3 : 0,
          })),
        ),
      )) {
        const spec = ModelSpec.parse({ cell, hiddenSize: 7, numLayers, bidirectional, ...options });
        const model = createModel(spec, size, 0);
        const values = [...model.parameters.values()].reduce((total, { size }) => total + size, 0);
        expect(values).toBe(countParameters(spec, size.inputSize, size.classes));
        model.dispose();
      }
    });

    test.each(POOLINGS)('%s: padding changes nothing', (pooling) => {
      const spec = ModelSpec.parse({ cell, hiddenSize: 6, numLayers: 2, bidirectional: true, pooling, context: 2 });
      const model = createModel(spec, size, 3);
      const x = batch(2, 9);
      const lengths = Int32Array.of(9, 4);
      const together = model.forward(x, lengths, { training: false }).dataSync();
      const alone = tf.slice(x, [1, 0, 0], [1, 4, size.inputSize]) as tf.Tensor3D;
      const single = model.forward(alone, null, { training: false }).dataSync();
      expect(relativeError(together.slice(size.classes), single)).toBeLessThan(1e-5);
      model.dispose();
    });

    test('the same seed gives the same weights, another seed others, all within their bounds', () => {
      const spec = ModelSpec.parse({ cell, hiddenSize: 16 });
      const [one, same, other] = [4, 4, 5].map((seed) => createModel(spec, size, seed));
      expect(readWeights(one)).toEqual(readWeights(same));
      expect(readWeights(one)).not.toEqual(readWeights(other));
      for (const [name, { values }] of readWeights(one)) {
        const fan = name.startsWith('dense.0') ? size.inputSize : 16;
        expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(fan));
        if (values.length >= 64) expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.9 / Math.sqrt(fan));
      }
    });

    test('leaves no tensors behind but its parameters', () => {
      const before = tf.memory().numTensors;
      const options = { residual: true, initialState: 'learnt', recurrentDropout: 0.5, layerNorm: true } as const;
      const spec = ModelSpec.parse({ cell, hiddenSize: 4, dropout: 0.5, numLayers: 2, ...options });
      const model = createModel(spec, size, 0);
      expect(tf.memory().numTensors).toBe(before + model.parameters.size);
      tf.tidy(() => {
        model.forward(batch(2, 5), Int32Array.of(5, 2), { training: true, random: new Random(1) });
      });
      expect(tf.memory().numTensors).toBe(before + model.parameters.size);
      model.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  describe('dropout', () => {
    const spec = ModelSpec.parse({ cell: 'gru', hiddenSize: 8, numLayers: 2, inputDropout: 0.3, dropout: 0.4 });

    test('happens in training, depends on its random numbers alone', () => {
      const model = createModel(spec, size, 0);
      const x = batch(3, 6);
      const logits = (training: boolean, key: number) => [
        ...model.forward(x, null, { training, random: new Random(key) }).dataSync(),
      ];
      expect(logits(true, 1)).toEqual(logits(true, 1));
      expect(logits(true, 1)).not.toEqual(logits(true, 2));
      expect(logits(false, 1)).toEqual(logits(false, 2));
      expect(logits(false, 1)).not.toEqual(logits(true, 1));
    });

    test('of the recurrent state alone does so, too, and changes no other random number', () => {
      const of = (recurrentDropout: number) =>
        createModel(ModelSpec.parse({ ...spec, inputDropout: 0, dropout: 0, recurrentDropout }), size, 0);
      const [dropping, plain] = [of(0.5), of(0)];
      const x = batch(3, 6);
      const logits = (model: Model, training: boolean, key: number) => [
        ...model.forward(x, null, { training, random: new Random(key) }).dataSync(),
      ];
      expect(logits(dropping, true, 1)).toEqual(logits(dropping, true, 1));
      expect(logits(dropping, true, 1)).not.toEqual(logits(dropping, true, 2));
      expect(logits(dropping, false, 1)).toEqual(logits(plain, false, 2));
      expect(readWeights(dropping)).toEqual(readWeights(plain));
      expect(() => dropping.forward(x, null, { training: true })).toThrow('random numbers');
    });

    test('without a source of random numbers it is an error, not silence', () => {
      expect(() => createModel(spec, size, 0).forward(batch(1, 2), null, { training: true })).toThrow('random numbers');
    });
  });

  describe('weights of another model are refused and change nothing', () => {
    const model = () => createModel(ModelSpec.parse({ cell: 'lstm', hiddenSize: 4 }), size, 0);
    test.each([
      ['another size', () => createModel(ModelSpec.parse({ cell: 'lstm', hiddenSize: 5 }), size, 1), 'instead of'],
      ['another cell', () => createModel(ModelSpec.parse({ cell: 'gru', hiddenSize: 4 }), size, 1), 'instead of'],
      [
        'a baseline with context',
        () => createModel(ModelSpec.parse({ cell: 'dnn', hiddenSize: 4, context: 1 }), size, 1),
        'is missing',
      ],
      ['a baseline', () => createModel(ModelSpec.parse({ cell: 'dnn', hiddenSize: 4 }), size, 1), 'is missing'],
      [
        'more layers',
        () => createModel(ModelSpec.parse({ cell: 'lstm', hiddenSize: 4, numLayers: 2 }), size, 1),
        'is not known',
      ],
      [
        'normalised layers',
        () => createModel(ModelSpec.parse({ cell: 'lstm', hiddenSize: 4, layerNorm: true }), size, 1),
        'is not known',
      ],
    ])('%s', (_, other, reason) => {
      const own = model();
      const before = readWeights(own);
      expect(() => writeWeights(own, readWeights(other()))).toThrow(reason);
      expect(readWeights(own)).toEqual(before);
    });

    test('its own are taken', () => {
      for (const layerNorm of [false, true]) {
        const spec = ModelSpec.parse({ cell: 'lstm', hiddenSize: 4, layerNorm });
        const [one, two] = [1, 2].map((seed) => createModel(spec, size, seed));
        for (const variable of one.parameters.values()) changeVariable(variable, (values) => values.forEach((_, i) => (values[i] += i / 9))); // prettier-ignore
        writeWeights(two, readWeights(one));
        expect(readWeights(two)).toEqual(readWeights(one));
      }
    });
  });
});
