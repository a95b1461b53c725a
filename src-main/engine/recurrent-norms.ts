import type { RecurrentCell } from './types.ts';

/** Added to the variances of a recurrent layer's norms, as by PyTorch's nn.LayerNorm. */
export const NORM_EPS = 1e-5;

/** Gates whose pre-activations are normalised together, in their order: of a GRU r and z, then n (Ba, Kiros, Hinton 2016). */
const GROUPS: Record<RecurrentCell, readonly number[]> = { rnn: [1], lstm: [4], gru: [2, 1] };

/** The runs of a side's values, [gates * H], that are normalised each by itself: how many there are in each. */
export const normGroups = (cell: RecurrentCell, hiddenSize: number): number[] =>
  GROUPS[cell].map((gates) => gates * hiddenSize);
