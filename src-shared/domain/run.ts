import { z } from 'zod';
import { CELLS } from './model-spec.ts';
import { FeatureSpec } from './feature-spec.ts';
import { ModelSpec } from './model-spec.ts';
import { TrainingSpec } from './training-spec.ts';

/**
 * - `waiting` for its turn, `training`, `paused` by the user, `interrupted` (its process or the app ended; it goes on from its checkpoint),
 * - `done`, `stopped` by the user (its best weights are kept and tested), `failed`.
 */
export const RUN_STATES = ['waiting', 'training', 'paused', 'interrupted', 'done', 'stopped', 'failed'] as const;
export const RunState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof RunState>;

/** One point of the learning curves. */
export const EpochRecord = z.object({
  /** Counted from 1. */
  epoch: z.number().int(),
  /** Mean cross-entropy, natural logarithm, without label smoothing; of the training part as it went by, dropout at work. */
  trainLoss: z.number(),
  trainAccuracy: z.number(),
  /** null when the split has no validation part. */
  validationLoss: z.number().nullable(),
  validationAccuracy: z.number().nullable(),
  learningRate: z.number(),
  /** Median over the epoch's steps of the gradient norm before clipping, and the share of steps it was clipped at. */
  gradientNorm: z.number(),
  clippedShare: z.number(),
  /** Over the epoch's steps: 10th and 90th percentile and the largest of the norm before clipping, the median after. null: an older version. */
  gradientNorms: z
    .object({ p10: z.number(), p90: z.number(), max: z.number(), after: z.number() })
    .nullable()
    .default(null),
  /** Seconds of training (validation not counted). */
  seconds: z.number(),
  clipsPerSecond: z.number(),
});
export type EpochRecord = z.infer<typeof EpochRecord>;

/** How a run did on the test part. */
export const TestResult = z.object({
  testClips: z.number().int(),
  testLoss: z.number(),
  testAccuracy: z.number(),
  /** 95 %, Wilson. */
  interval: z.tuple([z.number(), z.number()]),
  macroF1: z.number(),
  classes: z.array(z.string()),
  /** Rows truth, columns prediction, counts. */
  confusion: z.array(z.array(z.number().int())),
  precision: z.array(z.number()),
  recall: z.array(z.number()),
  f1: z.array(z.number()),
  bestEpoch: z.number().int(),
  epochs: z.number().int(),
  /** Median seconds of one epoch. */
  epochSeconds: z.number(),
  trainSeconds: z.number(),
  /** One clip at a time, milliseconds, features not counted; over `inferenceClips` clips. */
  inferenceMs: z.object({ p50: z.number(), p95: z.number() }),
  inferenceClips: z.number().int(),
  /** Largest resident memory of the run's own process, MiB. */
  peakMemoryMB: z.number(),
});
export type TestResult = z.infer<typeof TestResult>;

export const RunView = z.object({
  id: z.number().int(),
  comparison: z.number().int(),
  cell: z.enum(CELLS),
  seed: z.number().int(),
  state: RunState,
  model: ModelSpec,
  training: TrainingSpec,
  parameters: z.number().int(),
  epochs: z.array(EpochRecord),
  /** Share of the epoch at hand that is done, 0 to 1, and what it runs at. */
  progress: z.object({ epoch: z.number().int(), share: z.number(), clipsPerSecond: z.number().nullable() }).nullable(),
  /** How often it was taken up again from a checkpoint. */
  resumes: z.number().int(),
  result: TestResult.nullable(),
  error: z.string().nullable(),
});
export type RunView = z.infer<typeof RunView>;

/** What one run said of one clip. */
export const PredictionView = z.object({
  run: z.number().int(),
  cell: z.enum(CELLS),
  seed: z.number().int(),
  label: z.string(),
  probabilities: z.array(z.object({ label: z.string(), probability: z.number() })),
});
export type PredictionView = z.infer<typeof PredictionView>;

/** The parts of a run's description that training needs and the store keeps as JSON. */
export const RunSpecs = z.object({ features: FeatureSpec, model: ModelSpec, training: TrainingSpec });
export type RunSpecs = z.infer<typeof RunSpecs>;
