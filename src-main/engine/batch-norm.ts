import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { liveFrames } from './live-frames.ts';
import { nativeBatchNorm } from './native/normalisation-kernels.ts';

/** Mean and biased variance of each channel, [channels]. */
export interface BatchNormStatistics {
  mean: tf.Tensor;
  variance: tf.Tensor;
}

export interface BatchNormOptions {
  /** In evaluation: the running ones. null, in training: those of x. */
  statistics: BatchNormStatistics | null;
  /** Frames of each sequence, 1..time, along the first axis that is neither batch nor channels; null: all. */
  lengths: Int32Array | null;
  /** Which axis the channels are: the last (Hark's sequences), or the second (PyTorch's images). */
  channels: 'last' | 'second';
  eps?: number;
}

export interface BatchNormResult<T extends tf.Tensor> {
  /** Zero beyond each sequence's length. */
  output: T;
  statistics: BatchNormStatistics;
  /** Values of each channel that the statistics of x are of. */
  count: number;
}

/**
 * y = (x - mean) / sqrt(variance + eps) * weight + bias in each channel (PyTorch's nn.BatchNorm1d, nn.BatchNorm2d; Ioffe, Szegedy
 * 2015). Frames beyond a length take no part in it. In training the gradient goes through the statistics.
 * @param x [batch, ..., channels], or [batch, channels, ...]
 * @param weight [channels]
 * @param bias [channels]
 * @throws HarkError `internal` when shapes or lengths do not fit together, `bad-input` when one value alone has no variance
 */
export function batchNorm<T extends tf.Tensor>(
  x: T,
  weight: tf.Tensor,
  bias: tf.Tensor,
  options: BatchNormOptions,
): BatchNormResult<T> {
  const count = check(x, weight, bias, options);
  const normalise = tf.getBackend() === 'native' ? native : composedBatchNorm;
  return { ...(normalise(x, weight, bias, options) as BatchNormResult<T>), count };
}

type Normalised = Pick<BatchNormResult<tf.Tensor>, 'output' | 'statistics'>;
const EPS = 1e-5;

function native(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, options: BatchNormOptions): Normalised {
  const { lengths, eps = EPS } = options;
  // Positions of a frame.
  const rest = x.shape.slice(options.channels === 'last' ? 2 : 3, options.channels === 'last' ? -1 : undefined);
  const live = lengths && lengths.map((length) => length * tf.util.sizeFromShape(rest));
  const attributes = { channelsLast: options.channels === 'last', live, eps, training: options.statistics === null };
  const given = options.statistics ? [options.statistics.mean, options.statistics.variance] : [];
  const [output, mean, variance] = nativeBatchNorm([x, weight, bias, ...given], attributes);
  return { output, statistics: options.statistics ?? { mean, variance } };
}

/** In ordinary operations. */
export function composedBatchNorm(
  x: tf.Tensor,
  weight: tf.Tensor,
  bias: tf.Tensor,
  { statistics, lengths, channels, eps = EPS }: BatchNormOptions,
): Normalised {
  const axis = channels === 'last' ? x.shape.length - 1 : 1;
  const others = x.shape.map((_, at) => at).filter((at) => at !== axis);
  const wide = (tensor: tf.Tensor) =>
    tf.reshape(
      tensor,
      x.shape.map((size, at) => (at === axis ? size : 1)),
    );
  const mask = lengths && liveFrames(x.shape, lengths, axis === 1 ? 2 : 1);
  const masked = (tensor: tf.Tensor) => (mask ? tf.mul(tensor, mask) : tensor);
  const mean = (tensor: tf.Tensor) => tf.div(tf.sum(masked(tensor), others), countOf(x.shape, axis, lengths));

  const ofX = statistics?.mean ?? mean(x);
  const centred = tf.sub(x, wide(ofX));
  const variance = statistics?.variance ?? mean(tf.square(centred));
  const scaled = tf.mul(tf.div(centred, wide(tf.sqrt(tf.add(variance, eps)))), wide(weight));
  return { output: masked(tf.add(scaled, wide(bias))), statistics: { mean: ofX, variance } };
}

/** Values of a channel. */
function countOf(shape: number[], axis: number, lengths: Int32Array | null): number {
  const all = tf.util.sizeFromShape(shape) / shape[axis];
  if (lengths === null) return all;
  return (all / shape[0] / shape[axis === 1 ? 2 : 1]) * lengths.reduce((sum, length) => sum + length, 0);
}

function check(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, options: BatchNormOptions): number {
  const { statistics, lengths } = options;
  const axis = options.channels === 'last' ? x.shape.length - 1 : 1;
  const size = x.shape[axis];
  if (x.shape.length < 2 || x.size === 0) wrong(`x is [${x.shape.join(', ')}]`);
  for (const [name, tensor] of Object.entries({ weight, bias, ...statistics }))
    if (tensor.shape.length !== 1 || tensor.shape[0] !== size)
      wrong(`${name} is [${tensor.shape.join(', ')}], not [${size}]`);
  if (lengths !== null) {
    const time = x.shape.length > 2 ? x.shape[axis === 1 ? 2 : 1]! : 0;
    if (time === 0) wrong('there are lengths, but x has no frames');
    if (lengths.length !== x.shape[0]) wrong(`${lengths.length} lengths for a batch of ${x.shape[0]}`);
    for (const length of lengths) if (!(length >= 1 && length <= time)) wrong(`length ${length} of ${time} frames`);
  }
  const count = countOf(x.shape, axis, lengths);
  if (statistics === null && count < 2)
    throw new HarkError('bad-input', 'Batch normalisation: one value in a channel has no variance to train with.', {
      where: 'batch size',
      remedy: 'Train with larger batches.',
    });
  return count;
}

function wrong(what: string): never {
  throw new HarkError('internal', `Batch normalisation: ${what}.`);
}
