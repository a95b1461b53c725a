import { fillGate } from '#main/models/layers/recurrent-init.ts';
import type { Model } from '#main/models/types.ts';
import type { RecurrentCell } from '#shared/domain/model-spec.ts';

/**
 * What a bias of `b` begins as, by gate in PyTorch's order: of an LSTM (i, f, g, o) what comes in is shut out and what is there is
 * kept, of a GRU (r, z, n) what is there is kept, which shuts out what comes in.
 */
const KEEPING: Partial<Record<RecurrentCell, readonly { gate: number; sign: 1 | -1 }[]>> = {
  lstm: [
    { gate: 0, sign: -1 },
    { gate: 1, sign: 1 },
  ],
  gru: [{ gate: 1, sign: 1 }],
};

/**
 * Lets gates begin as they keep what is there (after Tallec and Ollivier 2018, who draw the bias by the distance; a plain RNN has no
 * gates and stays as it is).
 * @param model of one layer, forwards
 * @param bias 0 or above; the higher, the longer what is there stays
 */
export function setGateBias(model: Model, cell: RecurrentCell, bias: number): void {
  const { parameters, spec } = model;
  const biases = { biasIh: parameters.get('rnn.bias_ih_l0')!, biasHh: parameters.get('rnn.bias_hh_l0')! };
  for (const { gate, sign } of KEEPING[cell] ?? []) fillGate(biases, gate, spec.hiddenSize, sign * bias);
}
