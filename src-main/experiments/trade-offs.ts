import { describeSplit } from '#shared/domain/split.ts';
import type { TradeOff } from '#shared/domain/sweep.ts';
import type { TestedComparison } from './tested.ts';

/** What networks cost and what they give for it: one entry for each cell of each comparison. */
export function tradeOffsOf(tested: readonly TestedComparison[]): TradeOff[] {
  return tested.flatMap(({ row: { id, name, sweep, spec }, results }) =>
    results.summary.map((summary) => ({
      ...summary,
      ...{ comparison: id, name, sweep: sweep?.id ?? null, level: sweep?.level ?? null },
      splitWords: describeSplit(spec.split),
      layers: spec.model.numLayers,
      bidirectional: spec.model.bidirectional && summary.cell !== 'dnn',
    })),
  );
}
