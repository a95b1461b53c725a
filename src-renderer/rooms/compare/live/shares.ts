import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { RunView } from '#shared/domain/run.ts';

type Run = Pick<RunView, 'state' | 'training' | 'epochs' | 'progress'>;

/** Share of a run's epochs that is done, 0 to 1, the one at hand included; a run that ended early is done. */
export function runShare(run: Run): number {
  if (run.state === 'done' || run.state === 'stopped') return 1;
  const begun = run.progress && run.progress.epoch > run.epochs.length ? run.progress.share : 0;
  return Math.min(1, (run.epochs.length + begun) / run.training.epochs);
}

/** Share of all epochs of all runs. */
export function totalShare({ runs }: { runs: readonly Run[] } | Pick<ComparisonView, 'runs'>): number {
  return runs.length === 0 ? 0 : runs.reduce((sum, run) => sum + runShare(run), 0) / runs.length;
}
