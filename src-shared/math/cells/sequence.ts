import type { RecurrentCell } from '../../domain/model-spec.ts';
import type { CellMath, State, Values } from './cell.ts';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';
import { addMatrices, asColumn, outer, plus, product, transposedProduct, type Matrix, type Vector } from './matrix.ts';
import { rnn } from './rnn.ts';

export const CELL_MATH: Record<RecurrentCell, CellMath> = { rnn, lstm, gru };

export const LAYER_PARAMETERS = ['weightIh', 'weightHh', 'biasIh', 'biasHh'] as const;
export type LayerParameter = (typeof LAYER_PARAMETERS)[number];

/** One layer in one direction: W_ih [G H, D], W_hh [G H, H], b_ih and b_hh [G H, 1]. */
export type LayerWeights = Readonly<Record<LayerParameter, Matrix>>;

/** A step as it was taken. */
export interface Step {
  /** [D] */
  x: Vector;
  before: State;
  values: Values;
  after: State;
}

/** A step on the way back. Its states are the gradients dh, dc. */
export interface StepBack {
  after: State;
  values: Values;
  before: State;
  /** [D] */
  dx: Vector;
  /** What this step gives to the gradient of each parameter. */
  contributions: LayerWeights;
}

/** The layer over a sequence. @param inputs [T][D] @returns [T] */
export function stepsThrough(cell: RecurrentCell, weights: LayerWeights, inputs: readonly Vector[], initial: State) {
  const steps: Step[] = [];
  let before = initial;
  for (const x of inputs) {
    const sideX = plus(product(weights.weightIh, x), weights.biasIh.values);
    const sideH = plus(product(weights.weightHh, before.h), weights.biasHh.values);
    const step = { x, before, ...CELL_MATH[cell].forward(sideX, sideH, before) };
    steps.push(step);
    before = step.after;
  }
  return steps;
}

/**
 * Backpropagation through time ("The way back of a layer" in docs/cells/README.md).
 * @param dOutputs [T][H], what each h_t is given by all but the next step
 * @param dLast what is given to the state after the last step beside that
 * @returns [T], by step as forward
 */
export function stepsBack(
  cell: RecurrentCell,
  weights: LayerWeights,
  steps: readonly Step[],
  dOutputs: readonly Vector[],
  dLast: State,
): StepBack[] {
  const back: StepBack[] = [];
  let given = dLast;
  for (let t = steps.length - 1; t >= 0; t--) {
    const { x, values, before } = steps[t];
    const after = { h: plus(given.h, dOutputs[t]), c: given.c };
    const { dax, dah, direct, dcBefore, ...rest } = CELL_MATH[cell].back(values, before, after);
    given = { h: plus(direct, transposedProduct(weights.weightHh, dah)), c: dcBefore };
    back[t] = {
      ...{ after, values: rest.values, before: given },
      dx: transposedProduct(weights.weightIh, dax),
      contributions: {
        weightIh: outer(dax, x),
        weightHh: outer(dah, before.h),
        biasIh: asColumn(dax),
        biasHh: asColumn(dah),
      },
    };
  }
  return back;
}

/** The gradients of a layer's parameters: what all steps give, since the parameters are the same in each. */
export function gradientsOf(back: readonly StepBack[]): LayerWeights {
  const sum = (parameter: LayerParameter) =>
    back.map(({ contributions }) => contributions[parameter]).reduce(addMatrices);
  return { weightIh: sum('weightIh'), weightHh: sum('weightHh'), biasIh: sum('biasIh'), biasHh: sum('biasHh') };
}
