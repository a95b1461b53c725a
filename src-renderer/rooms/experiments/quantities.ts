import type { CellSummary } from '#shared/domain/comparison.ts';
import { count, duration, memory } from '../../parts/format.ts';
import { accuracy, milliseconds } from '../../parts/results/numbers.ts';

/** Something measured of each network, as charts and tables of the room write it. */
export interface Quantity {
  id: 'accuracy' | 'macroF1' | 'parameters' | 'epochSeconds' | 'inference' | 'memory';
  name: string;
  /** With its unit, beside an axis and above a column. */
  title: string;
  /** A share from 0 to 1, written in per cent; else an amount. */
  share: boolean;
  value: (row: CellSummary) => number;
  /** In full. */
  words: (value: number) => string;
  /** On an axis, without the unit. */
  tick: (value: number) => string;
}

const plain = (value: number) => String(Number(value.toPrecision(3)));
const hundredths = (share: number) => String(Number((share * 100).toFixed(1)));

export const QUANTITIES: readonly Quantity[] = [
  {
    ...{ id: 'accuracy', name: 'Accuracy', title: 'Test accuracy (%)', share: true },
    ...{ value: (row) => row.accuracy, words: accuracy, tick: hundredths },
  },
  {
    ...{ id: 'macroF1', name: 'Macro F1', title: 'Macro F1 (%)', share: true },
    ...{ value: (row) => row.macroF1, words: accuracy, tick: hundredths },
  },
  {
    ...{ id: 'parameters', name: 'Parameters', title: 'Parameters', share: false },
    ...{ value: (row) => row.parameters, words: count, tick: count },
  },
  {
    ...{ id: 'epochSeconds', name: 'Epoch', title: 'Time of an epoch, median (s)', share: false },
    ...{ value: (row) => row.epochSeconds, words: duration, tick: plain },
  },
  {
    ...{ id: 'inference', name: 'Inference', title: 'Inference of a clip, p50 (ms)', share: false },
    ...{ value: (row) => row.inferenceMs.p50, words: milliseconds, tick: plain },
  },
  {
    ...{ id: 'memory', name: 'Memory', title: 'Peak memory (MiB)', share: false },
    ...{ value: (row) => row.peakMemoryMB, words: memory, tick: count },
  },
];

export const quantityOf = (id: Quantity['id']): Quantity => QUANTITIES.find((one) => one.id === id)!;
