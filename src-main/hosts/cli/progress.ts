import type { Job } from '#shared/domain/job.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { SweepView } from '#shared/domain/sweep.ts';
import type { Jobs } from '#main/router/jobs.ts';
import { duration, percent } from './table.ts';

/** Between two lines where there is no terminal to overwrite them in. */
const LINE_MS = 5000;

/** How far something is, on stderr: one line that changes in a terminal; in a log a line now and then. */
export class ProgressLine {
  readonly #terminal = process.stderr.isTTY;
  #shown = '';
  #writtenAt = -Infinity;

  /** @param important is written to a log in any case */
  show(text: string, important = false): void {
    if (text === this.#shown) return;
    if (this.#terminal) {
      this.#shown = text;
      const width = Math.max(20, process.stderr.columns - 1);
      process.stderr.write(`\r\u001b[2K${text.slice(0, width)}`);
      return;
    }
    if (!important && performance.now() - this.#writtenAt < LINE_MS) return;
    this.#shown = text;
    this.#writtenAt = performance.now();
    process.stderr.write(`${text}\n`);
  }

  /** Clears the line for what comes next. */
  end(): void {
    if (this.#terminal && this.#shown !== '') process.stderr.write('\r\u001b[2K');
    this.#shown = '';
  }
}

const bar = (share: number) => `[${'#'.repeat(Math.round(20 * share)).padEnd(20, '.')}]`;
const left = (seconds: number | null) => (seconds === null ? '' : `, ${duration(seconds)} left`);

export function describeJob({ title, done, total, unit, secondsLeft, message }: Job): string {
  if (total === null) return `${title}: ${done > 0 ? `${done} ${unit}` : message}`;
  return `${title}: ${bar(total === 0 ? 1 : done / total)} ${done} of ${total} ${unit}${left(secondsLeft)}`;
}

export function describeComparison(view: ComparisonView): string {
  if (view.preparing)
    return `Features: ${bar(view.preparing.done / Math.max(1, view.preparing.total))} ${view.preparing.done} of ${view.preparing.total} clips`;
  const runs = view.runs.map(({ cell, seed, epochs, training, state }) => {
    const name = CELL_NAMES[cell] + (view.spec.seeds.length > 1 ? ` ${seed}` : '');
    const last = epochs.at(-1);
    const accuracy = last ? ` ${percent(last.validationAccuracy ?? last.trainAccuracy)}` : '';
    return state === 'done' || state === 'stopped'
      ? `${name} ${state}`
      : `${name} ${epochs.length}/${training.epochs}${accuracy}`;
  });
  return `${runs.join(' | ')}${left(view.secondsLeft)}`;
}

export function describeSweep({ levels, progress: { done, total }, secondsLeft }: SweepView): string {
  const at = levels.findIndex(({ state }) => state === 'preparing' || state === 'training' || state === 'paused');
  const level = at < 0 ? '' : `Level ${at + 1} of ${levels.length}, ${levels[at].words}: `;
  return `${level}${bar(done / total)} ${done} of ${total} epochs${left(secondsLeft)}`;
}

/** Shows a job until its work has settled; an aborted signal cancels it. */
export async function follow<T>(
  jobs: Jobs,
  { id, result }: { id: string; result: Promise<T> },
  signal: AbortSignal,
): Promise<T> {
  const line = new ProgressLine();
  const show = () => {
    const job = jobs.list().find((one) => one.id === id);
    if (job?.state === 'running') line.show(describeJob(job));
  };
  const cancel = () => jobs.cancel(id);
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const stop = jobs.onChange(show);
  try {
    return await result;
  } finally {
    stop();
    signal.removeEventListener('abort', cancel);
    line.end();
  }
}
