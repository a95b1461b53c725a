import { outer, rowsOf, type Matrix, type Vector } from '#shared/math/cells/matrix.ts';
import type { Backward, Forward, Task } from '#shared/math/cells/network.ts';
import { CELL_MATH } from '#shared/math/cells/sequence.ts';
import type { Moment } from './moments.ts';

/** What the names of the equations stand for. */
export type Environment = Readonly<Record<string, Vector | Matrix>>;

export const isMatrix = (value: Vector | Matrix): value is Matrix => 'rows' in value;

export function environmentAt(moment: Moment, task: Task, run: Forward, back: Backward): Environment {
  return { ...weightsOf(task), ...PHASES[moment.phase](moment.t - 1, task, run, back) };
}

/** W_ih and so on, and of each gate its own rows: W_ii, W_if, ... */
function weightsOf({ cell, parameters }: Task): Environment {
  const { weightIh, weightHh, biasIh, biasHh, weightOut, biasOut } = parameters;
  const hidden = weightHh.columns;
  const ofGates = CELL_MATH[cell].gates.flatMap((gate, index): [string, Vector | Matrix][] => {
    const rows = (of: Matrix) => rowsOf(of, index * hidden, hidden);
    return [
      [`W_i${gate}`, rows(weightIh)],
      [`W_h${gate}`, rows(weightHh)],
      [`b_i${gate}`, rows(biasIh).values],
      [`b_h${gate}`, rows(biasHh).values],
    ];
  });
  return {
    ...Object.fromEntries(ofGates),
    ...{ W_ih: weightIh, W_hh: weightHh, b_ih: biasIh.values, b_hh: biasHh.values },
    ...{ W_out: weightOut, b_out: biasOut.values },
  };
}

type Phase = (index: number, task: Task, run: Forward, back: Backward) => Environment;

const forwardAt: Phase = (index, _, run) => {
  const { x, before, values } = run.steps[index];
  return { x_t: x, 'h_(t-1)': before.h, 'c_(t-1)': before.c, ...values };
};

const PHASES: Record<Moment['phase'], Phase> = {
  forward: forwardAt,
  loss(_index, { target }, { steps, y, loss }, { dy, dLast }) {
    const last = steps.at(-1)!.after.h;
    return {
      ...{ h_T: last, y: [y], target: [target], L: [loss] },
      ...{ dy: [dy], dW_out: outer([dy], last), db_out: [dy], dh_T: dLast },
    };
  },
  back(index, task, run, back) {
    const { after, values, before, dx, contributions } = back.steps[index];
    return {
      ...forwardAt(index, task, run, back),
      ...{ dh_t: after.h, dc_t: after.c, ...values, 'dh_(t-1)': before.h, 'dc_(t-1)': before.c, dx_t: dx },
      ...{ dW_ih: contributions.weightIh, dW_hh: contributions.weightHh },
      ...{ db_ih: contributions.biasIh.values, db_hh: contributions.biasHh.values },
    };
  },
};
