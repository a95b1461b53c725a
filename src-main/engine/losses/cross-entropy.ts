import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { nativeAddon } from '../native/addon.ts';
import { valuesOf } from '../values.ts';
import { plainLosses } from './plain.ts';
import { chain } from './reduction.ts';

export interface CrossEntropyOptions {
  /** s: the target is 1 - s on the true class plus s / C on each (Szegedy et al. 2016). */
  labelSmoothing?: number;
  /** [C], none negative: a row counts as much as its target's class. */
  classWeights?: Float32Array | null;
  /** Rows with this target do not count. */
  ignoreIndex?: number;
  /** Of logits [batch, time, C]: frames of each sequence, 1..time; those beyond do not count. null: all count. */
  lengths?: Int32Array | null;
}

/**
 * Mean cross-entropy of softmax(logits) against class numbers, over the rows that count, as PyTorch's F.cross_entropy has it:
 * weighed by class, the mean is divided by the sum of the targets' weights; where nothing counts it is NaN, with a gradient of
 * zeros. A row's gradient is (softmax - target) times its share in the mean.
 * @param logits [batch, C], or [batch, time, C] to label frames
 * @param targets class of each row, 0..C-1: [batch] or [batch * time]
 * @returns scalar
 * @throws HarkError `internal` for a target that is no class, and for options that do not fit
 */
export function crossEntropy(
  logits: tf.Tensor2D | tf.Tensor3D,
  targets: Int32Array,
  { labelSmoothing = 0, classWeights = null, ignoreIndex = -100, lengths = null }: CrossEntropyOptions = {},
): tf.Scalar {
  const classes = logits.shape.at(-1)!;
  const rows = logits.size / classes;
  if (targets.length !== rows) wrong('targets', `${targets.length} targets for ${rows} rows`);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) wrong('labelSmoothing', `smoothing ${labelSmoothing}`);
  if (classWeights && classWeights.length !== classes)
    wrong('classWeights', `${classWeights.length} weights for ${classes} classes`);
  if (classWeights?.some((weight) => !(weight >= 0 && weight < Infinity)))
    wrong('classWeights', 'a weight is negative or no number');
  const counted = countedTargets(targets, classes, ignoreIndex, beyond(logits.shape, lengths));
  const keep = tf.engine().isTapeOn();

  return tf.customGrad((...args) => {
    const [z, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const gradient = keep ? new Float32Array(z.size) : null;
    const values = valuesOf(z);
    const kernels = nativeAddon() ?? plainLosses;
    const loss = kernels.crossEntropy(rows, classes, values, counted, classWeights, labelSmoothing, gradient);
    if (gradient) save([tf.tensor(gradient, z.shape)]);
    return { value: tf.scalar(loss), gradFunc: (dy, saved) => chain(saved[0], dy) };
  })(logits) as tf.Scalar;
}

/** Whether a row lies beyond its sequence. */
function beyond(shape: number[], lengths: Int32Array | null): (row: number) => boolean {
  if (lengths === null) return () => false;
  const [batch, time] = shape;
  if (shape.length !== 3) wrong('lengths', 'there are lengths, but the logits have no time');
  if (lengths.length !== batch) wrong('lengths', `${lengths.length} lengths for a batch of ${batch}`);
  for (const length of lengths)
    if (!(length >= 1 && length <= time)) wrong('lengths', `length ${length} of ${time} frames`);
  return (row) => row % time >= lengths[Math.floor(row / time)];
}

/** The targets, checked, with -1 where a row does not count. */
function countedTargets(targets: Int32Array, classes: number, ignored: number, isBeyond: (row: number) => boolean) {
  return targets.map((target, row) => {
    if (target === ignored || isBeyond(row)) return -1;
    if (!(target >= 0 && target < classes)) wrong('targets', `target ${target} of ${classes} classes`);
    return target;
  });
}

function wrong(where: string, what: string): never {
  throw new HarkError('internal', `Cross-entropy: ${what}.`, { where });
}
