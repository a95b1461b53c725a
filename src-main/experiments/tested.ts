import { setImmediate } from 'node:timers/promises';
import { comparisonsOf, type ComparisonRow } from '#main/lab/comparisons.ts';
import { datasetRow } from '#main/lab/datasets.ts';
import type { Store } from '#main/lab/store.ts';
import type { Results } from './results.ts';
import type { Comparisons } from './types.ts';

/** A comparison of which something has been tested. */
export interface TestedComparison {
  row: ComparisonRow;
  results: Results;
}

/**
 * The comparisons of a dataset that have been tested, the oldest first. What each came to is read once and kept; between two of them
 * whoever else waits is served, for a lab may hold hundreds.
 * @throws HarkError `not-found`
 */
export async function testedComparisons(
  { store, comparisons }: { store: Store; comparisons: Pick<Comparisons, 'results'> },
  dataset: number,
): Promise<TestedComparison[]> {
  datasetRow(store, dataset);
  const tested: TestedComparison[] = [];
  for (const row of comparisonsOf(store, dataset)) {
    await setImmediate();
    const results = comparisons.results(row.id);
    if (results.summary.length > 0) tested.push({ row, results });
  }
  return tested;
}
