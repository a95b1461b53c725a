import { comparisonRow } from '#main/lab/comparisons.ts';
import { runRows, runStates, testedRuns } from '#main/lab/runs.ts';
import type { Store } from '#main/lab/store.ts';
import { levelComparisons, type LevelComparison, type SweepRow } from '#main/lab/sweeps.ts';
import { FACTORS } from '#shared/domain/factors.ts';
import { featureSize } from '#shared/domain/feature-spec.ts';
import { describeSplit } from '#shared/domain/split.ts';
import type { SweepFinding, SweepState, SweepSummary, SweepView } from '#shared/domain/sweep.ts';
import { sizeModels } from '../plan.ts';
import { cellRunsOf } from '../results.ts';
import type { Comparisons } from '../types.ts';
import { findingsOf } from './findings.ts';
import { epochSecondsOf } from './pace.ts';
import { settingsOf } from './plan.ts';

/** Findings by ablation, and of which tested runs they were made. */
export type KeptFindings = Map<number, { of: string; findings: SweepFinding[] }>;

export interface SweepSources {
  store: Store;
  comparisons: Comparisons;
  kept: KeptFindings;
}

/** All that the window shows of an ablation. */
export function sweepView(sources: SweepSources, row: SweepRow, state: SweepState): SweepView {
  const { store, comparisons } = sources;
  const { id, name, createdAt, error, spec } = row;
  const known = levelComparisons(store, id);
  return {
    ...{ id, name, createdAt, state, error, spec },
    dataset: { id: row.dataset, name: row.datasetName },
    splitWords: describeSplit(spec.base.split),
    testClips: known.length > 0 ? comparisonRow(store, known[0].comparison).split.test : 0,
    levels: spec.levels.map((value, level) => {
      const own = known.find((one) => one.level === level);
      const failure = row.failures[level] ?? null;
      return {
        ...{ value, words: FACTORS[spec.factor].words(value), comparison: own?.comparison ?? null },
        state: own?.state ?? (failure === null ? 'waiting' : 'failed'),
        error: failure ?? own?.error ?? null,
        summary: own ? comparisons.results(own.comparison).summary : [],
      };
    }),
    findings: sweepFindings(sources, row, known),
    progress: sweepProgress(store, row, known),
    secondsLeft: state === 'running' || state === 'paused' ? secondsLeft(sources, row, known) : null,
    secondsSpent: known.reduce((sum, { secondsSpent }) => sum + secondsSpent, 0),
  };
}

/** What it says of each cell so far; worked out anew when another run has been tested. */
export function sweepFindings(
  { store, comparisons, kept }: SweepSources,
  { id, spec }: SweepRow,
  known: readonly LevelComparison[] = levelComparisons(store, id),
): SweepFinding[] {
  const of = known.map(({ comparison }) => `${comparison}:${testedRuns(store, comparison)}`).join(' ');
  const before = kept.get(id);
  if (before?.of === of) return before.findings;
  const tested = known.map(({ level, comparison }) => ({
    level,
    cells: cellRunsOf(store, runRows(store, comparison)),
    summary: comparisons.results(comparison).summary,
  }));
  const findings = findingsOf(spec, tested);
  kept.set(id, { of, findings });
  return findings;
}

/** One line in the list of ablations. */
export function sweepSummary(store: Store, row: SweepRow, state: SweepState): SweepSummary {
  const { id, name, dataset, datasetName, createdAt, spec } = row;
  return {
    ...{ id, name, factor: spec.factor, dataset, datasetName, createdAt, state },
    cells: spec.base.cells,
    seeds: spec.base.seeds,
    done: levelComparisons(store, id).filter((level) => level.state === 'done').length,
    levels: spec.levels.length,
  };
}

const isOver = (state: string) => ['done', 'stopped', 'failed'].includes(state);

/** Epochs done of all that are planned; what ended early, or could not be begun, counts as done. */
export function sweepProgress(
  store: Store,
  { id, spec, failures }: SweepRow,
  known: readonly LevelComparison[] = levelComparisons(store, id),
): SweepView['progress'] {
  const { cells, seeds, training } = spec.base;
  const aLevel = cells.length * seeds.length * training.epochs;
  const doneOf = (level: number): number => {
    const own = known.find((one) => one.level === level);
    if (!own) return failures[level] === undefined ? 0 : aLevel;
    if (isOver(own.state)) return aLevel;
    return runStates(store, own.comparison).reduce(
      (sum, { state, epochs }) => sum + (isOver(state) ? training.epochs : Math.min(epochs, training.epochs)),
      0,
    );
  };
  return {
    done: spec.levels.reduce<number>((sum, _, level) => sum + doneOf(level), 0),
    total: aLevel * spec.levels.length,
  };
}

/**
 * Seconds to go: of the level at hand as its own epochs say, of those to come by what epochs of the same cell took at the levels
 * that have been tested. null while there is too little to tell by.
 */
function secondsLeft(
  { store, comparisons }: SweepSources,
  { spec, failures }: SweepRow,
  known: readonly LevelComparison[],
): number | null {
  if (known.length === 0) return null;
  const classes = comparisonRow(store, known[0].comparison).classes.length;
  const current = known.find(({ comparison }) => comparisons.isAtWork(comparison));
  const now = current ? comparisons.secondsLeft(current.comparison) : 0;
  const summaries = known.flatMap(({ comparison }) => comparisons.results(comparison).summary);
  const { seeds, training } = spec.base;
  let total = now;
  for (const [level, value] of spec.levels.entries()) {
    if (total === null) return null;
    if (known.some((one) => one.level === level) || failures[level] !== undefined) continue;
    const settings = settingsOf(spec, value);
    for (const { cell, parameters } of sizeModels(settings, featureSize(settings.features), classes)) {
      const seen = summaries
        .filter((row) => row.cell === cell)
        .map((row) => ({ parameters: row.parameters, seconds: row.epochSeconds }));
      const seconds: number | null = epochSecondsOf(seen, parameters);
      total = seconds === null || total === null ? null : total + seconds * training.epochs * seeds.length;
    }
  }
  return total;
}
