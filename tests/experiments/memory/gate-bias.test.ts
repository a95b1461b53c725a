import { beforeAll, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { setGateBias } from '#main/experiments/memory/gate-bias.ts';
import { createModel, readWeights } from '#main/models/model.ts';
import { ModelSpec, type RecurrentCell } from '#shared/domain/model-spec.ts';

beforeAll(() => startBackend({ threads: 1 }));

const H = 3;

/** Both biases of a layer added up, gate by gate, before and after. */
function biases(cell: RecurrentCell, bias: number) {
  const model = createModel(ModelSpec.parse({ cell, hiddenSize: H }), { inputSize: 2, classes: 2 }, 7);
  const sum = () => {
    const weights = readWeights(model);
    const [ih, hh] = ['rnn.bias_ih_l0', 'rnn.bias_hh_l0'].map((name) => weights.get(name)!.values);
    const both = ih.map((value, row) => value + hh[row]);
    return Array.from({ length: both.length / H }, (_, gate) => [...both.subarray(gate * H, (gate + 1) * H)]);
  };
  const before = sum();
  setGateBias(model, cell, bias);
  const after = sum();
  model.dispose();
  return { before, after };
}

const all = (value: number) => Array.from({ length: H }, () => value);

test('an LSTM shuts its input gate and opens its forget gate; cell and output stay', () => {
  const { before, after } = biases('lstm', 4);
  expect(after).toEqual([all(-4), all(4), before[2], before[3]]);
});

test('a GRU’s update gate keeps; reset and candidate stay', () => {
  const { before, after } = biases('gru', 2);
  expect(after).toEqual([before[0], all(2), before[2]]);
});

test('a plain RNN stays as it is', () => {
  const { before, after } = biases('rnn', 4);
  expect(after).toEqual(before);
});
