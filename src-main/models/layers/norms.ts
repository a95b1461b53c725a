import type * as tf from '@tensorflow/tfjs-core';
import { batchNorm, type BatchNormOptions } from '#main/engine/batch-norm.ts';
import { layerNorm } from '#main/engine/layer-norm.ts';
import { changeVariable } from '#main/engine/values.ts';
import type { Layer, Mode } from '../types.ts';
import { buffer, constantParameter } from './parameter.ts';

/** Weight and bias of a normalisation: 1 and 0. */
function scaleAndShift(name: string, size: number) {
  const [weight, bias] = [1, 0].map((value) => constantParameter([size], value));
  const parameters = new Map([
    [`${name}.weight`, weight],
    [`${name}.bias`, bias],
  ]);
  return { weight, bias, parameters };
}

export interface LayerNormLayer {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** @param x [..., size] */
  apply<T extends tf.Tensor>(x: T): T;
}

/** PyTorch's nn.LayerNorm over the last axis: `<name>.weight`, `.bias` [size]. */
export function layerNormLayer(name: string, size: number, eps = 1e-5): LayerNormLayer {
  const { weight, bias, parameters } = scaleAndShift(name, size);
  return { parameters, apply: (x) => layerNorm(x, weight, bias, eps) };
}

export interface BatchNormLayer extends Layer {
  readonly buffers: ReadonlyMap<string, tf.Variable>;
  /**
   * @param x [batch, ..., channels], or [batch, channels, ...]
   * @param lengths frames of each sequence; those beyond are no part of the statistics, and zero afterwards. null: all
   */
  forward<T extends tf.Tensor>(x: T, lengths: Int32Array | null, mode: Mode): T;
}

export interface BatchNormLayerOptions {
  eps?: number;
  /** Share of a new batch in the running statistics. */
  momentum?: number;
  channels?: BatchNormOptions['channels'];
}

/**
 * PyTorch's nn.BatchNorm1d and nn.BatchNorm2d: `<name>.weight`, `.bias` [size], and the buffers `.running_mean`, `.running_var`
 * [size], `.num_batches_tracked` []. In training it normalises with the batch's own statistics and lets the running ones follow
 * (the variance unbiased, as PyTorch has it); in evaluation with the running ones.
 */
export function batchNormLayer(name: string, size: number, options: BatchNormLayerOptions = {}): BatchNormLayer {
  const { eps = 1e-5, momentum = 0.1, channels = 'last' } = options;
  const { weight, bias, parameters } = scaleAndShift(name, size);
  const mean = buffer([size], 0);
  const variance = buffer([size], 1);
  const batches = buffer([], 0);

  const follow = (running: tf.Variable, found: tf.Tensor, factor: number) => {
    const values = found.dataSync();
    changeVariable(running, (held) =>
      held.forEach((value, i) => (held[i] = value + momentum * (values[i] * factor - value))),
    );
  };
  return {
    parameters,
    buffers: new Map([
      [`${name}.running_mean`, mean],
      [`${name}.running_var`, variance],
      [`${name}.num_batches_tracked`, batches],
    ]),
    forward(x, lengths, { training }) {
      const given = training ? null : { mean, variance };
      const { output, statistics, count } = batchNorm(x, weight, bias, { statistics: given, lengths, channels, eps });
      if (training) {
        follow(mean, statistics.mean, 1);
        follow(variance, statistics.variance, count / (count - 1));
        changeVariable(batches, (held) => held[0]++);
      }
      return output;
    },
  };
}
