import * as tf from '@tensorflow/tfjs-core';
import { BEST, resample } from '#main/audio/resample.ts';
import { ACTIVATIONS } from '#main/engine/activation.ts';
import { attention } from '#main/engine/attention.ts';
import { batchNorm } from '#main/engine/batch-norm.ts';
import { bilinear } from '#main/engine/bilinear.ts';
import { clipGradients } from '#main/engine/clipping.ts';
import { conv1d, conv2d } from '#main/engine/convolution.ts';
import { dropout } from '#main/engine/dropout.ts';
import { embedding } from '#main/engine/embedding.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { layerNorm } from '#main/engine/layer-norm.ts';
import { linear } from '#main/engine/linear.ts';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import { ctcLoss } from '#main/engine/losses/ctc.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { poolOverTime } from '#main/engine/pooling.ts';
import { GATES, recurrentLayer } from '#main/engine/recurrent.ts';
import { pool1d, pool2d } from '#main/engine/window-pooling.ts';
import { spectrogramPicture } from '#main/features/picture.ts';
import { planNative } from '#main/features/native.ts';
import { signalCalls } from '#main/native/signal.ts';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { Random } from '#shared/math/random.ts';
import { outcomeOf } from '../engine/golden/case.ts';
import { goldenCases } from '../engine/golden/table.ts';

/** Values as they come in a network, none of them special. */
function numbers<T extends tf.Tensor>(...shape: number[]): T {
  const random = new Random(shape.reduce((key, size) => 31 * key + size, 7));
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal() / 2),
    shape,
  ) as T;
}

/** The gradients of a function's sum of squares: its way there and back. */
const thereAndBack = (f: (...inputs: never[]) => tf.Tensor, ...inputs: tf.Tensor[]) =>
  tf.grads((...tensors) => tf.sum(tf.square(f(...(tensors as never[])))) as tf.Scalar)(inputs);

/** Sizes that fill no vector, no tile and no slice of the batch. */
const [B, T, D, H] = [37, 7, 21, 43];
const lengths = Int32Array.from({ length: B }, (_, b) => 1 + (b % T));
/** A little sound. */
const samples = (length: number) => numbers(length).dataSync() as Float32Array;

const UNARY = [
  ...[tf.neg, tf.abs, tf.square, tf.sqrt, tf.rsqrt, tf.reciprocal, tf.exp, tf.log, tf.sigmoid, tf.tanh, tf.relu],
  ...[tf.step, tf.elu, tf.leakyRelu],
];
const BINARY = [tf.add, tf.sub, tf.mul, tf.div, tf.maximum, tf.minimum, tf.squaredDifference];
/** Pictures of more frames than columns, and of fewer. */
const PICTURES = [
  { nFft: 64, width: 13, height: 9, pooling: 'mean', colours: 'viridis' },
  { nFft: 30, width: 150, height: 40, scale: 'linear' },
] as const;

/**
 * What makes the addon compute, by the name of what it exercises: between them and the reference values, every function of the
 * addon is called. A new kernel that they do not reach yet is put here, and is then held to its bounds, to all instruction sets and
 * numbers of threads, and to the treatment of denormals.
 */
