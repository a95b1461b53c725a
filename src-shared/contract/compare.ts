import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ComparisonSpec, ComparisonSummary, ComparisonView, SettingDifference } from '../domain/comparison.ts';
import { PredictionView } from '../domain/run.ts';
import { CELLS } from '../domain/model-spec.ts';
import { base, Id, Nothing } from './base.ts';

/** A confusion matrix of one cell: of one seed, or summed over seeds. */
export const MatrixView = z.object({
  cell: z.enum(CELLS),
  seed: z.number().int().nullable(),
  classes: z.array(z.string()),
  /** Rows truth, columns prediction. */
  counts: z.array(z.array(z.number().int())),
  clips: z.number().int(),
});
export type MatrixView = z.infer<typeof MatrixView>;

/** A clip behind a cell of the matrix, with what the run said. */
export const CellClip = z.object({
  clip: z.number().int(),
  file: z.string(),
  speaker: z.string().nullable(),
  duration: z.number(),
  /** Label the run was tested against, and the label in force now. */
  truth: z.string(),
  label: z.string(),
  missing: z.boolean(),
  predicted: z.string(),
  /** Probability of the predicted class; over seeds the mean. */
  probability: z.number(),
  /** Over seeds: how many of them said so. */
  seeds: z.array(z.number().int()),
});
export type CellClip = z.infer<typeof CellClip>;

export const compare = {
  /** What one click on Compare would do for this dataset. */
  defaults: base.input(z.object({ dataset: Id })).output(ComparisonSpec),
  /** What a spec comes to before it is run: parameters by cell, split counts, hints. */
  preview: base.input(ComparisonSpec).output(
    z.object({
      cells: z.array(z.object({ cell: z.enum(CELLS), hiddenSize: z.number().int(), parameters: z.number().int() })),
      split: z.object({
        train: z.number().int(),
        validation: z.number().int(),
        test: z.number().int(),
        leaks: z.number().int(),
        leakNote: z.string().nullable(),
      }),
      classes: z.array(z.string()),
      /** Features per frame. */
      inputSize: z.number().int(),
      warnings: z.array(z.string()),
    }),
  ),
  start: base.input(ComparisonSpec).output(z.object({ comparison: Id })),
  list: base.output(z.array(ComparisonSummary)),
  get: base.input(z.object({ comparison: Id })).output(ComparisonView),
  /** The present state at once, then whenever it changes (at most 4 times a second), until the comparison has ended. */
  watch: base.input(z.object({ comparison: Id })).output(eventIterator(ComparisonView)),
  pause: base.input(z.object({ comparison: Id })).output(Nothing),
  /** Goes on after a pause, an interruption or a failure, from the last checkpoints. */
  resume: base.input(z.object({ comparison: Id })).output(Nothing),
  /** Ends training now; the best weights so far are tested. */
  stop: base.input(z.object({ comparison: Id })).output(Nothing),
  update: base
    .input(
      z.object({
        comparison: Id,
        name: z.string().trim().min(1).max(200).optional(),
        tags: z.array(z.string().trim().min(1).max(50)).max(20).optional(),
        pinned: z.boolean().optional(),
      }),
    )
    .output(Nothing),
  /** Deletes the comparison, its runs and their files. */
  remove: base.input(z.object({ comparison: Id })).output(Nothing),
  matrices: base
    .input(z.object({ comparison: Id, seed: z.number().int().nullable().default(null) }))
    .output(z.array(MatrixView)),
  /** Clips of one cell of a matrix; `predicted: null` every mistake of the row, both null every mistake. */
  cellClips: base
    .input(
      z.object({
        comparison: Id,
        cell: z.enum(CELLS),
        seed: z.number().int().nullable().default(null),
        truth: z.string().nullable(),
        predicted: z.string().nullable(),
      }),
    )
    .output(z.array(CellClip)),
  /** What every run of the comparison said of one clip. */
  predictions: base.input(z.object({ comparison: Id, clip: Id })).output(z.array(PredictionView)),
  diff: base.input(z.object({ comparisons: z.array(Id).min(2).max(10) })).output(z.array(SettingDifference)),
};
