import type { Vector } from './matrix.ts';

/** What is handed from step to step, each [H]; c is empty where a cell has none. Gradients of it have the same form. */
export interface State {
  h: Vector;
  c: Vector;
}

/** Values of a step by their names in docs/cells (`a_i`, `h_t`, `da_i`), each [H]. */
export type Values = Readonly<Record<string, Vector>>;

/** The arithmetic of one step, apart from the loop over time. All it knows of the weights is what they made of x_t and h_(t-1). */
export interface CellMath {
  /** Gates in the order of their rows in the weights, which is PyTorch's; G of them. */
  gates: readonly string[];
  /**
   * @param sideX W_ih x_t + b_ih, [G H]
   * @param sideH W_hh h_(t-1) + b_hh, [G H]
   */
  forward(sideX: Vector, sideH: Vector, before: State): { values: Values; after: State };
  /**
   * @param values what `forward` gave
   * @param after dh_t and dc_t: of all that the step's states go into
   */
  back(values: Values, before: State, after: State): CellBack;
}

export interface CellBack {
  values: Values;
  /** Gradients of the two sides, [G H]. */
  dax: Vector;
  dah: Vector;
  /** What of dh_(t-1) does not come through W_hh, [H]. */
  direct: Vector;
  /** dc_(t-1) */
  dcBefore: Vector;
}
