import { csvOf } from '../../../parts/figure/csv.ts';
import type { Matrix, Vector } from '#shared/math/cells/matrix.ts';
import type { Worked } from './use-exercise.ts';

type Row = [phase: string, step: number | null, name: string, row: number, column: number, value: number];

/** Every number on the bench, one a row: weights, each step forward and back, the loss, and all gradients. */
export function numbersOf({ task, run, back }: Worked): string {
  const vector = (phase: string, step: number | null, name: string, values: Vector): Row[] =>
    [...values].map((value, row): Row => [phase, step, name, row, 0, value]);
  const matrix = (phase: string, name: string, { columns, values }: Matrix): Row[] =>
    [...values].map((value, index): Row => [
      ...([phase, null, name, Math.floor(index / columns), index % columns] as const),
      value,
    ]);
  const named = (phase: string, step: number, values: Readonly<Record<string, Vector>>): Row[] =>
    Object.entries(values).flatMap(([name, numbers]) => vector(phase, step, name, numbers));
  const rows = [
    ...Object.entries(task.parameters).flatMap(([name, values]) => matrix('weights', name, values)),
    ...run.steps.flatMap(({ x, values }, t) => [
      ...vector('forward', t + 1, 'x', x),
      ...named('forward', t + 1, values),
    ]),
    ...vector('loss', null, 'y', [run.y]),
    ...vector('loss', null, 'target', [task.target]),
    ...vector('loss', null, 'loss', [run.loss]),
    ...back.steps.flatMap(({ dx, values, after, before }, t) => [
      ...named('back', t + 1, Object.fromEntries(Object.entries(after).map(([name, one]) => [`d${name}_t`, one]))),
      ...named('back', t + 1, values),
      ...named('back', t + 1, Object.fromEntries(Object.entries(before).map(([name, one]) => [`d${name}_(t-1)`, one]))),
      ...vector('back', t + 1, 'dx', dx),
    ]),
    ...Object.entries(back.gradients).flatMap(([name, values]) => matrix('gradients', `d${name}`, values)),
  ];
  return csvOf(['phase', 'step', 'name', 'row', 'column', 'value'], rows);
}
