import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { clipGradients } from '#main/engine/clipping.ts';
import { dropout } from '#main/engine/dropout.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { linear } from '#main/engine/linear.ts';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { poolOverTime } from '#main/engine/pooling.ts';
import { GATES, recurrentLayer } from '#main/engine/recurrent.ts';
import type { RecurrentCell } from '#main/engine/types.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { Random } from '#shared/math/random.ts';
import { relativeError } from '../support/shared.ts';
import { describeBackends } from './backends-here.ts';

const [batch, time, inputSize, hiddenSize] = [12, 9, 3, 10];

/** Sequences whose class is whether the first frame is like the last: nothing but memory tells them apart. */
function task(random: Random) {
  const x = Float32Array.from({ length: batch * time * inputSize }, () => 0.3 * random.normal());
  const lengths = Int32Array.from({ length: batch }, () => time - random.below(4));
  const targets = Int32Array.from({ length: batch }, (_, b) => {
    const [first, last] = [random.below(2), random.below(2)];
    x[b * time * inputSize] += 3 * first - 1.5;
    x[(b * time + lengths[b] - 1) * inputSize + 1] += 3 * last - 1.5;
    return Number(first === last);
  });
  return { x, lengths, targets };
}

/** Trains a small bidirectional classifier; its losses, and tensors alive after the first step and after the last. */
function train(cell: RecurrentCell, steps: number) {
  const random = new Random(4, cell);
  const parameters = new Map<string, tf.Variable>();
  const weight = (name: string, ...shape: number[]) => {
    const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => 0.3 * random.normal());
    const initial = tf.tensor(values, shape);
    parameters.set(name, tf.variable(initial));
    initial.dispose();
    return parameters.get(name)!;
  };
  const rows = GATES[cell] * hiddenSize;
  const direction = (name: string) => ({
    weightIh: weight(`${name}.weightIh`, rows, inputSize),
    weightHh: weight(`${name}.weightHh`, rows, hiddenSize),
    biasIh: weight(`${name}.biasIh`, rows),
    biasHh: weight(`${name}.biasHh`, rows),
  });
  const directions = [direction('forward'), direction('reverse')];
  const [headWeight, headBias] = [weight('head.weight', 2, 2 * hiddenSize), weight('head.bias', 2)];
  const optimiser = createOptimiser(OptimiserSpec.parse({ name: 'adam' }), parameters);
  const { x, lengths, targets } = task(random);

  const losses: number[] = [];
  const alive: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { value, gradients } = valueAndGradients(() => {
      const input = dropout(tf.tensor3d(x, [batch, time, inputSize]), 0.05, random);
      const outputs = directions.map(
        (own, i) => recurrentLayer(cell, input, own, { lengths, reverse: i === 1 }).output,
      );
      return crossEntropy(linear(poolOverTime('mean', tf.concat(outputs, 2), lengths), headWeight, headBias), targets);
    }, parameters);
    expect(Object.keys(gradients)).toEqual([...parameters.keys()]);
    clipGradients(gradients, { kind: 'norm', max: 1 });
    optimiser.step(gradients, 0.02);
    tf.dispose(gradients);
    losses.push(value);
    alive.push(tf.memory().numTensors);
  }
  optimiser.dispose();
  tf.dispose([...parameters.values()]);
  return { losses, alive };
}

const curves = new Map<RecurrentCell, number[]>();

describeBackends('training', () => {
  it.each(['rnn', 'lstm', 'gru'] as const)(
    '%s learns, leaves no tensors, repeats itself to the bit, and is as on the other backends',
    (cell) => {
      const before = tf.memory().numTensors;
      const { losses, alive } = train(cell, 40);
      expect(losses[0]).toBeGreaterThan(0.4);
      expect(losses.at(-1)).toBeLessThan(losses[0] / 2);
      expect(new Set(alive).size).toBe(1);
      expect(tf.memory().numTensors).toBe(before);
      expect(train(cell, 5).losses).toEqual(losses.slice(0, 5));
      const other = curves.get(cell) ?? losses;
      curves.set(cell, losses);
      expect(relativeError(losses.slice(0, 15), other.slice(0, 15))).toBeLessThan(1e-4);
    },
  );
});
