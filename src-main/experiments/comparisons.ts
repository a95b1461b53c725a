import { rmSync } from 'node:fs';
import {
  comparisonRow,
  comparisonRows,
  deleteComparison,
  insertComparison,
  markInterrupted,
  nameComparison,
  setComparisonState,
  type ComparisonRow,
} from '#main/lab/comparisons.ts';
import { runRows, setRunStates, testedRuns } from '#main/lab/runs.ts';
import type { ComparisonState, ComparisonView } from '#shared/domain/comparison.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { ComparisonJobs } from './comparison-jobs.ts';
import type { ExperimentContext } from './context.ts';
import { diffOf } from './diff.ts';
import { cellClipsOf, matricesOf, predictionsOf, testedClipsOf } from './mistakes.ts';
import { defaultSpec, makePlan, newComparison, previewOf } from './plan.ts';
import { resultsOf, type Results } from './results.ts';
import { Runner } from './runner.ts';
import type { Comparisons, JobOption } from './types.ts';
import { comparisonSummary, comparisonView, runViews } from './view.ts';
import { watchViews } from './watch.ts';

/** States a comparison does not leave by itself. */
const ENDED: ComparisonState[] = ['done', 'stopped', 'failed'];

/** The comparisons of an open lab. What an earlier process left at work is `interrupted` from here on. */
export function createComparisons(context: ExperimentContext): Comparisons {
  const { lab } = context;
  const { store } = lab;
  const runners = new Map<number, Runner>();
  const listeners = new Set<(comparison: number) => void>();
  /** By comparison: results, and how many runs had been tested when they were worked out. */
  const results = new Map<number, { tested: number; results: Results }>();
  const jobs = new ComparisonJobs(view);
  markInterrupted(store);

  function changed(comparison: number): void {
    for (const listener of listeners) listener(comparison);
  }

  function resultsOfComparison(id: number): Results {
    const tested = testedRuns(store, id);
    let known = results.get(id);
    if (known?.tested !== tested) results.set(id, (known = { tested, results: resultsOf(store, runRows(store, id)) }));
    return known.results;
  }

  function view(id: number): ComparisonView {
    const row = comparisonRow(store, id);
    const runner = runners.get(id) ?? null;
    return comparisonView(store, row, runViews(store, id, runner), runner, resultsOfComparison(id));
  }

  /** What is begun while the lab is being closed would go on when its store and threads are gone. */
  function ensureOpen(): void {
    if (closed) throw new HarkError('conflict', 'The lab is being closed.', { remedy: 'Open it again.' });
  }

  function run(id: number, { asJob = true }: JobOption, only: 'all' | 'tests' = 'all'): Runner {
    const runner = new Runner(context, id, () => changed(id), only);
    runners.set(id, runner);
    if (asJob) jobs.begin(id);
    else jobs.forget(id);
    void runner.ended.then(() => {
      runners.delete(id);
      if (!closed) changed(id);
    });
    changed(id);
    return runner;
  }

  function runnerOf(id: number): Runner {
    const { state } = comparisonRow(store, id);
    const runner = runners.get(id);
    if (runner) return runner;
    throw new HarkError('conflict', `This comparison is not under way: it is ${state}.`, { where: `comparison ${id}` });
  }

  let closed = false;
  const service: Comparisons = {
    defaults: (dataset) => defaultSpec(store, dataset),
    preview: (spec) => previewOf(makePlan(store, spec)),
    start(spec, place = null) {
      ensureOpen();
      const comparison = insertComparison(store, newComparison(store, makePlan(store, spec)), place);
      run(comparison, { asJob: place === null });
      return { comparison };
    },
    list: () => comparisonRows(store).map((row) => comparisonSummary(store, row)),
    view,
    results: resultsOfComparison,
    watch(comparison, signal) {
      comparisonRow(store, comparison);
      return watchViews({
        look: () => (!closed && exists(comparison) ? view(comparison) : null),
        isLast: ({ state }) => ENDED.includes(state) && !runners.has(comparison),
        onChange: (listener) => service.onChange((id) => (closed || id === comparison) && listener()),
        signal,
      });
    },
    pause: (comparison) => runnerOf(comparison).pause(),
    resume(comparison, option = {}) {
      ensureOpen();
      const runner = runners.get(comparison);
      if (runner) return void runner.resume();
      const { state } = comparisonRow(store, comparison);
      const failedRuns = runViews(store, comparison, null).some((each) => each.state === 'failed');
      if (state === 'stopped' || (state === 'done' && !failedRuns))
        throw new HarkError('conflict', `This comparison is ${state}: there is nothing to go on with.`, {
          where: `comparison ${comparison}`,
          remedy: 'Start a new one with the same settings.',
        });
      setRunStates(store, comparison, 'failed', 'interrupted');
      setComparisonState(store, comparison, 'preparing');
      run(comparison, option);
    },
    async stop(comparison, option = {}) {
      ensureOpen();
      const { state } = comparisonRow(store, comparison);
      const runner = runners.get(comparison);
      if (runner) return runner.stop();
      if (state !== 'interrupted' && state !== 'paused') runnerOf(comparison);
      // Nothing is at work: what has been learnt so far is tested all the same.
      await run(comparison, option, 'tests').ended;
    },
    update(comparison, changes) {
      comparisonRow(store, comparison);
      nameComparison(store, comparison, changes);
      changed(comparison);
    },
    async remove(comparison) {
      comparisonRow(store, comparison);
      await runners.get(comparison)?.interrupt();
      deleteComparison(store, comparison);
      for (const folder of ['models', 'reports'] as const)
        rmSync(lab.path(folder, String(comparison)), { recursive: true, force: true });
      results.delete(comparison);
      jobs.forget(comparison);
      changed(comparison);
    },
    secondsLeft: (comparison) =>
      runners.get(comparison)?.secondsLeft(runViews(store, comparison, runners.get(comparison)!)) ?? null,
    ended: async (comparison) => runners.get(comparison)?.ended,
    isAtWork: (comparison) => runners.has(comparison),
    matrices: (comparison, seed) => matricesOf(store, comparisonRow(store, comparison), seed),
    cellClips: (comparison, query) => cellClipsOf(store, comparisonRow(store, comparison), query),
    predictions: (comparison, clip) => predictionsOf(store, comparisonRow(store, comparison), clip),
    testedClips: (comparison, seed) => testedClipsOf(store, comparisonRow(store, comparison), seed),
    diff: (comparisons) => diffOf(comparisons.map((id): ComparisonRow => comparisonRow(store, id))),

    jobs: () => jobs.list(),
    cancelJob: (job) => service.stop(jobs.comparisonOf(job)),
    dismissJob(job) {
      const comparison = jobs.comparisonOf(job);
      jobs.dismiss(job);
      changed(comparison);
    },
    interrupted: () =>
      comparisonRows(store)
        .filter(({ state, sweep }) => state === 'interrupted' && sweep === null)
        .map(({ id, name }) => ({ id, name })),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    trainers: () =>
      [...runners].flatMap(([comparison, runner]) => runner.trainers().map((trainer) => ({ comparison, ...trainer }))),
    async close() {
      closed = true;
      await Promise.all([...runners.values()].map((runner) => runner.interrupt()));
      for (const listener of listeners) listener(0);
    },
  };

  function exists(comparison: number): boolean {
    return store.prepare('select 1 from comparison where id = ?').get(comparison) !== undefined;
  }
  return service;
}
