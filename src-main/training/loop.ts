import * as tf from '@tensorflow/tfjs-core';
import { clipGradients } from '#main/engine/clipping.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { readWeights, writeWeights } from '#main/models/model.ts';
import type { Tensors } from '#main/models/safetensors.ts';
import type { Model } from '#main/models/types.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { EpochRecord } from '#shared/domain/run.ts';
import type { TrainingSpec } from '#shared/domain/training-spec.ts';
import { learningRateAt } from '#shared/math/learning-rate.ts';
import { Random } from '#shared/math/random.ts';
import { median, percentile } from '#shared/math/statistics.ts';
import { assembleBatch, orderOfEpoch, type Batch, type PackedClips } from './batches.ts';
import { evaluate, scoreLogits, type Score } from './evaluate.ts';

/** All that a training is after an epoch: put back, it goes on to the same bits. */
export interface LoopState {
  records: EpochRecord[];
  weights: Tensors;
  /** Of the best epoch so far; null before the first has ended. */
  best: { epoch: number; weights: Tensors } | null;
  optimiser: Record<string, Float32Array | number>;
}

export interface BatchProgress {
  epoch: number;
  /** Share of the epoch's clips that are done, 0..1. */
  share: number;
  clipsPerSecond: number;
}

export interface LoopOptions {
  model: Model;
  training: TrainingSpec;
  train: PackedClips;
  validation: PackedClips;
}

export interface Loop {
  readonly records: readonly EpochRecord[];
  readonly best: LoopState['best'];
  /** All epochs are done, or the validation has not become better for `patience` epochs. */
  readonly finished: boolean;
  /**
   * Trains one epoch and validates.
   * @param between called after each batch and while validating; what it throws ends the epoch there and then
   * @throws HarkError `bad-input` when the loss is no longer a number
   */
  epoch(between: (progress: BatchProgress) => Promise<void>): Promise<EpochRecord>;
  state(): LoopState;
  restore(state: LoopState): void;
}

/**
 * The training of one model: mini-batches, cross-entropy, clipping, one optimiser, best weights kept, early stopping.
 * All randomness is keyed by (seed, epoch, step), so an epoch can be begun again after a crash.
 */
export function createLoop({ model, training, train, validation }: LoopOptions): Loop {
  const { truncation } = training;
  const optimiser = createOptimiser(training.optimiser, model.parameters);
  let records: EpochRecord[] = [];
  let best: LoopState['best'] = null;

  /** One step down, unless the loss is no number any more. @returns what the curves are made of */
  function step(batch: Batch, learningRate: number, random: Random) {
    let scores: Score[] = [];
    const outcome = tf.tidy(() => {
      const x = tf.tensor3d(batch.x, [batch.size, batch.time, train.bins]);
      const { value, gradients } = valueAndGradients(() => {
        const logits = model.forward(x, batch.lengths, { training: true, random, truncation });
        scores = scoreLogits(logits.dataSync() as Float32Array, batch.labels);
        return crossEntropy(logits, batch.labels, { labelSmoothing: training.labelSmoothing });
      }, model.parameters);
      const bounded = clipGradients(gradients, training.clipping);
      const finite = Number.isFinite(value) && Number.isFinite(bounded.norm);
      if (finite) optimiser.step(gradients, learningRate);
      return { finite, ...bounded };
    });
    return { scores, ...outcome };
  }

  /** In which a plateau is seen. What is no number is never better (in a checkpoint it stands as null). */
  const watched = (record: EpochRecord): number =>
    validation.frames.length > 0 ? (record.validationLoss ?? Infinity) : record.trainLoss;

  async function trainEpoch(epoch: number, between: (progress: BatchProgress) => Promise<void>) {
    const { batchSize, buckets, seed } = training;
    const order = orderOfEpoch(train.frames, { batchSize, buckets, seed, epoch });
    const clips = train.frames.length;
    const losses = records.map(watched);
    const norms: number[] = [];
    const normsAfter: number[] = [];
    let [loss, right, clipped, done, milliseconds, learningRate] = [0, 0, 0, 0, 0, 0];
    for (const [index, indices] of order.entries()) {
      const started = performance.now();
      learningRate = learningRateAt(training, epoch - 1 + index / order.length, losses);
      const batch = assembleBatch(train, indices, order[index + 1]);
      const result = step(batch, learningRate, new Random(seed, 'dropout', epoch, index));
      milliseconds += performance.now() - started;
      if (!result.finite)
        throw new HarkError(
          'bad-input',
          `The training diverged: no finite loss in batch ${index + 1} of epoch ${epoch}.`,
          {
            where: 'learningRate',
            remedy: 'Lower the learning rate, or clip the gradients by their norm.',
          },
        );
      norms.push(result.norm);
      normsAfter.push(result.after);
      // The plain loss, whatever smoothing it is trained with: the curve beside it, of the validation, is of the same measure.
      for (const score of result.scores) {
        loss += score.loss;
        if (score.right) right++;
      }
      done += indices.length;
      if (result.clipped) clipped++;
      await between({ epoch, share: done / clips, clipsPerSecond: (1000 * done) / milliseconds });
    }
    const seconds = milliseconds / 1000;
    return {
      trainLoss: loss / clips,
      trainAccuracy: right / clips,
      learningRate,
      gradientNorm: median(norms),
      clippedShare: clipped / norms.length,
      gradientNorms: {
        p10: percentile(norms, 0.1),
        p90: percentile(norms, 0.9),
        max: Math.max(...norms),
        after: median(normsAfter),
      },
      seconds,
      clipsPerSecond: clips / seconds,
    };
  }

  return {
    get records() {
      return records;
    },
    get best() {
      return best;
    },
    get finished() {
      const waited = best === null ? 0 : records.length - best.epoch;
      return records.length >= training.epochs || (training.patience !== null && waited >= training.patience);
    },
    async epoch(between) {
      const epoch = records.length + 1;
      const trained = await trainEpoch(epoch, between);
      const { clipsPerSecond } = trained;
      const checked =
        validation.frames.length > 0
          ? await evaluate(model, validation, () => between({ epoch, share: 1, clipsPerSecond }))
          : null;
      const record: EpochRecord = {
        epoch,
        ...trained,
        validationLoss: checked?.loss ?? null,
        validationAccuracy: checked?.accuracy ?? null,
      };
      if (best === null || isBetter(record, records[best.epoch - 1])) best = { epoch, weights: readWeights(model) };
      records = [...records, record];
      return record;
    },
    state: () => ({ records, weights: readWeights(model), best, optimiser: optimiser.state() }),
    restore(state) {
      writeWeights(model, state.weights);
      optimiser.restore(state.optimiser);
      records = state.records;
      best = state.best;
    },
  };
}

/** By validation accuracy, and where that is equal by validation loss; without a validation part the later is the better. */
function isBetter(record: EpochRecord, than: EpochRecord): boolean {
  if (record.validationAccuracy === null || than.validationAccuracy === null) return true;
  if (record.validationAccuracy !== than.validationAccuracy) return record.validationAccuracy > than.validationAccuracy;
  return record.validationLoss! < than.validationLoss!;
}
