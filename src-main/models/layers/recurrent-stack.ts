import * as tf from '@tensorflow/tfjs-core';
import { dropoutMask } from '#main/engine/dropout.ts';
import { GATES, recurrentLayer } from '#main/engine/recurrent.ts';
import { steppedLayer } from '#main/engine/stepped.ts';
import { truncatedLayer } from '#main/engine/truncation.ts';
import type { InitialState, RecurrentNorms, RecurrentWeights } from '#main/engine/types.ts';
import { STATES, type ModelSpec, type RecurrentCell } from '#shared/domain/model-spec.ts';
import type { Random } from '#shared/math/random.ts';
import type { Layer, Mode } from '../types.ts';
import { constantParameter, uniformParameter } from './parameter.ts';
import { beginKeeping, beginRecurrent } from './recurrent-init.ts';
import { stacked, type StackOptions } from './stacked.ts';

export interface RecurrentStackOptions extends StackOptions {
  cell: RecurrentCell;
  inputSize: number;
  hiddenSize: number;
  numLayers: number;
  bidirectional: boolean;
  /** What each layer and direction begins with, the same for all sequences; zeros by default, and learnt ones begin there. */
  initialState?: ModelSpec['initialState'];
  /**
   * Of h_(t-1) on its way into the gates, in training: one mask a sequence, layer and direction, the same at all its frames
   * (Gal and Ghahramani 2016). 0 by default.
   */
  recurrentDropout?: number;
  /** Whether nothing learnt stands before the stack, so that the gradient of its input is of use only where a mode asks for it. */
  overFeatures?: boolean;
  /** Layer normalisation in the cell (docs/cells/layer-norm.md); none by default. */
  layerNorm?: boolean;
  /** What recurrent weights, and the bias of the gate that keeps, begin as (recurrent-init.ts); as in PyTorch by default. */
  recurrentInit?: ModelSpec['recurrentInit'];
  gateBias?: ModelSpec['gateBias'];
}

/** One direction of one layer. */
interface Direction {
  layer: number;
  reverse: boolean;
  weights: RecurrentWeights<tf.Variable>;
  /** Learnt states, each [H], in the order h0, c0. */
  states: tf.Variable[];
}

/**
 * PyTorch's nn.RNN (tanh), nn.LSTM or nn.GRU with batch_first: `<name>.weight_ih_l0`, `.weight_hh_l0`, `.bias_ih_l0`,
 * `.bias_hh_l0`, with `_reverse` behind the names of the other direction. Learnt initial states are `.h0_l0` and, of an LSTM,
 * `.c0_l0`, each [H]: nn modules have no such parameters, so there they are given at the call (and `load_state_dict` is told
 * `strict=False`). Nor have they layer normalisation, whose gains are `.norm_ih_l0`, `.norm_hh_l0` [gates * H] and, of an LSTM,
 * gain and shift of c, `.norm_c_l0` and `.norm_c_bias_l0` [H]; gains begin at 1, the shift at 0.
 * [batch, time, D] -> [batch, time, H], or [batch, time, 2 H] of both directions, forward first.
 */
export function recurrentStack(name: string, options: RecurrentStackOptions, random: Random): Layer {
  const {
    cell,
    hiddenSize,
    bidirectional,
    initialState = 'zeros',
    recurrentDropout = 0,
    overFeatures = false,
    layerNorm = false,
    recurrentInit = 'uniform',
    gateBias = null,
  } = options;
  const directions = bidirectional ? [false, true] : [false];
  const parameters = new Map<string, tf.Variable>();

  const direction = (inputSize: number, layer: number, reverse: boolean): Direction => {
    const named = (kind: string, variable: tf.Variable) => {
      parameters.set(`${name}.${kind}_l${layer}${reverse ? '_reverse' : ''}`, variable);
      return variable;
    };
    const weight = (kind: string, shape: number[]) => named(kind, uniformParameter(shape, hiddenSize, random));
    const constant = (kind: string, size: number, value: number) => named(kind, constantParameter([size], value));
    const rows = GATES[cell] * hiddenSize;
    const norms = (): RecurrentNorms<tf.Variable> => ({
      normIh: constant('norm_ih', rows, 1),
      normHh: constant('norm_hh', rows, 1),
      ...(cell === 'lstm' && {
        normC: constant('norm_c', hiddenSize, 1),
        normCBias: constant('norm_c_bias', hiddenSize, 0),
      }),
    });
    const weights = {
      weightIh: weight('weight_ih', [rows, inputSize]),
      weightHh: weight('weight_hh', [rows, hiddenSize]),
      biasIh: weight('bias_ih', [rows]),
      biasHh: weight('bias_hh', [rows]),
      ...(layerNorm && { norms: norms() }),
    };
    beginRecurrent(weights.weightHh, recurrentInit);
    if (gateBias !== null) beginKeeping(cell, weights, gateBias);
    const learnt = initialState === 'learnt' ? STATES[cell] : [];
    return { layer, reverse, weights, states: learnt.map((state) => constant(state, hiddenSize, 0)) };
  };
  const layers = Array.from({ length: options.numLayers }, (_, layer) => {
    const inputSize = layer === 0 ? options.inputSize : hiddenSize * directions.length;
    return directions.map((reverse) => direction(inputSize, layer, reverse));
  });

  function run(x: tf.Tensor3D, { layer, reverse, weights, states }: Direction, lengths: Int32Array | null, mode: Mode) {
    const [batch] = x.shape;
    const cut = ((mode.training || mode.meet) && mode.truncation) || Infinity;
    const dropped = mode.training && recurrentDropout > 0;
    const hiddenMask = dropped ? dropoutMask(batch * hiddenSize, recurrentDropout, mode.random!) : null;
    const inputGradient = layer > 0 || !overFeatures || mode.inputGradient === true;
    const initial = forAll(states, batch);
    const { meet } = mode;
    if (meet && !mode.training)
      return steppedLayer(
        cell,
        x,
        weights,
        { lengths, reverse, initial },
        (frame, states) => meet({ layer, reverse }, frame, states),
        cut,
      );
    if (mode.watch && !mode.training) {
      const { output, traces } = recurrentLayer(cell, x, weights, { lengths, reverse, initial, trace: true });
      mode.watch({ layer, reverse }, { ...traces, hidden: output });
      return output;
    }
    return truncatedLayer(cell, x, weights, { lengths, reverse, initial, hiddenMask, inputGradient }, cut);
  }

  return {
    parameters,
    forward: (x, lengths, mode) =>
      stacked(
        layers.map((layer) => (input) => {
          const outputs = layer.map((one) => run(input, one, lengths, mode));
          return outputs.length === 1 ? outputs[0] : tf.concat3d(outputs, 2);
        }),
        x,
        options,
        mode,
      ),
  };
}

/** States [H] as those of a whole batch, [batch, H]; none: zeros, as the engine has them. */
function forAll(states: tf.Variable[], batch: number): InitialState | undefined {
  if (states.length === 0) return undefined;
  const [h0, c0] = states.map((state) => tf.broadcastTo(state, [batch, state.size]) as tf.Tensor2D);
  return c0 ? { h0, c0 } : { h0 };
}
