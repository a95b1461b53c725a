import type { RecurrentCell } from '../../domain/model-spec.ts';
import type { State } from './cell.ts';
import {
  asColumn,
  outer,
  plus,
  product,
  replaced,
  transposedProduct,
  zeros,
  type Matrix,
  type Vector,
} from './matrix.ts';
import { gradientsOf, LAYER_PARAMETERS, stepsBack, stepsThrough, type Step, type StepBack } from './sequence.ts';

/** The layer's own, and those of a linear read-out of one value: W_out [1, H], b_out [1, 1]. */
export const PARAMETERS = [...LAYER_PARAMETERS, 'weightOut', 'biasOut'] as const;
export type Parameter = (typeof PARAMETERS)[number];
export type Parameters = Readonly<Record<Parameter, Matrix>>;

/** A network that reads a sequence and shall then say one number. */
export interface Task {
  cell: RecurrentCell;
  parameters: Parameters;
  /** [T][D] */
  inputs: readonly Vector[];
  initial: State;
  target: number;
}

export interface Forward {
  steps: readonly Step[];
  /** W_out h_T + b_out */
  y: number;
  /** (y - target)² */
  loss: number;
}

export interface Backward {
  dy: number;
  /** dh_T as the read-out gives it, [H]. */
  dLast: Vector;
  /** [T], by step as forward. */
  steps: readonly StepBack[];
  /** dL/dw of every parameter. */
  gradients: Parameters;
}

export function forward({ cell, parameters, inputs, initial, target }: Task): Forward {
  const steps = stepsThrough(cell, parameters, inputs, initial);
  const [y] = plus(product(parameters.weightOut, steps.at(-1)!.after.h), parameters.biasOut.values);
  return { steps, y, loss: (y - target) ** 2 };
}

export function backward({ cell, parameters, initial, target }: Task, { steps, y }: Forward): Backward {
  const dy = 2 * (y - target);
  const last = steps.at(-1)!.after;
  const dLast = transposedProduct(parameters.weightOut, [dy]);
  const nothing = zeros(last.h.length);
  const back = stepsBack(
    cell,
    parameters,
    steps,
    steps.map(() => nothing),
    { h: dLast, c: zeros(initial.c.length) },
  );
  return {
    ...{ dy, dLast, steps: back },
    gradients: { ...gradientsOf(back), weightOut: outer([dy], last.h), biasOut: asColumn([dy]) },
  };
}

/** The loss with one weight put in place of another. */
export function lossWith(task: Task, parameter: Parameter, index: number, weight: number): number {
  const changed = replaced(task.parameters[parameter], index, weight);
  return forward({ ...task, parameters: { ...task.parameters, [parameter]: changed } }).loss;
}

/** A gradient by the loss on both sides of a weight, (L(w + e) - L(w - e)) / 2e. */
export function centralDifference(task: Task, parameter: Parameter, index: number, e: number) {
  const weight = task.parameters[parameter].values[index];
  const above = lossWith(task, parameter, index, weight + e);
  const below = lossWith(task, parameter, index, weight - e);
  return { above, below, gradient: (above - below) / (2 * e) };
}

/** |a - b| over the larger of the two; 0 where both are 0. */
export function relativeDifference(a: number, b: number): number {
  const larger = Math.max(Math.abs(a), Math.abs(b));
  return larger === 0 ? 0 : Math.abs(a - b) / larger;
}
