import {
  deleteSweep,
  insertSweep,
  levelComparisons,
  markSweepsInterrupted,
  nameSweep,
  sweepOf,
  sweepRow,
  sweepRows,
  type SweepRow,
} from '#main/lab/sweeps.ts';
import type { Store } from '#main/lab/store.ts';
import { errorWords, HarkError } from '#shared/domain/errors.ts';
import type { SweepState } from '#shared/domain/sweep.ts';
import type { Comparisons } from '../types.ts';
import { Conductor } from './conductor.ts';
import { defaultSweep, ensureRunnable, planSweep, previewOfSweep, sweepName } from './plan.ts';
import { SweepJobs } from './sweep-jobs.ts';
import type { Sweeps } from './types.ts';
import { sweepSummary, sweepView, type KeptFindings } from './view.ts';

/** The ablations of an open lab. What an earlier process left at work is `interrupted` from here on. */
export function createSweeps({ store, comparisons }: { store: Store; comparisons: Comparisons }): Sweeps {
  const conductors = new Map<number, Conductor>();
  const listeners = new Set<() => void>();
  const kept: KeptFindings = new Map();
  const sources = { store, comparisons, kept };
  const jobs = new SweepJobs((sweep) => service.view(sweep));
  let closed = false;
  markSweepsInterrupted(store);

  function changed(): void {
    if (!closed) for (const listener of listeners) listener();
  }

  const stopListening = comparisons.onChange((comparison) => {
    // One that is no longer at work has new results, or is gone: what is made of all of them is new.
    if (closed || (comparisons.isAtWork(comparison) && sweepOf(store, comparison) === null)) return;
    changed();
  });

  function ensureOpen(): void {
    if (closed) throw new HarkError('conflict', 'The lab is being closed.', { remedy: 'Open it again.' });
  }

  function conduct(sweep: number, only: 'all' | 'tests' = 'all'): Conductor {
    const conductor = new Conductor({ store, comparisons, sweep, changed }, only);
    conductors.set(sweep, conductor);
    jobs.begin(sweep);
    void conductor.ended.then(() => {
      conductors.delete(sweep);
      changed();
    });
    changed();
    return conductor;
  }

  function stateOf({ id, state }: SweepRow): SweepState {
    const conductor = conductors.get(id);
    if (!conductor) return state;
    return conductor.paused ? 'paused' : 'running';
  }

  /** Whether a level has still to be begun, or to be gone on with. */
  function isOpen({ id, spec }: SweepRow): boolean {
    const over = levelComparisons(store, id).filter(({ state }) => state === 'done' || state === 'stopped');
    return over.length < spec.levels.length;
  }

  const service: Sweeps = {
    defaults: (dataset, factor) => defaultSweep(store, dataset, factor),
    preview: (spec) => previewOfSweep(planSweep(store, spec)),
    start(asked) {
      ensureOpen();
      const plan = planSweep(store, asked);
      ensureRunnable(plan);
      const failures = plan.levels.map(({ error }) => error && errorWords(error));
      const sweep = insertSweep(store, sweepName(store, plan.spec), plan.spec, failures);
      conduct(sweep);
      return { sweep };
    },
    list: () => sweepRows(store).map((row) => sweepSummary(store, row, stateOf(row))),
    view(sweep) {
      const row = sweepRow(store, sweep);
      return sweepView(sources, row, stateOf(row));
    },
    pause(sweep) {
      const row = sweepRow(store, sweep);
      const conductor = conductors.get(sweep);
      if (conductor) return conductor.pause();
      throw new HarkError('conflict', `This ablation is not under way: it is ${row.state}.`, {
        where: `ablation ${sweep}`,
      });
    },
    resume(sweep) {
      ensureOpen();
      const row = sweepRow(store, sweep);
      const conductor = conductors.get(sweep);
      if (conductor) return conductor.resume();
      if (!isOpen(row))
        throw new HarkError('conflict', `This ablation is ${row.state}: there is nothing to go on with.`, {
          where: `ablation ${sweep}`,
          remedy: 'Start a new one with the same settings.',
        });
      conduct(sweep);
    },
    async stop(sweep) {
      ensureOpen();
      const { state } = sweepRow(store, sweep);
      const conductor = conductors.get(sweep);
      if (conductor) return conductor.stop();
      if (state !== 'interrupted' && state !== 'paused') return service.pause(sweep);
      // Nothing is at work: what the level at hand has learnt so far is tested all the same.
      await conduct(sweep, 'tests').ended;
    },
    rename(sweep, name) {
      sweepRow(store, sweep);
      nameSweep(store, sweep, name);
      changed();
    },
    async remove(sweep) {
      sweepRow(store, sweep);
      const closing = conductors.get(sweep)?.close();
      for (const { comparison } of levelComparisons(store, sweep)) await comparisons.remove(comparison);
      await closing;
      deleteSweep(store, sweep);
      kept.delete(sweep);
      jobs.forget(sweep);
      changed();
    },

    jobs: () => jobs.list(),
    hasJob: (job) => jobs.has(job),
    cancelJob: (job) => service.stop(jobs.sweepOf(job)),
    dismissJob(job) {
      jobs.dismiss(job);
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closed = true;
      stopListening();
      await Promise.all([...conductors.values()].map((conductor) => conductor.close()));
    },
  };
  return service;
}
