import type { FactorId } from '#shared/domain/factors.ts';
import type { Job } from '#shared/domain/job.ts';
import type { SweepPreview, SweepSpec, SweepSummary, SweepView } from '#shared/domain/sweep.ts';

/**
 * Ablations of a lab: what the contract's `experiments` asks of them, answered. Their levels are ordinary comparisons, made one after
 * the other. All methods throw HarkError `not-found` for an id that does not exist.
 */
export interface Sweeps {
  /** What one click on a factor does for this dataset. */
  defaults(dataset: number, factor: FactorId): SweepSpec;
  /** @throws HarkError `bad-input` where not even the settings that stay can be run on this dataset */
  preview(spec: SweepSpec): SweepPreview;
  /** Writes it down and begins; answers at once. @throws HarkError `bad-input` where fewer than two levels can be run */
  start(spec: SweepSpec): { sweep: number };
  list(): SweepSummary[];
  view(sweep: number): SweepView;
  /** @throws HarkError `conflict` when it is not under way */
  pause(sweep: number): void;
  /**
   * Goes on after a pause, an interruption or a failure: levels that are done stay, the others follow.
   * @throws HarkError `conflict` when there is nothing to go on with
   */
  resume(sweep: number): void;
  /** Ends it now; the level at hand is tested as it stands, later ones are not begun. Resolves when that is done. */
  stop(sweep: number): Promise<void>;
  rename(sweep: number, name: string): void;
  /** Deletes it with its comparisons and their files; ends it first where it is under way. */
  remove(sweep: number): Promise<void>;

  /** Ablations at work since the lab was opened, as jobs for the status bar; `id` is `sweep-<sweep>`. */
  jobs(): Job[];
  hasJob(job: string): boolean;
  cancelJob(job: string): Promise<void>;
  dismissJob(job: string): void;
  /** Called after any change of an ablation, and when a comparison has ended; answers how to stop listening. */
  onChange(listener: () => void): () => void;
  /** Waits until nothing is at work; comparisons are to be closed at the same time. Nothing can be begun afterwards. */
  close(): Promise<void>;
}
