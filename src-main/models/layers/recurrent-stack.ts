import * as tf from '@tensorflow/tfjs-core';
import { dropout } from '#main/engine/dropout.ts';
import { GATES } from '#main/engine/recurrent.ts';
import { truncatedLayer } from '#main/engine/truncation.ts';
import type { RecurrentWeights } from '#main/engine/types.ts';
import type { RecurrentCell } from '#shared/domain/model-spec.ts';
import type { Random } from '#shared/math/random.ts';
import type { Layer } from '../types.ts';
import { uniformParameter } from './parameter.ts';

export interface RecurrentStackOptions {
  cell: RecurrentCell;
  inputSize: number;
  hiddenSize: number;
  numLayers: number;
  bidirectional: boolean;
  /** Between layers. */
  dropout: number;
}

/**
 * PyTorch's nn.RNN (tanh), nn.LSTM or nn.GRU with batch_first: `<name>.weight_ih_l0`, `.weight_hh_l0`, `.bias_ih_l0`,
 * `.bias_hh_l0`, with `_reverse` behind the names of the other direction.
 * [batch, time, D] -> [batch, time, H], or [batch, time, 2 H] of both directions, forward first.
 */
export function recurrentStack(name: string, options: RecurrentStackOptions, random: Random): Layer {
  const { cell, hiddenSize, bidirectional } = options;
  const directions = bidirectional ? [false, true] : [false];
  const parameters = new Map<string, tf.Variable>();

  const direction = (inputSize: number, suffix: string): RecurrentWeights<tf.Variable> => {
    const parameter = (kind: string, shape: number[]) => {
      const variable = uniformParameter(shape, hiddenSize, random);
      parameters.set(`${name}.${kind}_${suffix}`, variable);
      return variable;
    };
    const rows = GATES[cell] * hiddenSize;
    return {
      weightIh: parameter('weight_ih', [rows, inputSize]),
      weightHh: parameter('weight_hh', [rows, hiddenSize]),
      biasIh: parameter('bias_ih', [rows]),
      biasHh: parameter('bias_hh', [rows]),
    };
  };
  const layers = Array.from({ length: options.numLayers }, (_, layer) => {
    const inputSize = layer === 0 ? options.inputSize : hiddenSize * directions.length;
    return directions.map((reverse) => ({
      reverse,
      weights: direction(inputSize, `l${layer}${reverse ? '_reverse' : ''}`),
    }));
  });

  return {
    parameters,
    forward: (x, lengths, mode) =>
      layers.reduce((input, layer, index) => {
        const dropped = index > 0 && mode.training ? dropout(input, options.dropout, mode.random!) : input;
        const cut = (mode.training && mode.truncation) || Infinity;
        const outputs = layer.map(({ reverse, weights }) =>
          truncatedLayer(cell, dropped, weights, { lengths, reverse }, cut),
        );
        return outputs.length === 1 ? outputs[0] : tf.concat3d(outputs, 2);
      }, x),
  };
}
