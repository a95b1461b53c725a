import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import type { States } from '#main/engine/stepped.ts';
import type { GradientSource } from '#shared/contract/inspect.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { LayerPlace, Model } from './types.ts';

/** The norms of a loss's gradient in the states of one direction of one layer. */
export interface StateGradients extends LayerPlace {
  /** Euclidean over the units of h_t: [batch, time], 0 beyond a sequence's length. */
  hidden: Float32Array;
  /** The same of an LSTM's c_t. */
  cell: Float32Array | null;
}

export interface ThroughTime {
  /** Mean cross-entropy of the batch, natural logarithm. */
  loss: number;
  /** Layers from the first, forwards before backwards. */
  layers: StateGradients[];
}

/**
 * How much of the loss reaches each state on its way back through time: |dL/dh_t|, and |dL/dc_t| of an LSTM, each the whole
 * derivative, over all that the state goes into (Pascanu, Mikolov and Bengio 2013). Found by adding a zero to every state and taking
 * the derivative in that.
 * @param x [batch, time, inputSize]
 * @param lengths frames of each sequence, 1..time; null: all
 * @param labels [batch]
 * @param from what sends a gradient back: all frames the pooling takes, or the last one of each direction
 * @param truncation as in training: nothing flows back across every so many frames; null: through whole sequences
 * @throws HarkError `bad-input` for a network without states
 */
export function gradientsThroughTime(
  model: Model,
  x: tf.Tensor3D,
  lengths: Int32Array | null,
  labels: Int32Array,
  from: GradientSource,
  truncation: number | null = null,
): ThroughTime {
  const { cell, hiddenSize, numLayers, bidirectional } = model.spec;
  if (cell === 'dnn')
    throw new HarkError('bad-input', 'A DNN has no states: nothing flows back through time.', { where: 'cell' });
  const [batch, time] = x.shape;
  const kinds = cell === 'lstm' ? (['h', 'c'] as const) : (['h'] as const);
  const places = Array.from({ length: numLayers }, (_, layer) =>
    (bidirectional ? [false, true] : [false]).map((reverse): LayerPlace => ({ layer, reverse })),
  ).flat();
  const keys = places.flatMap((place) => kinds.map((kind) => keyOf(place, kind)));

  let loss = 0;
  const normsOf = new Map<string, Float32Array>();
  tf.tidy(() => {
    const lossOf = (...zeros: tf.Tensor[]): tf.Scalar => {
      const frames = new Map(keys.map((key, index) => [key, tf.split(zeros[index], time, 1)]));
      const meet = (place: LayerPlace, t: number, states: States): States => {
        const moved = (kind: 'h' | 'c', state: tf.Tensor2D): tf.Tensor2D =>
          tf.add(state, tf.squeeze(frames.get(keyOf(place, kind))![t], [1]));
        return { h: moved('h', states.h), ...(states.c && { c: moved('c', states.c) }) };
      };
      const logits = model.forward(x, lengths, { training: false, meet, from, truncation });
      const value = crossEntropy(logits, labels, { labelSmoothing: 0 });
      loss = value.dataSync()[0];
      return value;
    };
    const zeros = keys.map(() => tf.zeros([batch, time, hiddenSize]));
    const gradients = tf.grads(lossOf)(zeros);
    keys.forEach((key, index) => normsOf.set(key, norms(gradients[index], hiddenSize, lengths, time)));
  });
  return {
    loss,
    layers: places.map((place) => ({
      ...place,
      hidden: normsOf.get(keyOf(place, 'h'))!,
      cell: normsOf.get(keyOf(place, 'c')) ?? null,
    })),
  };
}

const keyOf = ({ layer, reverse }: LayerPlace, kind: 'h' | 'c') => `${kind}${layer}${reverse ? 'r' : ''}`;

/** @param gradient [batch, time, H] @returns [batch, time] */
function norms(gradient: tf.Tensor, size: number, lengths: Int32Array | null, time: number): Float32Array {
  const values = gradient.dataSync();
  return Float32Array.from({ length: values.length / size }, (_, row) => {
    if (lengths && row % time >= lengths[Math.floor(row / time)]) return 0;
    let sum = 0;
    for (let unit = 0; unit < size; unit++) sum += values[row * size + unit] ** 2;
    return Math.sqrt(sum);
  });
}
