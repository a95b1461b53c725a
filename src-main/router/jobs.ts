import { asHarkError, HarkError } from '#shared/domain/errors.ts';
import type { Job } from '#shared/domain/job.ts';

/** What a job's work tells of itself. */
export type Progress = Partial<Pick<Job, 'done' | 'total' | 'message' | 'subject'>>;

export interface Work<T> {
  kind: Job['kind'];
  title: string;
  /** What progress counts: "files". */
  unit: string;
  /** @returns the result; the job's last message is `ended(result)` */
  run(report: (progress: Progress) => void, signal: AbortSignal): Promise<T>;
  ended(result: T): string;
}

export interface StartedJob<T> {
  id: string;
  /** Settles as the work does. Not having it watched is fine: the job keeps the failure. */
  result: Promise<T>;
}

interface Entry {
  job: Job;
  controller: AbortController;
  settled: Promise<unknown>;
}

/** Seconds to go at the rate so far; null until a second of it has been seen. */
export function secondsLeft(done: number, total: number | null, elapsedSeconds: number): number | null {
  if (total === null || done <= 0 || elapsedSeconds < 1) return null;
  return Math.max(0, ((total - done) / done) * elapsedSeconds);
}

/** Work that takes longer than a second: what it is, how far, how long still; each can be stopped. */
export class Jobs {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #count = 0;
  #closed = false;

  /** @throws HarkError `conflict` once the lab is being closed */
  start<T>(work: Work<T>): StartedJob<T> {
    if (this.#closed) throw new HarkError('conflict', 'The lab is being closed.', { remedy: 'Open it again.' });
    const id = `job-${++this.#count}`;
    const controller = new AbortController();
    const job: Job = {
      ...{ id, kind: work.kind, title: work.title, unit: work.unit, state: 'running' },
      ...{ done: 0, total: null, message: '', secondsLeft: null, subject: null },
    };
    const startedAt = performance.now();
    const report = (progress: Progress) => {
      if (job.state !== 'running') return;
      Object.assign(job, progress);
      job.secondsLeft = secondsLeft(job.done, job.total, (performance.now() - startedAt) / 1000);
      this.#tell();
    };
    const end = (state: Job['state'], message: string) => {
      Object.assign(job, { state, message, secondsLeft: null });
      this.#tell();
    };
    const result = work.run(report, controller.signal);
    const settled = result.then(
      (value) => end('done', work.ended(value)),
      (thrown: unknown) => {
        const error = asHarkError(thrown);
        if (error.kind === 'cancelled') end('cancelled', 'Stopped.');
        else end('failed', [error.message, error.where, error.remedy].filter(Boolean).join(' '));
      },
    );
    this.#entries.set(id, { job, controller, settled });
    this.#tell();
    return { id, result };
  }

  list(): Job[] {
    return [...this.#entries.values()].map(({ job }) => ({ ...job }));
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Asks the work to stop; it ends when it next looks. @throws HarkError `not-found` */
  cancel(id: string): void {
    this.#entry(id).controller.abort();
  }

  /** Takes an ended job off the list. @throws HarkError `not-found`, `conflict` while it runs */
  dismiss(id: string): void {
    if (this.#entry(id).job.state === 'running')
      throw new HarkError('conflict', 'It is still running.', { remedy: 'Stop it first.' });
    this.#entries.delete(id);
    this.#tell();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Stops everything and waits until it has. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { controller } of this.#entries.values()) controller.abort();
    await Promise.all([...this.#entries.values()].map(({ settled }) => settled));
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new HarkError('not-found', 'There is no such job.', { where: id });
    return entry;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
