import type { ComparisonSummary } from '#shared/domain/comparison.ts';

/** The newest comparison with a network that can be looked into: of the dataset in use if there is one, else of any. */
export function newestTested(
  list: readonly ComparisonSummary[],
  dataset: number | null,
): ComparisonSummary | undefined {
  const tested = list.filter(({ accuracy }) => accuracy.length > 0).sort((a, b) => b.id - a.id);
  return tested.find((one) => one.dataset === dataset) ?? tested[0];
}
