import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { alike } from './alike.ts';
import { cosineSimilarity, DISTANCES, type Distance } from './distances.ts';
import { reduce, type Reduced, type Reduction } from './reduction.ts';

export interface PairOptions<R extends Reduction = 'mean'> {
  margin?: number;
  reduction?: R;
}

export interface TripletOptions<R extends Reduction = 'mean'> extends PairOptions<R> {
  distance?: Distance;
  /** Measure the negative from whichever of anchor and positive is nearer to it (Balntas et al. 2016). */
  swap?: boolean;
}

/**
 * PyTorch's F.cosine_embedding_loss: 1 - cos(a, b) of pairs that belong together, max(0, cos(a, b) - margin) of others.
 * @param a [batch, D]
 * @param b [batch, D]
 * @param targets 1 for a pair that belongs together, -1 for one that does not
 * @throws HarkError `internal` when shapes or targets do not fit
 */
export function cosineEmbeddingLoss<R extends Reduction = 'mean'>(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  targets: Int32Array,
  { margin = 0, reduction = 'mean' as R }: PairOptions<R> = {},
): Reduced<R> {
  const { same, different } = pairs('Cosine embedding', a, b, targets);
  const cosine = cosineSimilarity(a, b);
  const losses = tf.add(tf.mul(same, tf.sub(1, cosine)), tf.mul(different, tf.relu(tf.sub(cosine, margin))));
  return reduce(losses, reduction);
}

/**
 * Contrastive loss (Hadsell et al. 2006) of the Euclidean distance D: D^2 / 2 of pairs that belong together,
 * max(0, margin - D)^2 / 2 of others. Arguments as in cosineEmbeddingLoss.
 */
export function contrastiveLoss<R extends Reduction = 'mean'>(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  targets: Int32Array,
  { margin = 1, reduction = 'mean' as R }: PairOptions<R> = {},
): Reduced<R> {
  const { same, different } = pairs('Contrastive loss', a, b, targets);
  const distance = DISTANCES.euclidean(a, b);
  const apart = tf.square(tf.relu(tf.sub(margin, distance)));
  const losses = tf.add(tf.mul(same, tf.square(distance)), tf.mul(different, apart));
  return reduce(tf.mul(losses, 0.5), reduction);
}

/**
 * PyTorch's F.triplet_margin_loss, or with `squaredEuclidean` that of Schroff et al. 2015:
 * max(0, d(anchor, positive) - d(anchor, negative) + margin).
 * @param anchor [batch, D], as the other two
 * @throws HarkError `internal` when shapes do not fit
 */
export function tripletMarginLoss<R extends Reduction = 'mean'>(
  anchor: tf.Tensor2D,
  positive: tf.Tensor2D,
  negative: tf.Tensor2D,
  { margin = 1, distance = 'euclidean', swap = false, reduction = 'mean' as R }: TripletOptions<R> = {},
): Reduced<R> {
  alike('Triplet loss', anchor, positive);
  alike('Triplet loss', anchor, negative);
  const between = DISTANCES[distance];
  const toPositive = between(anchor, positive);
  const toNegative = between(anchor, negative);
  // The smaller of both.
  const nearer = swap ? tf.sub(toNegative, tf.relu(tf.sub(toNegative, between(positive, negative)))) : toNegative;
  return reduce(tf.relu(tf.add(tf.sub(toPositive, nearer), margin)), reduction);
}

/** 1 for the pairs of each kind, 0 for the others. */
function pairs(loss: string, a: tf.Tensor2D, b: tf.Tensor2D, targets: Int32Array) {
  alike(loss, a, b);
  if (targets.length !== a.shape[0])
    throw new HarkError('internal', `${loss}: ${targets.length} targets for ${a.shape[0]} pairs.`, {
      where: 'targets',
    });
  for (const target of targets)
    if (target !== 1 && target !== -1)
      throw new HarkError('internal', `${loss}: target ${target} is neither 1 nor -1.`, { where: 'targets' });
  const ofKind = (kind: number) => tf.tensor1d(Float32Array.from(targets, (target) => (target === kind ? 1 : 0)));
  return { same: ofKind(1), different: ofKind(-1) };
}
