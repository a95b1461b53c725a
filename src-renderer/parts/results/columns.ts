import type { CellSummary } from '#shared/domain/comparison.ts';
import type { RunView } from '#shared/domain/run.ts';
import { count, duration, memory, significant } from '../format.ts';
import { accuracy, milliseconds } from './numbers.ts';

/** What a row of the result table is about: a cell over its seeds, or one run. */
export type ResultRow = Pick<
  CellSummary,
  | 'cell'
  | 'accuracy'
  | 'interval'
  | 'macroF1'
  | 'parameters'
  | 'hiddenSize'
  | 'epochSeconds'
  | 'inferenceMs'
  | 'peakMemoryMB'
  | 'bestEpoch'
  | 'testClips'
> & { runs: number };

/** A column of numbers: how it is written, which end is better (null: neither), and what it is. */
export interface Column {
  id: string;
  title: string;
  unit?: string;
  value: (row: ResultRow) => number;
  text: (row: ResultRow) => string;
  /** A smaller line under it. */
  beside?: (row: ResultRow) => string;
  better: 'high' | 'low' | null;
  explained: string;
}

/** Everything of the result table but name and accuracy, in order. */
export const RESULT_COLUMNS: readonly Column[] = [
  {
    id: 'macroF1',
    title: 'Macro F1',
    value: (row) => row.macroF1,
    text: (row) => accuracy(row.macroF1),
    better: 'high',
    explained: 'Mean over the classes of F1, the harmonic mean of precision and recall',
  },
  {
    id: 'parameters',
    title: 'Parameters',
    value: (row) => row.parameters,
    text: (row) => count(row.parameters),
    beside: (row) => `${count(row.hiddenSize)} units`,
    better: 'low',
    explained: 'Trainable values, as PyTorch counts them, and values in the hidden state',
  },
  {
    id: 'epochSeconds',
    title: 'Epoch',
    unit: 'time',
    value: (row) => row.epochSeconds,
    text: (row) => duration(row.epochSeconds),
    better: 'low',
    explained: 'Median time of one epoch of training',
  },
  {
    id: 'inference',
    title: 'Inference',
    unit: 'p50 / p95',
    value: (row) => row.inferenceMs.p50,
    text: (row) => `${significant(row.inferenceMs.p50)} / ${milliseconds(row.inferenceMs.p95)}`,
    better: 'low',
    explained:
      'Time for one clip, features not counted: half of the clips take at most the first, 95 of 100 the second',
  },
  {
    id: 'memory',
    title: 'Memory',
    unit: 'peak',
    value: (row) => row.peakMemoryMB,
    text: (row) => memory(row.peakMemoryMB),
    better: 'low',
    explained: "Largest resident memory of the run's own process",
  },
  {
    id: 'bestEpoch',
    title: 'Best epoch',
    value: (row) => row.bestEpoch,
    text: (row) => (Number.isInteger(row.bestEpoch) ? count(row.bestEpoch) : row.bestEpoch.toFixed(1)),
    better: null,
    explained: 'Epoch whose weights were kept and tested (mean over seeds)',
  },
];

export const ACCURACY_COLUMN: Column = {
  id: 'accuracy',
  title: 'Test accuracy',
  value: (row) => row.accuracy,
  text: (row) => accuracy(row.accuracy),
  better: 'high',
  explained: 'Share of the test clips that were named rightly',
};

/** Rows that are best in a column as it is written: equal texts share the mark; none when all are equal. */
export function bestRows(rows: readonly ResultRow[], column: Column): ReadonlySet<ResultRow> {
  if (column.better === null || rows.length < 2) return new Set();
  const values = rows.map(column.value);
  const best = rows[values.indexOf(column.better === 'high' ? Math.max(...values) : Math.min(...values))];
  const found = rows.filter((row) => column.text(row) === column.text(best));
  return new Set(found.length === rows.length ? [] : found);
}

/** A finished run as a row of its own; null before it has been tested. */
export function runRow(run: RunView): ResultRow | null {
  const { result } = run;
  return (
    result && {
      cell: run.cell,
      runs: 1,
      accuracy: result.testAccuracy,
      interval: result.interval,
      macroF1: result.macroF1,
      parameters: run.parameters,
      hiddenSize: run.model.hiddenSize,
      epochSeconds: result.epochSeconds,
      inferenceMs: result.inferenceMs,
      peakMemoryMB: result.peakMemoryMB,
      bestEpoch: result.bestEpoch,
      testClips: result.testClips,
    }
  );
}
