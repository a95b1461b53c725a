import * as tf from '@tensorflow/tfjs-core';
import { composedLayerNorm } from './layer-norm.ts';
import { NORM_EPS, normGroups } from './recurrent-norms.ts';
import { TRACES } from './traces.ts';
import type { RecurrentCell, RecurrentOptions, RecurrentResult, RecurrentWeights } from './types.ts';

interface State {
  h: tf.Tensor2D;
  c: tf.Tensor2D | null;
  /** As TRACES names them. */
  traces?: tf.Tensor[];
}

type Step = (
  fromInput: tf.Tensor2D,
  fromState: tf.Tensor2D,
  state: State,
  shown: (c: tf.Tensor2D) => tf.Tensor2D,
) => State;

/**
 * One step of each cell. `fromInput` is W_ih x_t + b_ih, `fromState` is W_hh h_(t-1) + b_hh, both [batch, gates * H], or what
 * layer normalisation makes of them; `shown` is what of an LSTM's c goes into h.
 * Formulas: PyTorch's nn.RNN, nn.LSTM (Hochreiter and Schmidhuber 1997 with forget gate), nn.GRU (Cho et al. 2014 with the
 * reset gate after the matrix product, as cuDNN has it).
 */
const cells: Record<RecurrentCell, Step> = {
  rnn: (fromInput, fromState) => ({ h: tf.tanh(tf.add(fromInput, fromState)), c: null }),

  lstm: (fromInput, fromState, { c }, shown) => {
    const z = tf.split(tf.add(fromInput, fromState) as tf.Tensor2D, 4, 1);
    const [i, f, g, o] = [tf.sigmoid(z[0]), tf.sigmoid(z[1]), tf.tanh(z[2]), tf.sigmoid(z[3])];
    const cNew = tf.add(tf.mul(f, c!), tf.mul(i, g)) as tf.Tensor2D;
    return { h: tf.mul(o, tf.tanh(shown(cNew))), c: cNew, traces: [i, f, g, o, cNew] };
  },

  gru: (fromInput, fromState, { h }) => {
    const [rx, zx, nx] = tf.split(fromInput, 3, 1);
    const [rh, zh, nh] = tf.split(fromState, 3, 1);
    const r = tf.sigmoid(tf.add(rx, rh));
    const z = tf.sigmoid(tf.add(zx, zh));
    const n = tf.tanh(tf.add(nx, tf.mul(r, nh)));
    return { h: tf.add(n, tf.mul(z, tf.sub(h, n))), c: null, traces: [r, z, n, nh] };
  },
};

/**
 * A recurrent layer in ordinary operations, differentiated by the tape: the readable reference that the fused kernels are held
 * to, and what runs on the backends that have none. A frame beyond its sequence's length leaves the state as it is, so a
 * reversed run begins at each sequence's own last frame.
 * @param x [batch, time, D]
 */
export function composedLayer(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  { lengths, reverse = false, initial, hiddenMask, trace = false }: RecurrentOptions,
): RecurrentResult {
  const [batch, time, inputSize] = x.shape;
  const hiddenSize = weights.weightHh.shape[1]!;
  const weightIh = weights.weightIh as tf.Tensor2D;
  const weightHh = weights.weightHh as tf.Tensor2D;

  const { ofInput, ofState, ofC } = sidesOf(cell, weights);
  const flat = ofInput(tf.matMul(tf.reshape(x, [batch * time, inputSize]) as tf.Tensor2D, weightIh, false, true));
  const fromInputs = tf.unstack(tf.reshape(flat, [batch, time, -1]), 1) as tf.Tensor2D[];
  const zeros = () => tf.zeros([batch, hiddenSize]) as tf.Tensor2D;
  let state: State = { h: initial?.h0 ?? zeros(), c: cell === 'lstm' ? (initial?.c0 ?? zeros()) : null };
  const mask = hiddenMask && tf.tensor2d(hiddenMask, [batch, hiddenSize]);
  const outputs: tf.Tensor2D[] = new Array(time);
  const traces: tf.Tensor2D[][] = TRACES[cell].map(() => new Array(time));
  for (let step = 0; step < time; step++) {
    const t = reverse ? time - 1 - step : step;
    const h = mask ? (tf.mul(state.h, mask) as tf.Tensor2D) : state.h;
    const fromState = ofState(tf.matMul(h, weightHh, false, true));
    const next = cells[cell](fromInputs[t], fromState, state, ofC);
    const alive = lengths?.some((length) => t >= length) ? aliveAt(t, lengths) : null;
    const cut = (tensor: tf.Tensor) => (alive ? tf.mul(tensor, tf.cast(alive, 'float32')) : tensor) as tf.Tensor2D;
    outputs[t] = cut(next.h);
    if (trace) next.traces?.forEach((tensor, i) => (traces[i][t] = cut(tensor)));
    state = alive ? keepFinished(alive, next, state) : next;
  }
  const output = tf.stack(outputs, 1) as tf.Tensor3D;
  const result: RecurrentResult = state.c ? { output, hN: state.h, cN: state.c } : { output, hN: state.h };
  if (trace)
    result.traces = Object.fromEntries(TRACES[cell].map((name, i) => [name, tf.stack(traces[i], 1) as tf.Tensor3D]));
  return result;
}

/** From the products to the two sides, and from c to what is shown of it: biases alone, or layer normalisation with its gains. */
function sidesOf(cell: RecurrentCell, { weightHh, biasIh, biasHh, norms }: RecurrentWeights) {
  const groups = normGroups(cell, weightHh.shape[1]!);
  const normed = (gain: tf.Tensor, bias: tf.Tensor) => {
    const [gains, biases] = [gain, bias].map((tensor) => tf.split(tensor, groups));
    return (product: tf.Tensor2D) => {
      const parts = tf.split(product, groups, 1);
      return tf.concat2d(
        parts.map((part, i) => composedLayerNorm(part, gains[i], biases[i], NORM_EPS) as tf.Tensor2D),
        1,
      );
    };
  };
  const plain = (bias: tf.Tensor) => (product: tf.Tensor2D) => tf.add(product, bias) as tf.Tensor2D;
  const same = (c: tf.Tensor2D) => c;
  if (!norms) return { ofInput: plain(biasIh), ofState: plain(biasHh), ofC: same };
  const { normIh, normHh, normC, normCBias } = norms;
  const normedC = (c: tf.Tensor2D) => composedLayerNorm(c, normC!, normCBias!, NORM_EPS) as tf.Tensor2D;
  return { ofInput: normed(normIh, biasIh), ofState: normed(normHh, biasHh), ofC: cell === 'lstm' ? normedC : same };
}

/** [batch, 1]: does the sequence have a frame t? */
function aliveAt(t: number, lengths: Int32Array): tf.Tensor2D {
  return tf.tensor2d(
    Array.from(lengths, (length) => (t < length ? 1 : 0)),
    [lengths.length, 1],
    'bool',
  );
}

function keepFinished(alive: tf.Tensor2D, next: State, held: State): State {
  const choose = (a: tf.Tensor2D, b: tf.Tensor2D) => tf.where(tf.broadcastTo(alive, a.shape), a, b) as tf.Tensor2D;
  return { h: choose(next.h, held.h), c: next.c && choose(next.c, held.c!) };
}
