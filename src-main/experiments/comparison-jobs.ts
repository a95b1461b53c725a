import type { ComparisonState, ComparisonView } from '#shared/domain/comparison.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { Job } from '#shared/domain/job.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';

const STATES: Record<ComparisonState, Job['state']> = {
  preparing: 'running',
  training: 'running',
  paused: 'running',
  interrupted: 'cancelled',
  done: 'done',
  stopped: 'cancelled',
  failed: 'failed',
};

/** Comparisons at work as the status bar shows them. */
export class ComparisonJobs {
  readonly #view: (comparison: number) => ComparisonView;
  readonly #comparisons = new Set<number>();

  constructor(view: (comparison: number) => ComparisonView) {
    this.#view = view;
  }

  begin(comparison: number): void {
    this.#comparisons.add(comparison);
  }

  forget(comparison: number): void {
    this.#comparisons.delete(comparison);
  }

  list(): Job[] {
    return [...this.#comparisons].map((comparison) => jobOf(this.#view(comparison)));
  }

  /** @throws HarkError `not-found` */
  comparisonOf(job: string): number {
    const comparison = Number(/^compare-(\d+)$/.exec(job)?.[1]);
    if (!this.#comparisons.has(comparison)) throw new HarkError('not-found', 'There is no such job.', { where: job });
    return comparison;
  }

  /** @throws HarkError `not-found`, `conflict` while it is at work */
  dismiss(job: string): void {
    const comparison = this.comparisonOf(job);
    if (jobOf(this.#view(comparison)).state === 'running')
      throw new HarkError('conflict', 'It is still at work.', { where: job, remedy: 'Stop it first.' });
    this.forget(comparison);
  }
}

function jobOf(view: ComparisonView): Job {
  const { preparing, runs } = view;
  const planned = runs.reduce((total, { training }) => total + training.epochs, 0);
  const isOver = (run: (typeof runs)[number]) => ['done', 'stopped', 'failed'].includes(run.state);
  // A run that ended early has done all that was planned for it.
  const trained = runs.reduce((total, run) => total + (isOver(run) ? run.training.epochs : run.epochs.length), 0);
  return {
    id: `compare-${view.id}`,
    kind: 'compare',
    title: view.name,
    state: STATES[view.state],
    ...(preparing ? { ...preparing, unit: 'clips' } : { done: trained, total: planned, unit: 'epochs' }),
    message: messageOf(view),
    secondsLeft: view.secondsLeft,
    subject: view.id,
  };
}

function messageOf({ state, error, preparing, runs, summary }: ComparisonView): string {
  if (error) return error;
  if (state === 'paused') return 'Paused.';
  if (preparing) return 'Computing features.';
  if (state === 'done' || state === 'stopped')
    return summary.map(({ cell, accuracy }) => `${CELL_NAMES[cell]} ${(100 * accuracy).toFixed(1)} %`).join(', ');
  const busy = runs.find(({ progress }) => progress !== null);
  return busy?.progress ? `${CELL_NAMES[busy.cell]}, epoch ${busy.progress.epoch} of ${busy.training.epochs}.` : '';
}
