import * as tf from '@tensorflow/tfjs-core';
import type { RecurrentCell } from './types.ts';

/** Added to the variances of a recurrent layer's norms, as by PyTorch's nn.LayerNorm. */
export const NORM_EPS = 1e-5;

/** Gates whose pre-activations are normalised together, in their order: of a GRU r and z, then n (Ba, Kiros, Hinton 2016). */
export const NORM_GROUPS: Record<RecurrentCell, readonly number[]> = { rnn: [1], lstm: [4], gru: [2, 1] };

type Norm = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, eps: number) => tf.Tensor;

/**
 * One side of a layer's pre-activations, normalised group by group: gain * norm(side) + bias.
 * @param norm the layer normalisation of rows to be used
 * @param side [rows, gates * H]
 * @param gain [gates * H]
 * @param bias [gates * H]
 */
export function normaliseSide(
  cell: RecurrentCell,
  norm: Norm,
  ...[side, gain, bias]: [side: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor]
): tf.Tensor2D {
  const groups = NORM_GROUPS[cell];
  if (groups.length === 1) return norm(side, gain, bias, NORM_EPS) as tf.Tensor2D;
  const gates = groups.reduce((sum, count) => sum + count, 0);
  const sizes = groups.map((count) => (count / gates) * gain.size);
  const [sides, gains, biases] = [side, gain, bias].map((tensor) => tf.split(tensor, sizes, -1));
  return tf.concat(
    sides.map((one, i) => norm(one, gains[i], biases[i], NORM_EPS)),
    1,
  ) as tf.Tensor2D;
}
