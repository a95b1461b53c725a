import { CELL_MATH } from '#shared/math/cells/sequence.ts';
import type { Editable, Place, Settings } from './exercise.ts';
import type { Moment } from './moments.ts';

/** How what can be edited is called in the equations, and in words. */
export const NAMES: Record<Editable, { symbol: string; words: string }> = {
  x: { symbol: 'x', words: 'inputs' },
  h0: { symbol: 'h_0', words: 'first hidden state' },
  c0: { symbol: 'c_0', words: 'first cell state' },
  target: { symbol: 'target', words: 'what should be read out' },
  weightIh: { symbol: 'W_ih', words: 'from the input' },
  weightHh: { symbol: 'W_hh', words: 'from the state' },
  biasIh: { symbol: 'b_ih', words: 'with the input' },
  biasHh: { symbol: 'b_hh', words: 'with the state' },
  weightOut: { symbol: 'W_out', words: 'read-out' },
  biasOut: { symbol: 'b_out', words: 'read-out' },
};

const GATED: ReadonlySet<Editable> = new Set(['weightIh', 'weightHh', 'biasIh', 'biasHh']);

/** What a row stands for: a unit, of a gate where there are several, or a step. */
export function rowName(
  { cell, hiddenSize }: Pick<Settings, 'cell' | 'hiddenSize'>,
  name: Editable,
  row: number,
): string {
  if (name === 'x') return `t = ${row + 1}`;
  if (!GATED.has(name)) return String(row + 1);
  return `${CELL_MATH[cell].gates[Math.floor(row / hiddenSize)]}${(row % hiddenSize) + 1}`;
}

/** What the name of a gradient in the equations is the gradient of. */
export const gradientOf = (name: string): Editable | undefined =>
  EDITABLE.find((one) => name === `d${NAMES[one].symbol}`);

const EDITABLE = Object.keys(NAMES) as Editable[];

/** One number by name: "W_ih, row f2, column 1". */
export function placeName(settings: Settings, { name, row, column }: Place): string {
  return `${NAMES[name].symbol}, row ${rowName(settings, name, row)}, column ${column + 1}`;
}

const PHASES: Record<Moment['phase'], (t: number) => string> = {
  forward: (t) => `Forward, t = ${t}`,
  loss: () => 'Loss',
  back: (t) => `Back, t = ${t}`,
};

export const momentName = ({ phase, t }: Moment): string => PHASES[phase](t);
