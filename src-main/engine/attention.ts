import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import type { Random } from '#shared/math/random.ts';
import { dropout, drawMask } from './dropout.ts';
import { nativeAttention, PLACES } from './native/attention-kernels.ts';

export interface AttentionOptions {
  heads: number;
  /** Queries of each sequence; the output beyond is zero. null: all. */
  queryLengths?: Int32Array | null;
  /** Keys of each sequence that may be attended to. null: all. */
  keyLengths?: Int32Array | null;
  /** Query i sees the keys 0..i alone. */
  causal?: boolean;
  /** Of the weights, in training. */
  dropout?: { rate: number; random: Random } | null;
  /** Whether the weights are wanted, too. */
  weights?: boolean;
}

export interface AttentionResult {
  /** [batch, queries, E] */
  output: tf.Tensor3D;
  /** [batch, heads, queries, keys], after dropout; null where they are not wanted. */
  weights: tf.Tensor4D | null;
}

/**
 * Scaled dot-product attention of each head: softmax(q kᵀ / sqrt(E / heads)) v (Vaswani et al. 2017).
 * @param inputs queries, keys and values, [batch, frames, E] each. What has the same frames may stand side by side in one tensor:
 *   [q k v] of 3 E columns, or q and [k v]
 * @throws HarkError `internal` when shapes or lengths do not fit together
 */
export function attention(inputs: tf.Tensor3D[], options: AttentionOptions): AttentionResult {
  check(inputs, options);
  return (tf.getBackend() === 'native' ? native : composedAttention)(inputs, options);
}

function native(inputs: tf.Tensor3D[], options: AttentionOptions): AttentionResult {
  const { heads, queryLengths, keyLengths, causal = false, weights = false, dropout: drop } = options;
  const [output, given = null] = nativeAttention(inputs, {
    ...{ heads, causal, weights },
    queryLengths: queryLengths?.slice() ?? null,
    keyLengths: keyLengths?.slice() ?? null,
    dropout: drop && drop.rate > 0 ? drawMask(drop.rate, drop.random) : { key: 0, threshold: 0, scale: 1 },
  });
  return { output: output as tf.Tensor3D, weights: given as tf.Tensor4D | null };
}

/** In ordinary operations. */
export function composedAttention(inputs: tf.Tensor3D[], options: AttentionOptions): AttentionResult {
  const { heads, queryLengths = null, keyLengths = null, causal = false, dropout: drop } = options;
  const parts = inputs.map((input, i) => tf.split(input, PLACES[inputs.length].filter(([at]) => at === i).length, 2));
  const [q, k, v] = PLACES[inputs.length].map(([tensor, part]) => perHead(parts[tensor][part], heads));
  const [batch, , queries, size] = q.shape;
  const keys = k.shape[2]!;

  const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(size!));
  const sees = (query: number, key: number) => !causal || key <= query;
  const hidden = keyLengths || causal ? unseen(batch, queries!, keys, keyLengths, sees) : null;
  const softmax = tf.softmax(hidden ? tf.add(scores, hidden) : scores);
  const weights = drop ? dropout(softmax, drop.rate, drop.random) : softmax;
  const live = queryLengths && liveQueries(queryLengths, queries!);
  const seen = (live ? tf.mul(weights, live) : weights) as tf.Tensor4D;
  const joined = tf.transpose(tf.matMul(seen, v), [0, 2, 1, 3]);
  const output = tf.reshape(joined, [batch, queries!, heads * size!]) as tf.Tensor3D;
  return { output, weights: options.weights ? seen : null };
}

/** [batch, frames, heads * size] -> [batch, heads, frames, size] */
const perHead = (x: tf.Tensor, heads: number) =>
  tf.transpose(tf.reshape(x, [x.shape[0], x.shape[1]!, heads, x.shape[2]! / heads]), [0, 2, 1, 3]);

/** [batch, 1, queries, keys]: 0 where a query sees a key, else so little that nothing is left of it. */
function unseen(
  ...[batch, queries, keys, keyLengths, sees]: [
    ...[batch: number, queries: number, keys: number, keyLengths: Int32Array | null],
    sees: (query: number, key: number) => boolean,
  ]
): tf.Tensor {
  const values = new Float32Array(batch * queries * keys);
  for (let b = 0, i = 0; b < batch; b++)
    for (let query = 0; query < queries; query++)
      for (let key = 0; key < keys; key++, i++)
        if (key >= (keyLengths?.[b] ?? keys) || !sees(query, key)) values[i] = -1e30;
  return tf.tensor(values, [batch, 1, queries, keys]);
}

/** [batch, 1, queries, 1] */
function liveQueries(lengths: Int32Array, queries: number): tf.Tensor {
  const values = Array.from(lengths, (length) => Array.from({ length: queries }, (_, i) => (i < length ? 1 : 0)));
  return tf.tensor(values.flat(), [lengths.length, 1, queries, 1]);
}

function check(inputs: tf.Tensor3D[], { heads, queryLengths, keyLengths }: AttentionOptions): void {
  const places = PLACES[inputs.length];
  if (!places) wrong(`${inputs.length} tensors for queries, keys and values`);
  const [batch, queries, width] = inputs[0].shape;
  const size = width / (inputs.length === 1 ? 3 : 1);
  const keys = inputs[places[1][0]].shape[1];
  inputs.forEach((input, i) => {
    const wanted = [batch, i === 0 ? queries : keys, size * places.filter(([at]) => at === i).length];
    if (input.size === 0 || !tf.util.arraysEqual(input.shape, wanted))
      wrong(`tensor ${i + 1} is [${input.shape.join(', ')}], not [${wanted.join(', ')}]`);
  });
  if (!(heads >= 1) || !Number.isInteger(size / heads)) wrong(`${size} columns cannot be cut into ${heads} heads`);
  for (const [name, lengths, most] of [
    ['query', queryLengths, queries],
    ['key', keyLengths, keys],
  ] as const) {
    if (!lengths) continue;
    if (lengths.length !== batch) wrong(`${lengths.length} ${name} lengths for a batch of ${batch}`);
    for (const length of lengths)
      if (!(length >= 1 && length <= most)) wrong(`${name} length ${length} of ${most} frames`);
  }
}

function wrong(what: string): never {
  throw new HarkError('internal', `Attention: ${what}.`);
}
