import type { z } from 'zod';
import type { CellClip, MatrixView } from '#shared/contract/compare.ts';
import type { TestedClip } from '#shared/contract/inspect.ts';
import type { SweepPlace } from '#main/lab/comparisons.ts';
import type {
  ComparisonSpec,
  ComparisonSummary,
  ComparisonView,
  SettingDifference,
} from '#shared/domain/comparison.ts';
import type { Job } from '#shared/domain/job.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import type { PredictionView } from '#shared/domain/run.ts';
import type { SplitCounts } from '#shared/domain/split.ts';
import type { Results } from './results.ts';

/** What a spec comes to before it is run. */
export interface ComparisonPreview {
  cells: { cell: Cell; hiddenSize: number; parameters: number }[];
  split: z.infer<typeof SplitCounts>;
  classes: string[];
  /** Features per frame. */
  inputSize: number;
  warnings: string[];
}

export interface ComparisonChanges {
  name?: string | undefined;
  tags?: string[] | undefined;
  pinned?: boolean | undefined;
}

/** Whether the status bar shows it as a job of its own; true by default. */
export interface JobOption {
  asJob?: boolean;
}

export interface CellClipQuery {
  cell: Cell;
  /** null: over all seeds. */
  seed: number | null;
  truth: string | null;
  predicted: string | null;
}

/**
 * Comparisons of a lab: what the contract's `compare` asks, answered. One at a time trains a batch; several that have been
 * started take turns by the epoch. All methods throw HarkError `not-found` for an id that does not exist.
 */
export interface Comparisons {
  /** What one click on Compare does for this dataset. */
  defaults(dataset: number): ComparisonSpec;
  /** @throws HarkError `bad-input` where the spec cannot be run on this dataset */
  preview(spec: ComparisonSpec): ComparisonPreview;
  /**
   * Writes the comparison down and begins; answers at once.
   * @param place the level of an ablation it is; it is then no job of its own
   * @throws HarkError as `preview`
   */
  start(spec: ComparisonSpec, place?: SweepPlace | null): { comparison: number };
  list(): ComparisonSummary[];
  view(comparison: number): ComparisonView;
  /** What its tested runs come to, kept until another one has been tested; nothing where there is no such comparison. */
  results(comparison: number): Results;
  /**
   * The present view at once, then again whenever it changes (at most 4 times a second), the last one when the comparison has
   * ended. Ends quietly when `signal` is aborted or the comparison is removed.
   */
  watch(comparison: number, signal?: AbortSignal): AsyncIterable<ComparisonView>;
  /** Stops between two batches; the trainers keep what they hold. @throws HarkError `conflict` when it is not under way */
  pause(comparison: number): void;
  /**
   * Goes on after a pause, an interruption or a failure (of single runs too), from the last checkpoints.
   * @throws HarkError `conflict` when there is nothing to go on with
   */
  resume(comparison: number, option?: JobOption): void;
  /** Ends training now; the best weights so far are tested. Resolves when that is done. */
  stop(comparison: number, option?: JobOption): Promise<void>;
  update(comparison: number, changes: ComparisonChanges): void;
  /** Deletes the comparison, its runs and their files; ends it first where it is under way. */
  remove(comparison: number): Promise<void>;
  /** Seconds to go, from the epochs seen so far; null when unknown, or when it is not at work. */
  secondsLeft(comparison: number): number | null;
  /** Resolves when it is not at work any more, however it ended; at once where it is not. */
  ended(comparison: number): Promise<void>;
  isAtWork(comparison: number): boolean;
  /** One matrix a cell: of one seed, or (null) summed over the seeds that are done. */
  matrices(comparison: number, seed: number | null): MatrixView[];
  cellClips(comparison: number, query: CellClipQuery): CellClip[];
  predictions(comparison: number, clip: number): PredictionView[];
  /** All clips that the runs of one seed were tested on, by file. */
  testedClips(comparison: number, seed: number): TestedClip[];
  diff(comparisons: number[]): SettingDifference[];

  /** Comparisons at work since the lab was opened, as jobs for the status bar; `id` is `compare-<comparison>`. */
  jobs(): Job[];
  /** Ends the comparison behind a job. */
  cancelJob(job: string): Promise<void>;
  dismissJob(job: string): void;
  /** Comparisons that were cut off (by the end of the app or of the machine) and can go on; levels of ablations go on with these. */
  interrupted(): { id: number; name: string }[];
  /** Called after any change of a comparison; answers how to stop listening. */
  onChange(listener: (comparison: number) => void): () => void;
  /** The trainer processes alive now. */
  trainers(): { comparison: number; run: number; pid: number | undefined; memoryMB: number }[];
  /** Ends all trainers (their comparisons become `interrupted`). Call before the lab is closed. */
  close(): Promise<void>;
}
