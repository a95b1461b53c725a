import { STATES, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { matrix, type Matrix } from '#shared/math/cells/matrix.ts';
import { PARAMETERS, type Parameter, type Task } from '#shared/math/cells/network.ts';
import { CELL_MATH } from '#shared/math/cells/sequence.ts';
import { Random } from '#shared/math/random.ts';

/** What a network is made from. */
export interface Settings {
  cell: RecurrentCell;
  inputSize: number;
  hiddenSize: number;
  steps: number;
  /** Of the weights. */
  seed: number;
}

/** How large a network may be that is still looked at number by number. */
export const LIMITS = {
  inputSize: { min: 1, max: 4 },
  hiddenSize: { min: 1, max: 4 },
  steps: { min: 2, max: 6 },
} as const satisfies Partial<Record<keyof Settings, { min: number; max: number }>>;

/** What is fed to it. */
export const DATA = ['x', 'h0', 'c0', 'target'] as const;
export type Editable = Parameter | (typeof DATA)[number];

/** All numbers that can be edited: x [T, D], h0 and c0 [H, 1] (c0 without rows where there is none), target [1, 1], the parameters. */
export type Exercise = Readonly<Record<Editable, Matrix>>;

export interface Place {
  name: Editable;
  row: number;
  column: number;
}

/** Numbers put in place of those that were drawn, by `keyOf`. */
export type Edits = Readonly<Record<string, number>>;
export const keyOf = ({ name, row, column }: Place): string => `${name} ${row} ${column}`;

/** Of the edits those that still mean the same after a change of settings. */
export function keptEdits(edits: Edits, before: Settings, after: Settings): Edits {
  const sameWeights = (['cell', 'hiddenSize', 'seed'] as const).every((key) => before[key] === after[key]);
  const kept = (key: string) => sameWeights || !PARAMETERS.some((name) => key.startsWith(`${name} `));
  return Object.fromEntries(Object.entries(edits).filter(([key]) => kept(key)));
}

/** The numbers of a network, drawn by its settings, then edited. Inputs depend on nothing but their place: every cell gets the same. */
export function exerciseOf({ cell, inputSize, hiddenSize, steps, seed }: Settings, edits: Edits): Exercise {
  const rows = CELL_MATH[cell].gates.length * hiddenSize;
  const edited = (name: Editable, height: number, width: number, drawn: (row: number, column: number) => number) =>
    matrix(height, width, (row, column) => edits[keyOf({ name, row, column })] ?? drawn(row, column));
  // As PyTorch draws them, rounded to be read.
  const bound = 1 / Math.sqrt(hiddenSize);
  const weight = (name: Parameter, height: number, width: number) => {
    const random = new Random(seed, cell, name);
    return edited(name, height, width, () => rounded(random.between(-bound, bound), 2));
  };
  return {
    x: edited('x', steps, inputSize, (row, column) => rounded(new Random('x', row, column).between(-1, 1), 1)),
    h0: edited('h0', hiddenSize, 1, () => 0),
    c0: edited('c0', STATES[cell].includes('c0') ? hiddenSize : 0, 1, () => 0),
    target: edited('target', 1, 1, () => 0.5),
    weightIh: weight('weightIh', rows, inputSize),
    weightHh: weight('weightHh', rows, hiddenSize),
    biasIh: weight('biasIh', rows, 1),
    biasHh: weight('biasHh', rows, 1),
    weightOut: weight('weightOut', 1, hiddenSize),
    biasOut: weight('biasOut', 1, 1),
  };
}

export function taskOf(cell: RecurrentCell, { x, h0, c0, target, ...parameters }: Exercise): Task {
  const inputs = Array.from({ length: x.rows }, (_, t) => x.values.slice(t * x.columns, (t + 1) * x.columns));
  return { cell, parameters, inputs, initial: { h: h0.values, c: c0.values }, target: target.values[0] };
}

/** Without a zero that has a sign. */
const rounded = (value: number, decimals: number) => Number(value.toFixed(decimals)) + 0;
