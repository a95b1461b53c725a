import * as tf from '@tensorflow/tfjs-core';
import { attention, type AttentionOptions } from './attention.ts';
import { linear } from './linear.ts';

/** PyTorch's names and layouts: inProjWeight [3 E, E] and inProjBias [3 E] (queries, keys, values), outProjWeight [E, E]. */
export interface MultiheadAttentionWeights {
  inProjWeight: tf.Tensor;
  inProjBias: tf.Tensor;
  outProjWeight: tf.Tensor;
  outProjBias: tf.Tensor;
}

export interface MultiheadAttentionOptions extends Omit<AttentionOptions, 'weights'> {
  /** The attention weights, too: their average over the heads, or each head's. */
  weights?: 'average' | 'heads' | null;
}

/**
 * PyTorch's nn.MultiheadAttention with batch_first (Vaswani et al. 2017). What is the same tensor goes through one product:
 * queries, keys and values of a sequence that attends to itself, or keys and values of another.
 * @param query [batch, queries, E]
 * @param key [batch, keys, E]
 * @param value [batch, keys, E]
 * @returns output [batch, queries, E]; weights [batch, queries, keys] or [batch, heads, queries, keys], or null
 */
export function multiheadAttention(
  { query, key, value }: Record<'query' | 'key' | 'value', tf.Tensor3D>,
  weights: MultiheadAttentionWeights,
  options: MultiheadAttentionOptions,
): { output: tf.Tensor3D; weights: tf.Tensor | null } {
  const distinct = key !== value ? [query, key, value] : query !== key ? [query, key] : [query];
  const size = query.shape[2];
  const parts = [size, size, size].slice(0, distinct.length);
  // The last tensor is for all that is left.
  parts[parts.length - 1] = size * (4 - distinct.length);
  const cut = (tensor: tf.Tensor) => (parts.length === 1 ? [tensor] : tf.split(tensor, parts, 0));
  const [inWeights, inBiases] = [cut(weights.inProjWeight), cut(weights.inProjBias)];
  const projected = distinct.map((x, i) => linear(x, inWeights[i], inBiases[i]));

  const { weights: wanted = null, ...rest } = options;
  const attended = attention(projected, { ...rest, weights: wanted !== null });
  const output = linear(attended.output, weights.outProjWeight, weights.outProjBias);
  if (wanted !== 'average') return { output, weights: attended.weights };
  return { output, weights: tf.mul(tf.sum(attended.weights!, 1), 1 / options.heads) };
}
