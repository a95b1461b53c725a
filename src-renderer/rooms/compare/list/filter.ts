import type { ComparisonSummary } from '#shared/domain/comparison.ts';

/** Comparisons in whose name, tags or dataset all words occur; pinned ones first, then the newest. */
export function filterComparisons(list: readonly ComparisonSummary[], search: string): ComparisonSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return list
    .filter(({ name, tags, datasetName }) => {
      const text = [name, ...tags, datasetName].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.createdAt.localeCompare(a.createdAt) || b.id - a.id);
}
