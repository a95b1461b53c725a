import { CELLS, type Cell } from '#shared/domain/model-spec.ts';
import type { PredictionView } from '#shared/domain/run.ts';

/** What the runs of one cell said of a clip, taken together. */
export interface Opinion {
  cell: Cell;
  runs: readonly PredictionView[];
  /** Class with the highest mean probability, and that. */
  label: string;
  probability: number;
  /** Mean probability over the runs, by class. */
  mean: ReadonlyMap<string, number>;
  /** Each run's probability, by class. */
  each: ReadonlyMap<string, readonly number[]>;
}

/** Predictions by cell, in the cells' order; seeds averaged. */
export function opinions(predictions: readonly PredictionView[]): Opinion[] {
  return CELLS.flatMap((cell) => {
    const runs = predictions.filter((prediction) => prediction.cell === cell);
    if (runs.length === 0) return [];
    const each = new Map<string, number[]>();
    for (const run of runs)
      for (const { label, probability } of run.probabilities)
        each.set(label, [...(each.get(label) ?? []), probability]);
    const mean = new Map([...each].map(([label, all]) => [label, all.reduce((sum, p) => sum + p, 0) / runs.length]));
    const [label, probability] = [...mean].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['', -1]);
    return [{ cell, runs, label, probability, mean, each }];
  });
}

/** Classes worth a row: the truth, then by the highest mean any network gives them; at most `limit`. */
export function rankClasses(all: readonly Opinion[], truth: string, limit: number): string[] {
  const highest = new Map<string, number>();
  for (const { mean } of all) for (const [label, p] of mean) highest.set(label, Math.max(highest.get(label) ?? 0, p));
  const others = [...highest].filter(([label]) => label !== truth).sort((a, b) => b[1] - a[1]);
  return [truth, ...others.map(([label]) => label)].slice(0, limit);
}
