import * as tf from '@tensorflow/tfjs-core';
import { poolOverTime, poolPrefixes } from '#main/engine/pooling.ts';
import type { PlainPooling, Pooling } from '#shared/domain/model-spec.ts';
import type { Random } from '#shared/math/random.ts';
import type { Layer, Mode } from '../types.ts';
import { additiveAttentionLayer } from './additive-attention.ts';
import { prefixParts } from './prefix-parts.ts';

/** One vector a sequence. */
export interface PoolingLayer extends Layer<tf.Tensor2D> {
  /**
   * What `forward` gives of a sequence that ends early, where frames do not depend on later ones.
   * @param frames [1, time, width]
   * @param ends numbers of frames, each 1..time, from few to many
   * @returns [ends.length, width]
   */
  prefixes(frames: tf.Tensor3D, ends: Int32Array): tf.Tensor2D;
}

export interface PoolingOptions {
  /** Values of a frame. */
  width: number;
  /** Whether the second half of a frame's values comes from layers that run backwards. */
  bidirectional: boolean;
  /** Units between, of attention. */
  attentionSize: number;
}

/**
 * From the frames of each sequence to one vector: their mean, maximum or last one, or (attention) a mean whose weights are learnt, each
 * frame weighed by itself (`attention.key.weight`, `.key.bias`, `.score.weight`; see additiveAttentionLayer).
 *
 * `last` is the last state of each direction: forward at the clip's last frame, backward at its first (PyTorch's h_n).
 */
export function poolingLayer(kind: Pooling, options: PoolingOptions, random: Random): PoolingLayer {
  return kind === 'attention' ? attentionPooling(options, random) : plainPooling(kind, options);
}

function plainPooling(kind: PlainPooling, { bidirectional }: PoolingOptions): PoolingLayer {
  return {
    parameters: new Map(),
    forward(frames, lengths) {
      if (kind !== 'last' || !bidirectional) return poolOverTime(kind, frames, lengths);
      const [forward, backward] = tf.split(frames, 2, 2) as [tf.Tensor3D, tf.Tensor3D];
      const first = new Int32Array(frames.shape[0]).fill(1);
      return tf.concat2d([poolOverTime('last', forward, lengths), poolOverTime('last', backward, first)], 1);
    },
    prefixes: (frames, ends) => poolPrefixes(kind, frames, ends),
  };
}

function attentionPooling({ width, attentionSize }: PoolingOptions, random: Random): PoolingLayer {
  const options = { keySize: width, querySize: null, hiddenSize: attentionSize };
  const attention = additiveAttentionLayer('attention', options, random);
  const forward = (frames: tf.Tensor3D, lengths: Int32Array | null, mode: Mode): tf.Tensor2D => {
    const { context, weights } = attention.over(frames, lengths)(null);
    mode.attend?.(weights);
    return context;
  };
  return {
    parameters: attention.parameters,
    forward,
    prefixes: (frames, ends) =>
      tf.tidy(() => {
        const still = { training: false };
        const rows = [...prefixParts(ends)].map((part) =>
          tf.tidy(() => forward(tf.tile(frames, [part.length, 1, 1]), part, still)),
        );
        return tf.concat2d(rows, 0);
      }),
  };
}
