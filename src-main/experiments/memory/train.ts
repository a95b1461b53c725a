import * as tf from '@tensorflow/tfjs-core';
import { clipGradients } from '#main/engine/clipping.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { createModel } from '#main/models/model.ts';
import type { Model } from '#main/models/types.ts';
import { scoreLogits } from '#main/training/evaluate.ts';
import type { MemorySettings } from '#shared/domain/memory.ts';
import { ModelSpec, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { makeBatch, type MadeBatch } from './data.ts';
import { setGateBias } from './gate-bias.ts';
import { TASKS } from './tasks/table.ts';

/** One network of an experiment. */
export interface Lesson {
  settings: MemorySettings;
  cell: RecurrentCell;
  distance: number;
  seed: number;
}

export interface Learnt {
  /** 1 for each test sequence it answers rightly, else 0. */
  right: Uint8Array;
  /** Steps it was trained for. */
  steps: number;
  /** Its loss was no number any more, so that training ended there. */
  diverged: boolean;
}

export const BATCH_SIZE = 64;
/** Steps in a row without a mistake after which there is nothing left to learn. */
const STEPS_WITHOUT_MISTAKE = 20;
export const TEST_SEQUENCES = 512;

/**
 * Trains a network on sequences it sees once each, and tests it on others. All randomness is keyed by seed, distance and step. The
 * engine must have been started.
 * @param between called after each step; what it throws ends the training
 */
export async function learn(lesson: Lesson, between: (step: number) => Promise<void>): Promise<Learnt> {
  const { settings, cell, distance, seed } = lesson;
  const { channels, classes } = TASKS[settings.task];
  const spec = ModelSpec.parse({
    ...{ cell, hiddenSize: settings.hiddenSize, pooling: 'last', inputDropout: 0, dropout: 0 },
  });
  const model = createModel(spec, { inputSize: channels.length, classes: classes.length }, seed);
  try {
    if (settings.gateBias !== null) setGateBias(model, cell, settings.gateBias);
    const trained = await train(model, lesson, between);
    const test = makeBatch(settings.task, distance, TEST_SEQUENCES, 'test');
    return {
      ...trained,
      right: Uint8Array.from(
        tf.tidy(() => scoresOf(answer(model, test, false), test)),
        Number,
      ),
    };
  } finally {
    model.dispose();
  }
}

async function train(
  model: Model,
  { settings, distance, seed }: Lesson,
  between: (step: number) => Promise<void>,
): Promise<Omit<Learnt, 'right'>> {
  const optimiser = createOptimiser(OptimiserSpec.parse({ name: 'adam' }), model.parameters);
  let faultless = 0;
  let step = 0;
  while (step < settings.steps && faultless < STEPS_WITHOUT_MISTAKE) {
    const batch = makeBatch(settings.task, distance, BATCH_SIZE, 'train', seed, step);
    const { right, finite } = tf.tidy(() => {
      let right: boolean[] = [];
      const { value, gradients } = valueAndGradients(() => {
        const logits = answer(model, batch, true);
        right = scoresOf(logits, batch);
        return crossEntropy(logits, batch.labels);
      }, model.parameters);
      const { norm } = clipGradients(gradients, settings.clipping ? { kind: 'norm', max: 1 } : { kind: 'none' });
      const finite = Number.isFinite(value) && Number.isFinite(norm);
      if (finite) optimiser.step(gradients, settings.learningRate);
      return { right, finite };
    });
    if (!finite) return { steps: step, diverged: true };
    faultless = right.every(Boolean) ? faultless + 1 : 0;
    step++;
    await between(step);
  }
  return { steps: step, diverged: false };
}

/** @returns logits [size, classes] */
const answer = (model: Model, { size, frames, channels, x }: MadeBatch, training: boolean): tf.Tensor2D =>
  model.forward(tf.tensor3d(x, [size, frames, channels]), null, { training });

const scoresOf = (logits: tf.Tensor2D, { labels }: MadeBatch): boolean[] =>
  scoreLogits(logits.dataSync() as Float32Array, labels).map(({ right }) => right);
