import { z } from 'zod';
import { CELLS, ModelSpec } from './model-spec.ts';
import { FeatureSpec } from './feature-spec.ts';
import { SplitCounts, SplitSpec } from './split.ts';
import { TrainingSpec } from './training-spec.ts';
import { RunView } from './run.ts';

/** What the user asks for. Everything left out takes the dataset's default (see `compare.defaults`). */
export const ComparisonSpec = z.strictObject({
  version: z.literal(1).default(1),
  dataset: z.number().int(),
  name: z.string().trim().min(1).max(200).optional(),
  cells: z.array(z.enum(CELLS)).min(1).max(4).default(['rnn', 'lstm', 'gru']),
  seeds: z.array(z.number().int().min(0).max(0xffff_ffff)).min(1).max(10).default([0]),
  split: SplitSpec,
  features: FeatureSpec,
  /** `cell` is replaced by each of `cells`; `hiddenSize` is what is asked of the widest-gated cell. */
  model: ModelSpec.omit({ cell: true }),
  /** `units`: the same hidden size for all; `parameters`: hidden sizes chosen so that all have about as many values as the LSTM (else the first cell) at `hiddenSize`. */
  match: z.enum(['units', 'parameters']).default('units'),
  /** `seed` is replaced by each of `seeds`. */
  training: TrainingSpec.omit({ seed: true }),
});
export type ComparisonSpec = z.infer<typeof ComparisonSpec>;
export type ComparisonSpecInput = z.input<typeof ComparisonSpec>;

export const ComparisonState = z.enum(['preparing', 'training', 'paused', 'interrupted', 'done', 'stopped', 'failed']);
export type ComparisonState = z.infer<typeof ComparisonState>;

export const ComparisonSummary = z.object({
  id: z.number().int(),
  name: z.string(),
  tags: z.array(z.string()),
  pinned: z.boolean(),
  dataset: z.number().int(),
  datasetName: z.string(),
  createdAt: z.string(),
  state: ComparisonState,
  cells: z.array(z.enum(CELLS)),
  seeds: z.array(z.number().int()),
  splitWords: z.string(),
  /** The ablation it is a level of. */
  sweep: z.object({ id: z.number().int(), name: z.string(), level: z.string() }).nullable(),
  /** Mean test accuracy by cell, for those that are done. */
  accuracy: z.array(z.object({ cell: z.enum(CELLS), mean: z.number(), runs: z.number().int() })),
});
export type ComparisonSummary = z.infer<typeof ComparisonSummary>;

/** One row of the result table: a cell, over its seeds. */
export const CellSummary = z.object({
  cell: z.enum(CELLS),
  runs: z.number().int(),
  hiddenSize: z.number().int(),
  parameters: z.number().int(),
  testClips: z.number().int(),
  accuracy: z.number(),
  /** 95 %: with one seed Wilson over clips; with more, over seeds and clips (see `intervalMethod`). */
  interval: z.tuple([z.number(), z.number()]),
  intervalMethod: z.string(),
  /** Standard deviation of accuracy between seeds; null with one. */
  seedDeviation: z.number().nullable(),
  macroF1: z.number(),
  epochSeconds: z.number(),
  inferenceMs: z.object({ p50: z.number(), p95: z.number() }),
  peakMemoryMB: z.number(),
  bestEpoch: z.number(),
});
export type CellSummary = z.infer<typeof CellSummary>;

/** A paired test between two cells on the same test clips. */
export const PairedTest = z.object({
  a: z.enum(CELLS),
  b: z.enum(CELLS),
  /** Two-sided; McNemar's exact test with one seed, its exact sign-flip generalisation over clips with more. */
  p: z.number(),
  /** p after Holm's correction for the number of pairs. */
  pHolm: z.number(),
  /** Clips only a got right, and only b (summed over seeds). */
  onlyA: z.number().int(),
  onlyB: z.number().int(),
  clips: z.number().int(),
  /** One sentence a student understands. */
  words: z.string(),
});
export type PairedTest = z.infer<typeof PairedTest>;

export const ComparisonView = z.object({
  id: z.number().int(),
  name: z.string(),
  tags: z.array(z.string()),
  pinned: z.boolean(),
  createdAt: z.string(),
  state: ComparisonState,
  error: z.string().nullable(),
  spec: ComparisonSpec,
  dataset: z.object({ id: z.number().int(), name: z.string() }),
  split: SplitCounts,
  splitWords: z.string(),
  classes: z.array(z.string()),
  /** Engine it was (or is being) trained on. */
  backend: z.string(),
  /** Clips left out because they could not be read. */
  skipped: z.array(z.object({ file: z.string(), reason: z.string() })),
  /** Features being computed: clips done of all; null when that is over. */
  preparing: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** Seconds to go, from the epochs seen so far; null when unknown or over. */
  secondsLeft: z.number().nullable(),
  secondsSpent: z.number(),
  runs: z.array(RunView),
  summary: z.array(CellSummary),
  tests: z.array(PairedTest),
  /** Labels changed in the dataset since the runs were tested. */
  labelsChanged: z.number().int(),
  /** Clips that were edited when the comparison began, and clips that have other edits now. */
  clipsEdited: z.number().int(),
  editsChanged: z.number().int(),
});
export type ComparisonView = z.infer<typeof ComparisonView>;

/** One setting in which two comparisons differ, e.g. `training.learningRate`. */
export const SettingDifference = z.object({ setting: z.string(), values: z.array(z.string().nullable()) });
export type SettingDifference = z.infer<typeof SettingDifference>;
