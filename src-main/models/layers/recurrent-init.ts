import type * as tf from '@tensorflow/tfjs-core';
import { GATES } from '#main/engine/recurrent.ts';
import { changeVariable } from '#main/engine/values.ts';
import type { ModelSpec, RecurrentCell } from '#shared/domain/model-spec.ts';

type Rule = (block: Float32Array, size: number) => void;

/** What is made of a block [H, H] of recurrent weights that PyTorch would begin with, in place; null: it is left as it is. */
const RULES: Record<ModelSpec['recurrentInit'], Rule | null> = {
  uniform: null,
  orthogonal,
  identity: (block, size) => block.fill(0).forEach((_, at) => (block[at] = at % (size + 1) === 0 ? 1 : 0)),
};

/**
 * Begins recurrent weights otherwise than PyTorch does, each gate's block for itself: orthogonal (Saxe, McClelland and Ganguli 2014),
 * whose spectral radius is 1, or the identity (Le, Jaitly and Hinton 2015, who have ReLU in place of tanh). Made of the
 * numbers that are there already, so that all other weights of the model are drawn as they would be.
 * @param weightHh [gates * H, H], uniform within ±1 / sqrt(H)
 */
export function beginRecurrent(weightHh: tf.Variable, kind: ModelSpec['recurrentInit']): void {
  const rule = RULES[kind];
  const size = weightHh.shape[1]!;
  if (!rule) return;
  changeVariable(weightHh, (values) => {
    for (let at = 0; at < values.length; at += size * size) rule(values.subarray(at, at + size * size), size);
  });
}

/**
 * Orthogonal matrices with equal chance (Haar): rows of normal numbers, each made to stand on those before it by Gram and Schmidt,
 * twice, in double precision (Giraud and others 2005).
 */
function orthogonal(block: Float32Array, size: number): void {
  const rows = normals(block, 1 / Math.sqrt(size));
  const row = (index: number) => rows.subarray(index * size, (index + 1) * size);
  for (let index = 0; index < size; index++) {
    const own = row(index);
    for (let turn = 0; turn < 2; turn++)
      for (let before = 0; before < index; before++) {
        const other = row(before);
        const share = dot(own, other);
        for (let j = 0; j < size; j++) own[j] -= share * other[j];
      }
    const norm = Math.sqrt(dot(own, own));
    for (let j = 0; j < size; j++) own[j] /= norm;
  }
  block.set(rows);
}

/** Normal numbers out of as many that are uniform within ±bound, two by two (Box and Muller 1958). */
function normals(uniform: Float32Array, bound: number): Float64Array {
  const share = (at: number) => (uniform[at % uniform.length] / bound + 1) / 2;
  return Float64Array.from(uniform, (_, at) => {
    const first = at - (at % 2);
    const radius = Math.sqrt(-2 * Math.log(Math.max(share(first), Number.EPSILON)));
    const angle = 2 * Math.PI * share(first + 1);
    return radius * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/** The gate that keeps what is there, in PyTorch's order: an LSTM's forget gate, a GRU's update gate. */
const KEEPS: Partial<Record<RecurrentCell, number>> = { lstm: 1, gru: 1 };

/**
 * Lets the gate that keeps what is there begin with a bias (of an LSTM's forget gate: Jozefowicz, Zaremba and Sutskever 2015, who
 * found 1 to be good). A plain RNN has no such gate and stays as it is.
 * @param biases biasIh and biasHh, [gates * H] each
 */
export function beginKeeping(cell: RecurrentCell, biases: GateBiases, bias: number): void {
  const gate = KEEPS[cell];
  if (gate !== undefined) fillGate(biases, gate, biases.biasIh.size / GATES[cell], bias);
}

export interface GateBiases {
  biasIh: tf.Variable;
  biasHh: tf.Variable;
}

/** PyTorch adds two biases to each gate: one gets the value, the other zeros. @param gate its place in PyTorch's order */
export function fillGate({ biasIh, biasHh }: GateBiases, gate: number, hiddenSize: number, bias: number): void {
  for (const [variable, value] of [
    [biasIh, bias],
    [biasHh, 0],
  ] as const)
    changeVariable(variable, (values) => void values.fill(value, gate * hiddenSize, (gate + 1) * hiddenSize));
}
