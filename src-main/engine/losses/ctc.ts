import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { nativeAddon } from '../native/addon.ts';
import { valuesOf } from '../values.ts';
import { plainLosses } from './plain.ts';
import { chain, type Reduced, type Reduction } from './reduction.ts';

export interface CtcOptions<R extends Reduction = 'mean'> {
  /** Frames of each sequence, 1..time; null: all. */
  lengths?: Int32Array | null;
  /** The class that stands for no label. */
  blank?: number;
  /** 'mean': each loss is divided by the number of its labels (at least 1), then the mean of all. */
  reduction?: R;
  /** Targets that cannot be spelt count as a loss of 0, without gradient. */
  zeroInfinity?: boolean;
}

/**
 * Connectionist temporal classification (Graves et al. 2006): -ln of the probability that the frames spell the target, summed
 * over all ways to lay its labels on frames, where repeated labels merge and blanks go. PyTorch's F.ctc_loss of log_softmax, but
 * with the batch first and from the logits: the gradient goes through the softmax.
 *
 * A target that its frames cannot spell (more labels, and blanks between equal ones, than frames) has the loss Infinity and a
 * gradient of NaN, unless `zeroInfinity`.
 * @param logits [batch, time, C]
 * @param targets the labels of each sequence, 0..C-1 without the blank; may be empty
 * @returns scalar, or [batch] with 'none'
 * @throws HarkError `internal` for labels, lengths or a blank that do not fit
 */
export function ctcLoss<R extends Reduction = 'mean'>(
  logits: tf.Tensor3D,
  targets: readonly ArrayLike<number>[],
  { lengths = null, blank = 0, reduction = 'mean' as R, zeroInfinity = false }: CtcOptions<R> = {},
): Reduced<R> {
  const [batch, time, classes] = logits.shape;
  if (targets.length !== batch) wrong('targets', `${targets.length} targets for a batch of ${batch}`);
  if (!(Number.isInteger(blank) && blank >= 0 && blank < classes))
    wrong('blank', `blank ${blank} of ${classes} classes`);
  const frames = lengths ?? new Int32Array(batch).fill(time);
  if (frames.length !== batch) wrong('lengths', `${frames.length} lengths for a batch of ${batch}`);
  for (const length of frames)
    if (!(length >= 1 && length <= time)) wrong('lengths', `length ${length} of ${time} frames`);
  for (const target of targets)
    for (const label of Array.from(target))
      if (!(Number.isInteger(label) && label >= 0 && label < classes && label !== blank))
        wrong('targets', `label ${label} of ${classes} classes with blank ${blank}`);

  const targetLengths = Int32Array.from(targets, (target) => target.length);
  const labels = Int32Array.from(targets.flatMap((target) => Array.from(target)));
  const share = (labelCount: number) => (reduction === 'mean' ? 1 / (batch * Math.max(1, labelCount)) : 1);
  const factors = Float32Array.from(targetLengths, share);
  const keep = tf.engine().isTapeOn();

  return tf.customGrad((...args) => {
    const [z, save] = args as [tf.Tensor3D, tf.GradSaveFunc];
    const losses = new Float32Array(batch);
    const gradient = keep ? new Float32Array(z.size) : null;
    (nativeAddon() ?? plainLosses).ctc(
      ...([batch, time, classes, blank, valuesOf(z), frames] as const),
      ...([targetLengths, labels, zeroInfinity, factors, losses, gradient] as const),
    );
    if (gradient) save([tf.tensor(gradient, z.shape)]);
    const total = () => losses.reduce((sum, loss, b) => sum + loss * factors[b], 0);
    const value = reduction === 'none' ? tf.tensor1d(losses) : tf.scalar(total());
    return { value, gradFunc: (dy, saved) => chain(saved[0], dy) };
  })(logits) as Reduced<R>;
}

function wrong(where: string, what: string): never {
  throw new HarkError('internal', `CTC: ${what}.`, { where });
}
