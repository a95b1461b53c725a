import { z } from 'zod';
import { CellSummary, ComparisonSpec, ComparisonState } from './comparison.ts';
import { FACTOR_IDS } from './factors.ts';
import { CELLS } from './model-spec.ts';

/** What one setting is set to; null: none, or all. */
export const Level = z.union([z.number(), z.string().max(50), z.boolean(), z.null()]);

const factor = z.enum(FACTOR_IDS);

/** An ablation: one factor at several levels, all else as in `base`; one comparison a level. */
export const SweepSpec = z.strictObject({
  version: z.literal(1).default(1),
  kind: z.literal('ablation').default('ablation'),
  name: z.string().trim().min(1).max(200).optional(),
  factor,
  levels: z
    .array(Level)
    .min(2, 'Choose two levels at least.')
    .max(12)
    .refine((levels) => new Set(levels).size === levels.length, 'Each once.'),
  base: ComparisonSpec,
});
export type SweepSpec = z.infer<typeof SweepSpec>;

export const SweepState = z.enum(['running', 'paused', 'interrupted', 'done', 'stopped', 'failed']);
export type SweepState = z.infer<typeof SweepState>;

export const SweepSummary = z.object({
  id: z.number().int(),
  name: z.string(),
  factor,
  dataset: z.number().int(),
  datasetName: z.string(),
  createdAt: z.string(),
  state: SweepState,
  cells: z.array(z.enum(CELLS)),
  seeds: z.array(z.number().int()),
  /** Levels that are done, of all. */
  done: z.number().int(),
  levels: z.number().int(),
});
export type SweepSummary = z.infer<typeof SweepSummary>;

export const SweepLevel = z.object({
  value: Level,
  words: z.string(),
  /** null until its turn has come, or where it could not be begun. */
  comparison: z.number().int().nullable(),
  state: z.union([z.literal('waiting'), ComparisonState]),
  error: z.string().nullable(),
  /** One a cell that has been tested. */
  summary: z.array(CellSummary),
});
export type SweepLevel = z.infer<typeof SweepLevel>;

/** What an ablation says of one cell. */
export const SweepFinding = z.object({
  cell: z.enum(CELLS),
  /** Level of the highest accuracy; index into the levels. */
  best: z.number().int(),
  /** Levels whose difference from the best is significant (paired, Holm over the levels of this cell, 5 %). */
  worse: z.array(z.object({ level: z.number().int(), p: z.number(), pHolm: z.number() })),
  /** Levels that cannot be told from the best, with their p after Holm's correction. */
  alike: z.array(z.object({ level: z.number().int(), p: z.number(), pHolm: z.number() })),
  /** One sentence a student understands, with n and seeds. */
  words: z.string(),
});
export type SweepFinding = z.infer<typeof SweepFinding>;

export const SweepView = z.object({
  id: z.number().int(),
  name: z.string(),
  createdAt: z.string(),
  state: SweepState,
  error: z.string().nullable(),
  spec: SweepSpec,
  dataset: z.object({ id: z.number().int(), name: z.string() }),
  splitWords: z.string(),
  /** Clips of the test part; 0 until the first level has begun. */
  testClips: z.number().int(),
  levels: z.array(SweepLevel),
  findings: z.array(SweepFinding),
  /** Epochs done of all, over all levels. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  secondsLeft: z.number().nullable(),
  secondsSpent: z.number(),
});
export type SweepView = z.infer<typeof SweepView>;

/** What an ablation comes to before it is run. */
export const SweepPreview = z.object({
  levels: z.array(
    z.object({
      value: Level,
      words: z.string(),
      cells: z.array(z.object({ cell: z.enum(CELLS), hiddenSize: z.number().int(), parameters: z.number().int() })),
      /** Why this level cannot be run; null: it can. */
      error: z.string().nullable(),
    }),
  ),
  runs: z.number().int(),
  testClips: z.number().int(),
  warnings: z.array(z.string()),
});
export type SweepPreview = z.infer<typeof SweepPreview>;

/** One network size of one comparison, with what it costs: a bubble. */
export const TradeOff = z.object({
  comparison: z.number().int(),
  name: z.string(),
  sweep: z.number().int().nullable(),
  /** What the level is called, where it is of an ablation. */
  level: z.string().nullable(),
  splitWords: z.string(),
  layers: z.number().int(),
  bidirectional: z.boolean(),
  ...CellSummary.shape,
});
export type TradeOff = z.infer<typeof TradeOff>;

/** Something the lab's own results say. */
export const Advice = z.object({
  /** Same as long as the question is. */
  id: z.string(),
  topic: z.enum(['cell', 'size', 'features', 'training', 'data', 'memory']),
  /** The question, then the answer in a few sentences, with n; where each cell has its own, a line each. */
  asks: z.string(),
  says: z.string(),
  /** `shown`: significant after correction; `hint`: points that way, cannot be told from chance; `open`: not tried yet. */
  strength: z.enum(['shown', 'hint', 'open']),
  evidence: z.array(
    z.object({
      kind: z.enum(['comparison', 'sweep', 'memory']),
      /** Of the comparison or ablation; null for the memory laboratory. */
      id: z.number().int().nullable(),
      name: z.string(),
      /** What it adds: numbers with n, split and seeds. */
      says: z.string(),
    }),
  ),
  /** What would answer an open question; null where it is answered. */
  next: z.object({ factor: factor.nullable(), words: z.string() }).nullable(),
});
export type Advice = z.infer<typeof Advice>;
