import * as tf from '@tensorflow/tfjs-core';

/** Keeps the root's slope finite where two vectors are equal, as PyTorch's pairwise_distance has it. */
const EPSILON = 1e-6;
/** The same for the length of a vector of zeros, as PyTorch's cosine_embedding_loss has it. */
const SMALLEST_SQUARE = 1e-12;

/** |x|, with slope 0 at 0. */
export const absolute = (x: tf.Tensor): tf.Tensor => tf.add(tf.relu(x), tf.relu(tf.neg(x)));

const gap = (a: tf.Tensor, b: tf.Tensor) => tf.add(tf.sub(a, b), EPSILON);
const dot = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b), -1);
const squaredLength = (a: tf.Tensor) => tf.add(tf.sum(tf.square(a), -1), SMALLEST_SQUARE);

/** The cosine of the angle between the rows of a and b [batch, D]. @returns [batch] */
export const cosineSimilarity = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor1D =>
  tf.div(dot(a, b), tf.sqrt(tf.mul(squaredLength(a), squaredLength(b))));

/** How far apart the rows of two matrices [batch, D] are, each [batch]. */
export const DISTANCES = {
  /** PyTorch's pairwise_distance with p = 2. */
  euclidean: (a, b) => tf.sqrt(tf.sum(tf.square(gap(a, b)), -1)),
  /** PyTorch's pairwise_distance with p = 1. */
  manhattan: (a, b) => tf.sum(absolute(gap(a, b)), -1),
  /** Schroff et al. 2015. */
  squaredEuclidean: (a, b) => tf.sum(tf.square(tf.sub(a, b)), -1),
  /** 1 - cosine */
  cosine: (a, b) => tf.sub(1, cosineSimilarity(a, b)),
} satisfies Record<string, (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor1D>;

export type Distance = keyof typeof DISTANCES;
