import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { ModelSpec } from '#shared/domain/model-spec.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import { Random } from '#shared/math/random.ts';
import type { TaskClip, TrainerTask } from '#main/training/protocol.ts';
import type { Features } from '#main/features/extract.ts';
import type { FeatureSource } from '#main/training/task-data.ts';
import type { z } from 'zod';

export const BINS = 4;

/**
 * A small made set whose two classes hold the same frames in another order (rising or falling), in noise, of unlike lengths:
 * learnt by what remembers, not by what averages.
 */
export function madeFeatures(clip: number): Features {
  const random = new Random(clip, 'made');
  const frames = 6 + random.below(8);
  const rising = clip % 2 === 0;
  const values = new Float32Array(frames * BINS);
  for (let t = 0; t < frames; t++) {
    const position = rising ? t : frames - 1 - t;
    for (let bin = 0; bin < BINS; bin++)
      values[t * BINS + bin] = 3 * Math.cos((Math.PI * position * (bin + 1)) / frames) + 0.3 * random.normal() + 5;
  }
  return { frames, bins: BINS, values };
}

/** The features behind the key `made:<clip>`. */
export const made: FeatureSource = {
  has: (key) => made.borrow(key),
  borrow(key) {
    const clip = /^made:(\d+)$/.exec(key);
    return clip && madeFeatures(Number(clip[1]));
  },
  place: () => null,
};

export interface MadeTask {
  folder: string;
  model?: z.input<typeof ModelSpec>;
  training?: z.input<typeof TrainingSpec>;
  clips?: number;
  validation?: boolean;
}

/** 60 % training, 20 % validation, 20 % test. */
export function madeTask({ folder, model, training, clips = 100, validation = true }: MadeTask): TrainerTask {
  return {
    folder,
    featureCache: '',
    features: FeatureSpec.parse({ kind: 'mfcc' }),
    model: ModelSpec.parse({ cell: 'gru', hiddenSize: 8, inputDropout: 0, dropout: 0, ...model }),
    training: TrainingSpec.parse({
      ...{ epochs: 6, batchSize: 16, learningRate: 0.02, schedule: 'constant', labelSmoothing: 0 },
      ...training,
    }),
    inputSize: BINS,
    classes: ['rising', 'falling'],
    clips: Array.from({ length: clips }, (_, clip): TaskClip => ({
      clip: clip + 1,
      part: clip % 5 === 3 && validation ? 'validation' : clip % 5 === 4 ? 'test' : 'train',
      label: clip % 2,
      features: `made:${clip}`,
    })),
  };
}
