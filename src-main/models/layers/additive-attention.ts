import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import type { Random } from '#shared/math/random.ts';
import { linearLayer } from './linear.ts';
import { uniformParameter } from './parameter.ts';

/** [batch, K] out of the keys, and how much of it is from each frame, [batch, time]. */
export interface Attended {
  context: tf.Tensor2D;
  weights: tf.Tensor2D;
}

export interface AdditiveAttentionLayer {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /**
   * Looks at some frames; the answer may be asked again and again, with another query each time.
   * @param keys [batch, time, keySize]
   * @param lengths frames of each sequence; null: all
   * @returns what a query [batch, querySize] sees; null where the layer has none (pooling)
   */
  over(keys: tf.Tensor3D, lengths: Int32Array | null): (query: tf.Tensor2D | null) => Attended;
}

export interface AdditiveAttentionOptions {
  keySize: number;
  /** null: the frames are weighed by themselves, which pools them over time. */
  querySize: number | null;
  /** Units between. */
  hiddenSize: number;
}

/**
 * Additive attention (Bahdanau, Cho, Bengio 2015): softmax over the frames of v · tanh(W_k key + b + W_q query).
 * `<name>.key.weight` [hidden, keySize], `.key.bias` [hidden], `.query.weight` [hidden, querySize], `.score.weight` [1, hidden].
 */
export function additiveAttentionLayer(
  name: string,
  { keySize, querySize, hiddenSize }: AdditiveAttentionOptions,
  random: Random,
): AdditiveAttentionLayer {
  const key = linearLayer(`${name}.key`, keySize, hiddenSize, random);
  const ofQuery = querySize === null ? null : uniformParameter([hiddenSize, querySize], querySize, random);
  const score = uniformParameter([1, hiddenSize], hiddenSize, random);
  const parameters = new Map([...key.parameters, [`${name}.score.weight`, score] as const]);
  if (ofQuery) parameters.set(`${name}.query.weight`, ofQuery);

  return {
    parameters,
    over(keys, lengths) {
      const [batch, time] = keys.shape;
      const projected = key.apply(keys);
      const hidden = lengths && beyond(lengths, time);
      return (query) => {
        if ((query === null) !== (ofQuery === null))
          throw new HarkError(
            'internal',
            `Additive attention: a query is ${query ? 'given, but none expected' : 'missing'}.`,
          );
        const asked = query && ofQuery ? tf.expandDims(tf.matMul(query, ofQuery as tf.Tensor2D, false, true), 1) : null;
        const units = tf.tanh(asked ? tf.add(projected, asked) : projected);
        const flat = tf.reshape(units, [batch * time, hiddenSize]) as tf.Tensor2D;
        const scores = tf.reshape(tf.matMul(flat, score as tf.Tensor2D, false, true), [batch, time]);
        const weights = tf.softmax(hidden ? tf.add(scores, hidden) : scores) as tf.Tensor2D;
        const context = tf.matMul(tf.expandDims(weights, 1), keys);
        return { context: tf.reshape(context, [batch, keys.shape[2]]), weights };
      };
    },
  };
}

/** [batch, time]: 0 for the frames that there are, else so little that nothing is left of them. */
function beyond(lengths: Int32Array, time: number): tf.Tensor2D {
  const values = new Float32Array(lengths.length * time);
  lengths.forEach((length, row) => values.fill(-1e30, row * time + length, (row + 1) * time));
  return tf.tensor2d(values, [lengths.length, time]);
}
