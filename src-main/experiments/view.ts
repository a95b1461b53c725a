import { changedLabels, clipEdits, type ComparisonRow } from '#main/lab/comparisons.ts';
import { epochRecords, runRows } from '#main/lab/runs.ts';
import type { Store } from '#main/lab/store.ts';
import type { ComparisonSummary, ComparisonView } from '#shared/domain/comparison.ts';
import type { RunView } from '#shared/domain/run.ts';
import { describeSplit } from '#shared/domain/split.ts';
import { mean } from '#shared/math/statistics.ts';
import type { Results } from './results.ts';
import type { Runner } from './runner.ts';

/** The runs of a comparison with their curves, and what is under way of them. */
export function runViews(store: Store, comparison: number, runner: Runner | null): RunView[] {
  return runRows(store, comparison).map((run) => ({
    ...run,
    epochs: epochRecords(store, run.id),
    progress: runner?.progressOf(run.id) ?? null,
  }));
}

/** All that the window shows of a comparison. */
export function comparisonView(
  store: Store,
  row: ComparisonRow,
  runs: RunView[],
  runner: Runner | null,
  results: Results,
): ComparisonView {
  const { id, name, tags, pinned, createdAt, state, error, spec, split, classes, backend, skipped, secondsSpent } = row;
  const { edited, changed } = clipEdits(store, id);
  return {
    ...{ id, name, tags, pinned, createdAt, state, error, spec, split, classes, backend, skipped, secondsSpent },
    dataset: { id: row.dataset, name: row.datasetName },
    splitWords: describeSplit(spec.split),
    preparing: runner?.preparing ?? null,
    secondsLeft: runner?.secondsLeft(runs) ?? null,
    runs,
    ...results,
    labelsChanged: changedLabels(store, id),
    ...{ clipsEdited: edited, editsChanged: changed },
  };
}

/** One line in the list of comparisons. */
export function comparisonSummary(store: Store, row: ComparisonRow): ComparisonSummary {
  const { id, name, tags, pinned, dataset, datasetName, createdAt, state, spec, sweep } = row;
  const tested = runRows(store, id).flatMap(({ cell, result }) =>
    result ? [{ cell, share: result.testAccuracy }] : [],
  );
  return {
    ...{ id, name, tags, pinned, dataset, datasetName, createdAt, state, sweep },
    cells: spec.cells,
    seeds: spec.seeds,
    splitWords: describeSplit(spec.split),
    accuracy: spec.cells.flatMap((cell) => {
      const shares = tested.filter((run) => run.cell === cell).map(({ share }) => share);
      return shares.length > 0 ? [{ cell, mean: mean(shares), runs: shares.length }] : [];
    }),
  };
}
