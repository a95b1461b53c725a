import type { CellSummary } from '#shared/domain/comparison.ts';
import type { Cell } from '#shared/domain/model-spec.ts';

/** A row of a result table; what a test does not care for is plain. */
export const madeSummary = (cell: Cell, changes: Partial<CellSummary> = {}): CellSummary => ({
  ...{ cell, runs: 1, hiddenSize: 128, parameters: 10_000, testClips: 300, accuracy: 0.9, interval: [0.86, 0.93] },
  ...{ intervalMethod: 'Wilson, over 300 clips', seedDeviation: null, macroF1: 0.9, epochSeconds: 1 },
  ...{ inferenceMs: { p50: 0.5, p95: 1 }, peakMemoryMB: 200, bestEpoch: 7 },
  ...changes,
});