export const exercises: Record<string, () => void> = {
  'reference values': () => goldenCases.forEach(outcomeOf),
  recurrent: () => {
    for (const cell of ['rnn', 'lstm', 'gru'] as const)
      for (const reverse of [false, true]) {
        const rows = GATES[cell] * H;
        const weights = [numbers(rows, D), numbers(rows, H), numbers(rows), numbers(rows)];
        // Units that are left out of what a step sees of the one before.
        const hiddenMask = reverse ? Float32Array.from({ length: B * H }, (_, i) => (i % 3 ? 1.5 : 0)) : null;
        thereAndBack(
          (x: tf.Tensor3D, weightIh: tf.Tensor2D, weightHh: tf.Tensor2D, biasIh: tf.Tensor1D, biasHh: tf.Tensor1D) => {
            const own = { weightIh, weightHh, biasIh, biasHh };
            return recurrentLayer(cell, x, own, { lengths, reverse, hiddenMask, trace: cell !== 'rnn' }).output;
          },
          ...[numbers(B, T, D), ...weights],
        );
      }
  },
  'recurrent, normalised in the cell': () => {
    for (const cell of ['rnn', 'lstm', 'gru'] as const)
      for (const reverse of [false, true]) {
        const rows = GATES[cell] * H;
        const hiddenMask = reverse ? Float32Array.from({ length: B * H }, (_, i) => (i % 3 ? 1.5 : 0)) : null;
        const ofC = cell === 'lstm' ? [numbers(H), numbers(H)] : [];
        thereAndBack(
          (...[x, weightIh, weightHh, biasIh, biasHh, normIh, normHh, normC, normCBias]: tf.Tensor[]) => {
            const norms = { normIh, normHh, ...(cell === 'lstm' && { normC, normCBias }) };
            const own = { weightIh, weightHh, biasIh, biasHh, norms };
            const options = { lengths, reverse, hiddenMask, trace: cell !== 'rnn' };
            return recurrentLayer(cell, x as tf.Tensor3D, own, options).output;
          },
          ...[numbers(B, T, D), numbers(rows, D), numbers(rows, H), numbers(rows), numbers(rows)],
          ...[numbers(rows), numbers(rows), ...ofC],
        );
      }
  },
  linear: () => {
    for (const activation of ACTIVATIONS)
      thereAndBack(
        (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => linear(x, weight, bias, activation),
        ...[numbers(B, D), numbers(H, D), numbers(H)],
      );
  },
  'products in batches': () => {
    for (const [a, b] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ])
      thereAndBack(
        (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, a, b),
        ...[a ? numbers(5, 1, T, D) : numbers(5, 1, D, T), b ? numbers(3, H, T) : numbers(3, T, H)],
      );
  },
  convolution: () => {
    for (const groups of [1, 3, D])
      thereAndBack(
        (x: tf.Tensor3D, w: tf.Tensor3D, b: tf.Tensor) => conv1d(x, w, b, { groups, dilation: 2, padding: 'causal' }),
        ...[numbers(2, 11, D), numbers(2 * D, D / groups, 3), numbers(2 * D)],
      );
    thereAndBack(
      (x: tf.Tensor4D, w: tf.Tensor4D) => conv2d(x, w, null, { stride: [1, 2], padding: [1, 2] }),
      ...[numbers(2, 9, 13, 3), numbers(H, 3, 3, 5)],
    );
  },
  pooling: () => {
    for (const kind of ['mean', 'max', 'last'] as const)
      thereAndBack((x: tf.Tensor3D) => poolOverTime(kind, x, lengths), numbers(B, T, D));
    for (const kind of ['mean', 'max'] as const) {
      thereAndBack((x: tf.Tensor3D) => pool1d(kind, x, 3, { stride: 2, padding: 1 }), numbers(3, 11, D));
      thereAndBack((x: tf.Tensor4D) => pool2d(kind, x, [2, 3]), numbers(2, 9, 13, 5));
    }
  },
  embedding: () => {
    const rows = tf.tensor1d(lengths, 'int32');
    thereAndBack((table: tf.Tensor2D) => embedding(table, rows), numbers(T + 1, D));
  },
  normalisation: () => {
    const parameters = (size: number) => [numbers(size), tf.neg(numbers(size))];
    thereAndBack(
      (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => layerNorm(x, weight, bias),
      ...[numbers(B, D), ...parameters(D)],
    );
    for (const channels of ['last', 'second'] as const)
      for (const statistics of [null, { mean: numbers(D), variance: tf.square(numbers(D)) }])
        thereAndBack(
          (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
            // The squares of a normalised channel have a fixed sum: x must have more to do with the result.
            tf.tanh(batchNorm(x, weight, bias, { statistics, lengths, channels }).output),
          ...[channels === 'last' ? numbers(B, T, D) : numbers(B, D, T), ...parameters(D)],
        );
  },
  attention: () => {
    const [queries, keys] = [T, 11];
    const options = { heads: 3, queryLengths: Int32Array.of(T, 3), keyLengths: Int32Array.of(2, keys) };
    const rate = { rate: 0.2, random: new Random(2) };
    thereAndBack(
      (q: tf.Tensor3D, kv: tf.Tensor3D) => attention([q, kv], { ...options, dropout: rate }).output,
      ...[numbers(2, queries, D), numbers(2, keys, 2 * D)],
    );
    thereAndBack(
      (qkv: tf.Tensor3D) => {
        const { output, weights } = attention([qkv], { heads: 3, causal: true, weights: true });
        return tf.concat([tf.reshape(output, [-1]), tf.reshape(weights!, [-1])]);
      },
      numbers(2, queries, 3 * D),
    );
  },
  bilinear: () => {
    thereAndBack(
      (a: tf.Tensor, b: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => bilinear(a, b, weight, bias),
      ...[numbers(B, D), numbers(B, T), numbers(5, D, T), numbers(5)],
    );
  },
  dropout: () => thereAndBack((x: tf.Tensor) => dropout(x, 0.3, new Random(1)), numbers(B, D)),
  losses: () => {
    const classWeights = Float32Array.from({ length: D }, (_, label) => 1 + label / D);
    const framewise = { labelSmoothing: 0.1, classWeights, lengths };
    const labels = Int32Array.from({ length: B * T }, (_, row) => (row * 5) % D);
    thereAndBack((z: tf.Tensor3D) => crossEntropy(z, labels, framewise), numbers(B, T, D));
    crossEntropy(numbers(B, D), labels.slice(0, B));
    // Some cannot be spelt in so few frames.
    const targets = Array.from(lengths, (count) => Array.from({ length: (count * 5) % T }, (_, i) => 1 + (i >> 1)));
    for (const zeroInfinity of [true, false])
      ctcLoss(numbers(B, T, D), targets, { lengths, blank: D - 1, zeroInfinity, reduction: 'none' });
    thereAndBack((z: tf.Tensor3D) => ctcLoss(z, targets, { lengths, zeroInfinity: true }), numbers(B, T, D));
  },
  arithmetic: () => {
    const [a, b] = [numbers(B, H), tf.abs(numbers(B, H))];
    for (const unary of UNARY) unary(b);
    for (const binary of BINARY) for (const other of [b, numbers(H), numbers(B, 1)]) binary(a, other);
    for (const reduce of [tf.sum, tf.mean, tf.max, tf.min]) for (const axis of [0, 1, [0, 1]]) reduce(a, axis);
    tf.softmax(a);
    tf.logSoftmax(a);
    // A condition for each row, and for each value.
    tf.where(tf.greater(numbers(B, 1), 0), a, b);
    tf.where(tf.greater(a, 0), a, b);
  },
  movement: () => {
    const x = numbers(T, D, H);
    for (const order of [
      [1, 0, 2],
      [0, 2, 1],
      [2, 1, 0],
    ])
      tf.transpose(x, order);
    tf.pad(x, [
      [1, 0],
      [2, 3],
      [0, 5],
    ]);
  },
  signal: () => {
    const clips = [samples(900), samples(37)];
    for (const spec of [
      { kind: 'spectrogram', center: false, nFft: 30, power: 1 },
      { kind: 'logmel', nFft: 128, nMels: 13, deltas: 1 },
      { kind: 'mfcc', nFft: 100, nMels: 16, nMfcc: 7, deltas: 2, fixLength: 20 },
    ])
      planNative(signalCalls()!, FeatureSpec.parse({ hopLength: 16, ...spec }), 8000)(clips);
    resample(samples(500), 16_000, 11_025, BEST);
    for (const picture of PICTURES) spectrogramPicture(samples(900), 8000, picture);
  },
  optimisers: () => {
    for (const name of ['sgd', 'adam', 'rmsprop'] as const) {
      const parameters = new Map([['p', tf.variable(numbers(B, H))]]);
      const optimiser = createOptimiser(OptimiserSpec.parse({ name }), parameters);
      const { gradients } = valueAndGradients(() => tf.sum(tf.square(parameters.get('p')!)) as tf.Scalar, parameters);
      clipGradients(gradients, { kind: 'norm', max: 0.1 });
      optimiser.step(gradients, 0.01);
      optimiser.dispose();
      parameters.get('p')!.dispose();
    }
  },
};
