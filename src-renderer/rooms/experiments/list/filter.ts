import { FACTORS } from '#shared/domain/factors.ts';
import type { SweepSummary } from '#shared/domain/sweep.ts';

/** Ablations in whose name, setting or dataset all words occur, the newest first. @param dataset null: of all datasets */
export function filterSweeps(
  sweeps: readonly SweepSummary[],
  search: string,
  dataset: number | null,
): readonly SweepSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return sweeps
    .filter((sweep) => {
      const text = [sweep.name, FACTORS[sweep.factor].name, sweep.datasetName].join(' ').toLowerCase();
      return (dataset === null || sweep.dataset === dataset) && words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id - a.id);
}
