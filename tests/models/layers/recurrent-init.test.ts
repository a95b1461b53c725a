import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { spectralRadii } from '#main/engine/spectral-radius.ts';
import { createModel, readWeights } from '#main/models/model.ts';
import { ModelSpec, RECURRENT_CELLS, type RecurrentCell } from '#shared/domain/model-spec.ts';

beforeAll(() => startBackend());

const GATES = { rnn: 1, lstm: 4, gru: 3 };

function weightsOf(spec: Parameters<typeof ModelSpec.parse>[0] & object, seed = 3) {
  const model = createModel(ModelSpec.parse(spec), { inputSize: 3, classes: 2 }, seed);
  const weights = readWeights(model);
  model.dispose();
  return weights;
}

const names = ['l0', 'l0_reverse', 'l1', 'l1_reverse'];
const spec = (cell: RecurrentCell) => ({ cell, hiddenSize: 17, numLayers: 2, bidirectional: true });

describe.each(RECURRENT_CELLS)('%s', (cell) => {
  test('orthogonal: each block, layer and direction keeps all lengths and angles; its radius is 1', () => {
    const weights = weightsOf({ ...spec(cell), recurrentInit: 'orthogonal' });
    for (const name of names) {
      const { shape, values } = weights.get(`rnn.weight_hh_${name}`)!;
      expect(shape).toEqual([GATES[cell] * 17, 17]);
      for (let block = 0; block < GATES[cell]; block++) {
        const row = (i: number) => values.subarray((block * 17 + i) * 17, (block * 17 + i + 1) * 17);
        for (let i = 0; i < 17; i++)
          for (let j = 0; j <= i; j++)
            expect(row(i).reduce((sum, value, k) => sum + value * row(j)[k], 0)).toBeCloseTo(i === j ? 1 : 0, 5);
      }
      const radii = tf.tidy(() => spectralRadii(tf.tensor3d(values, [GATES[cell], 17, 17])));
      for (const radius of radii) expect(radius).toBeCloseTo(1, 4);
    }
    // No two are the same.
    expect(new Set(names.map((name) => weights.get(`rnn.weight_hh_${name}`)!.values[0])).size).toBe(4);
  });

  test('identity: ones on the diagonal of each block', () => {
    const { values } = weightsOf({ ...spec(cell), recurrentInit: 'identity' }).get('rnn.weight_hh_l1_reverse')!;
    values.forEach((value, at) => expect(value).toBe(at % 17 === Math.floor(at / 17) % 17 ? 1 : 0));
  });

  test.each(['orthogonal', 'identity'] as const)(
    '%s: all other weights, and those of the head, are drawn as ever',
    (recurrentInit) => {
      const plain = weightsOf(spec(cell));
      const begun = weightsOf({ ...spec(cell), recurrentInit });
      for (const [name, { values }] of plain)
        if (name.startsWith('rnn.weight_hh')) expect(begun.get(name)!.values).not.toEqual(values);
        else expect(begun.get(name)!.values).toEqual(values);
      expect(weightsOf({ ...spec(cell), recurrentInit })).toEqual(begun);
      if (recurrentInit === 'orthogonal') expect(weightsOf({ ...spec(cell), recurrentInit }, 4)).not.toEqual(begun);
    },
  );

  test('a bias stands in the gate that keeps, at its place in PyTorch’s order, and nowhere else', () => {
    const plain = weightsOf(spec(cell));
    const begun = weightsOf({ ...spec(cell), gateBias: 1.5 });
    for (const [name, { values }] of plain) {
      const wanted = values.slice();
      // i, f, g, o and r, z, n: the second gate of both.
      if (cell !== 'rnn' && name.startsWith('rnn.bias')) wanted.fill(name.includes('bias_ih') ? 1.5 : 0, 17, 34);
      expect(begun.get(name)!.values).toEqual(wanted);
    }
  });
});

test('one column of many random orthogonal matrices points everywhere alike', () => {
  // The sum of n values that have mean 0 and variance 1 / size stays within 4 deviations.
  const first = Array.from({ length: 200 }, (_, seed) => weightsOf({ cell: 'rnn', hiddenSize: 4, recurrentInit: 'orthogonal' }, seed).get('rnn.weight_hh_l0')!.values); // prettier-ignore
  for (let at = 0; at < 16; at++) {
    const values = first.map((matrix) => matrix[at]);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0))).toBeLessThan(4 * Math.sqrt(200 / 4));
    expect(values.reduce((sum, value) => sum + value * value, 0) / 200).toBeGreaterThan(0.18);
    expect(values.reduce((sum, value) => sum + value * value, 0) / 200).toBeLessThan(0.32);
  }
});
