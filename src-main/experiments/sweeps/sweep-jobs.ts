import { HarkError } from '#shared/domain/errors.ts';
import type { Job } from '#shared/domain/job.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { SweepState, SweepView } from '#shared/domain/sweep.ts';

const STATES: Record<SweepState, Job['state']> = {
  running: 'running',
  paused: 'running',
  interrupted: 'cancelled',
  done: 'done',
  stopped: 'cancelled',
  failed: 'failed',
};

/** Ablations at work as the status bar shows them: one job each, its comparisons none. */
export class SweepJobs {
  readonly #view: (sweep: number) => SweepView;
  readonly #sweeps = new Set<number>();

  constructor(view: (sweep: number) => SweepView) {
    this.#view = view;
  }

  begin(sweep: number): void {
    this.#sweeps.add(sweep);
  }

  forget(sweep: number): void {
    this.#sweeps.delete(sweep);
  }

  list(): Job[] {
    return [...this.#sweeps].map((sweep) => jobOf(this.#view(sweep)));
  }

  has(job: string): boolean {
    return this.#sweeps.has(numberOf(job));
  }

  /** @throws HarkError `not-found` */
  sweepOf(job: string): number {
    if (!this.has(job)) throw new HarkError('not-found', 'There is no such job.', { where: job });
    return numberOf(job);
  }

  /** @throws HarkError `not-found`, `conflict` while it is at work */
  dismiss(job: string): void {
    const sweep = this.sweepOf(job);
    if (STATES[this.#view(sweep).state] === 'running')
      throw new HarkError('conflict', 'It is still at work.', { where: job, remedy: 'Stop it first.' });
    this.forget(sweep);
  }
}

const numberOf = (job: string): number => Number(/^sweep-(\d+)$/.exec(job)?.[1]);

function jobOf(view: SweepView): Job {
  const { id, name, state, progress, secondsLeft } = view;
  return {
    ...{ id: `sweep-${id}`, kind: 'sweep', title: name, state: STATES[state] },
    ...{ ...progress, unit: 'epochs', message: messageOf(view), secondsLeft, subject: id },
  };
}

function messageOf({ state, error, levels, findings }: SweepView): string {
  if (error) return error;
  if (state === 'paused') return 'Paused.';
  if (state === 'running') {
    const at = levels.findIndex((level) => ['preparing', 'training', 'paused'].includes(level.state));
    return at < 0 ? '' : `Level ${at + 1} of ${levels.length}: ${levels[at].words}.`;
  }
  return findings.map(({ cell, best }) => `${CELL_NAMES[cell]} ${levels[best].words}`).join(', ');
}
