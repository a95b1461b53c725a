import type * as tf from '@tensorflow/tfjs-core';
import {
  multiheadAttention,
  type MultiheadAttentionOptions,
  type MultiheadAttentionWeights,
} from '#main/engine/multihead-attention.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { Random } from '#shared/math/random.ts';
import type { Mode } from '../types.ts';
import { constantParameter, uniformParameter, xavierParameter } from './parameter.ts';

export interface MultiheadAttentionLayer {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** See multiheadAttention in the engine; `key` is `query` if it is not given, and `value` is `key`. */
  apply(
    inputs: { query: tf.Tensor3D; key?: tf.Tensor3D; value?: tf.Tensor3D },
    options: Omit<MultiheadAttentionOptions, 'heads' | 'dropout'>,
    mode: Mode,
  ): ReturnType<typeof multiheadAttention>;
}

export interface MultiheadAttentionLayerOptions {
  embedDim: number;
  numHeads: number;
  /** Of the attention weights, in training. */
  dropout?: number;
}

/**
 * PyTorch's nn.MultiheadAttention with batch_first: `<name>.in_proj_weight` [3 E, E], `.in_proj_bias` [3 E], `.out_proj.weight`
 * [E, E], `.out_proj.bias` [E], begun as PyTorch begins them.
 * @throws HarkError `bad-input` where the heads do not divide the width
 */
export function multiheadAttentionLayer(
  name: string,
  { embedDim, numHeads, dropout = 0 }: MultiheadAttentionLayerOptions,
  random: Random,
): MultiheadAttentionLayer {
  if (embedDim % numHeads !== 0)
    throw new HarkError('bad-input', `${embedDim} units cannot be cut into ${numHeads} heads.`, {
      where: 'numHeads',
      remedy: 'Choose a number of heads that divides the number of units.',
    });
  const weights = {
    inProjWeight: xavierParameter([3 * embedDim, embedDim], random),
    inProjBias: constantParameter([3 * embedDim], 0),
    outProjWeight: uniformParameter([embedDim, embedDim], embedDim, random),
    outProjBias: constantParameter([embedDim], 0),
  } satisfies MultiheadAttentionWeights;
  return {
    parameters: new Map([
      [`${name}.in_proj_weight`, weights.inProjWeight],
      [`${name}.in_proj_bias`, weights.inProjBias],
      [`${name}.out_proj.weight`, weights.outProjWeight],
      [`${name}.out_proj.bias`, weights.outProjBias],
    ]),
    apply({ query, key = query, value = key }, options, { training, random: masks }) {
      if (training && dropout > 0 && !masks)
        throw new HarkError('internal', 'Attention with dropout was trained without a source of random numbers.');
      const drop = training && dropout > 0 ? { rate: dropout, random: masks! } : null;
      return multiheadAttention({ query, key, value }, weights, { ...options, heads: numHeads, dropout: drop });
    },
  };
}
