import * as tf from '@tensorflow/tfjs-core';
import { clipGradients } from '#main/engine/clipping.ts';
import { dropout } from '#main/engine/dropout.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { linear } from '#main/engine/linear.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { poolOverTime } from '#main/engine/pooling.ts';
import { GATES, recurrentLayer } from '#main/engine/recurrent.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { Random } from '#shared/math/random.ts';
import { outcomeOf } from '../engine/golden/case.ts';
import { goldenCases } from '../engine/golden/table.ts';

/** Values as they come in a network, none of them special. */
function numbers(...shape: number[]): tf.Tensor {
  const random = new Random(shape.reduce((key, size) => 31 * key + size, 7));
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal() / 2),
    shape,
  );
}

/** The gradients of a function's sum of squares: its way there and back. */
const thereAndBack = (f: (...inputs: tf.Tensor[]) => tf.Tensor, ...inputs: tf.Tensor[]) =>
  tf.grads((...tensors) => tf.sum(tf.square(f(...tensors))) as tf.Scalar)(inputs);

/** Sizes that fill no vector, no tile and no slice of the batch. */
const [B, T, D, H] = [37, 7, 21, 43];

/**
 * What makes the addon compute, by the name of what it exercises: between them and the reference values, every function of the
 * addon is called. A new kernel that they do not reach yet is put here, and is then held to its bounds, to all instruction sets and
 * numbers of threads, and to the treatment of denormals.
 */
export const exercises: Record<string, () => void> = {
  'reference values': () => goldenCases.forEach(outcomeOf),
  recurrent: () => {
    const lengths = Int32Array.from({ length: B }, (_, b) => 1 + (b % T));
    for (const cell of ['rnn', 'lstm', 'gru'] as const)
      for (const reverse of [false, true]) {
        const rows = GATES[cell] * H;
        thereAndBack(
          (x, weightIh, weightHh, biasIh, biasHh) =>
            recurrentLayer(cell, x as tf.Tensor3D, { weightIh, weightHh, biasIh, biasHh }, { lengths, reverse }).output,
          ...[numbers(B, T, D), numbers(rows, D), numbers(rows, H), numbers(rows), numbers(rows)],
        );
      }
  },
  linear: () => thereAndBack((x, weight, bias) => linear(x, weight, bias), numbers(B, D), numbers(H, D), numbers(H)),
  pooling: () => {
    for (const kind of ['mean', 'max', 'last'] as const)
      thereAndBack(
        (x) =>
          poolOverTime(
            kind,
            x as tf.Tensor3D,
            Int32Array.from({ length: B }, (_, b) => 1 + (b % T)),
          ),
        numbers(B, T, D),
      );
  },
  dropout: () => thereAndBack((x) => dropout(x, 0.3, new Random(1)), numbers(B, D)),
  elementwise: () => {
    const [a, b] = [numbers(B, H), tf.neg(numbers(B, H))];
    for (const operation of [tf.add, tf.sub, tf.mul]) operation(a, b);
    thereAndBack((x) => tf.relu(x), a);
    tf.sum(a, 0);
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
