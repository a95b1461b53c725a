import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { composedLayer } from './composed.ts';
import { normedLayer } from './native/normed-kernels.ts';
import { fusedLayer } from './native/recurrent-kernels.ts';
import type { RecurrentCell, RecurrentNorms, RecurrentOptions, RecurrentResult, RecurrentWeights } from './types.ts';

/** Gates of a cell: rows of its weights in units of the hidden size. */
export const GATES: Record<RecurrentCell, number> = { rnn: 1, lstm: 4, gru: 3 };
export { TRACES } from './traces.ts';

/**
 * One direction of one recurrent layer (PyTorch's nn.RNN with tanh, nn.LSTM, nn.GRU with numLayers = 1), differentiable in x,
 * the weights and the initial state; with `weights.norms`, layer normalisation in the cell. Layers are stacked, and directions joined, by whoever builds the model.
 * @param x [batch, time, D]
 * @param weights weightIh [gates * H, D], weightHh [gates * H, H], biasIh, biasHh [gates * H]; gate order i, f, g, o / r, z, n
 * @throws HarkError `internal` when shapes or lengths do not fit together
 */
export function recurrentLayer(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  options: RecurrentOptions,
): RecurrentResult {
  check(cell, x, weights, options);
  const fused = weights.norms ? normedLayer : fusedLayer;
  const layer = tf.getBackend() === 'native' ? fused : composedLayer;
  return layer(cell, x, weights, options);
}

function check(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  { lengths, initial, hiddenMask }: RecurrentOptions,
): void {
  const [batch, time, inputSize] = x.shape;
  const hiddenSize = weights.weightHh.shape[1] ?? 0;
  const rows = GATES[cell] * hiddenSize;
  expectShape('x', x, [batch, time, inputSize]);
  expectShape('weightIh', weights.weightIh, [rows, inputSize]);
  expectShape('weightHh', weights.weightHh, [rows, hiddenSize]);
  expectShape('biasIh', weights.biasIh, [rows]);
  expectShape('biasHh', weights.biasHh, [rows]);
  if (weights.norms) checkNorms(cell, weights.norms, hiddenSize);
  if (Math.min(...x.shape, hiddenSize) < 1) wrong('x', `is empty: [${x.shape.join(', ')}] into ${hiddenSize} units`);
  if (initial) expectShape('h0', initial.h0, [batch, hiddenSize]);
  if (initial?.c0) expectShape('c0', initial.c0, [batch, hiddenSize]);
  if (initial && cell === 'lstm' && !initial.c0) wrong('c0', 'is missing: an LSTM has two states');
  if (initial?.c0 && cell !== 'lstm') wrong('c0', 'is given, but only an LSTM has one');
  if (hiddenMask && hiddenMask.length !== batch * hiddenSize)
    wrong('hiddenMask', `has ${hiddenMask.length} values, not ${batch} x ${hiddenSize}`);
  if (lengths === null) return;
  if (lengths.length !== batch) wrong('lengths', `has ${lengths.length} values for a batch of ${batch}`);
  for (const length of lengths)
    if (!(length >= 1 && length <= time)) wrong('lengths', `holds ${length}; frames run from 1 to ${time}`);
}

function checkNorms(cell: RecurrentCell, { normIh, normHh, ...ofC }: RecurrentNorms, hiddenSize: number): void {
  expectShape('normIh', normIh, [GATES[cell] * hiddenSize]);
  expectShape('normHh', normHh, [GATES[cell] * hiddenSize]);
  for (const name of ['normC', 'normCBias'] as const) {
    const tensor = ofC[name];
    if (cell === 'lstm' && !tensor) wrong(name, 'is missing: an LSTM normalises its c');
    if (cell !== 'lstm' && tensor) wrong(name, 'is given, but only an LSTM has a c');
    if (tensor) expectShape(name, tensor, [hiddenSize]);
  }
}

function expectShape(name: string, tensor: tf.Tensor, shape: number[]): void {
  if (tensor.dtype !== 'float32') wrong(name, `is ${tensor.dtype}, not float32`);
  if (tensor.shape.length !== shape.length || shape.some((size, axis) => tensor.shape[axis] !== size))
    wrong(name, `is [${tensor.shape.join(', ')}], not [${shape.join(', ')}]`);
}

function wrong(name: string, what: string): never {
  throw new HarkError('internal', `Recurrent layer: ${name} ${what}.`, { where: name });
}
