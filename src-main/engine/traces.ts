import type { RecurrentCell } from './types.ts';

/**
 * What a traced layer gives out, in this order. LSTM: i, f, g, o, c_t. GRU: r, z, n, and the part of n's pre-activation that the
 * reset gate multiplies, W_hn h + b_hn. An RNN has no gates: its output is all there is.
 */
export const TRACES: Record<RecurrentCell, readonly string[]> = {
  rnn: [],
  lstm: ['input', 'forget', 'candidate', 'output', 'cell'],
  gru: ['reset', 'update', 'candidate', 'candidateFromState'],
};
