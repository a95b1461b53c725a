import { z } from 'zod';
import { ScheduleSpec, WarmupSpec } from './schedule-spec.ts';

/** Optimisers, with PyTorch's parameter names, meanings and defaults. */
export const OptimiserSpec = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('sgd'),
    momentum: z.number().min(0).lt(1).default(0),
    nesterov: z.boolean().default(false),
    weightDecay: z.number().min(0).default(0),
  }),
  z.strictObject({
    name: z.literal('adam'),
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    eps: z.number().positive().default(1e-8),
    weightDecay: z.number().min(0).default(0),
  }),
  z.strictObject({
    name: z.literal('adamw'),
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    eps: z.number().positive().default(1e-8),
    weightDecay: z.number().min(0).default(0.01),
  }),
  z.strictObject({
    name: z.literal('rmsprop'),
    alpha: z.number().min(0).lt(1).default(0.99),
    eps: z.number().positive().default(1e-8),
    momentum: z.number().min(0).lt(1).default(0),
    centered: z.boolean().default(false),
    weightDecay: z.number().min(0).default(0),
  }),
]);
export type OptimiserSpec = z.infer<typeof OptimiserSpec>;

export const ClippingSpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** All gradients scaled together so that their norm is at most `max`. */
  z.strictObject({ kind: z.literal('norm'), max: z.number().positive() }),
  /** Each gradient value held within ±max. */
  z.strictObject({ kind: z.literal('value'), max: z.number().positive() }),
]);
export type ClippingSpec = z.infer<typeof ClippingSpec>;

export const TrainingSpec = z.strictObject({
  version: z.literal(1).default(1),
  epochs: z.number().int().min(1).max(10_000).default(20),
  batchSize: z.number().int().min(1).max(4096).default(64),
  learningRate: z.number().positive().max(10).default(2e-3),
  schedule: ScheduleSpec.default({ kind: 'cosine', etaMin: 0 }),
  warmup: WarmupSpec.default({ epochs: 0, startFactor: 0.1 }),
  optimiser: OptimiserSpec.default({ name: 'adam', beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 }),
  clipping: ClippingSpec.default({ kind: 'norm', max: 1 }),
  /** Truncated backpropagation through time: nothing flows back across every so many frames; null: through whole clips. */
  truncation: z.number().int().min(1).max(100_000).nullable().default(null),
  labelSmoothing: z.number().min(0).lt(1).default(0.1),
  /** Stop after this many epochs without a better validation; null: never. */
  patience: z.number().int().min(1).nullable().default(null),
  /** Clips of like length share a batch, so that little time goes into padding. */
  buckets: z.boolean().default(true),
  /** Sets initial weights, the order of clips and dropout. */
  seed: z.number().int().min(0).max(0xffff_ffff).default(0),
});
export type TrainingSpec = z.infer<typeof TrainingSpec>;
