import type { Tensors } from '#main/models/safetensors.ts';
import type { RecurrentCell } from '#shared/domain/model-spec.ts';

/*
 * The three cells straight from the equations of docs/cells, in double precision, loop by loop: what a trace must equal.
 */

type Signals = Record<string, Float64Array[]>;

const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

/** One direction of one layer. @param x [frames][D] @returns each [frames][H], by frame whatever the direction */
function plainLayer(
  cell: RecurrentCell,
  x: Float64Array[],
  weights: Tensors,
  place: string,
  reverse: boolean,
): Signals {
  const name = (kind: string) => weights.get(`rnn.${kind}_${place}${reverse ? '_reverse' : ''}`)!;
  const hiddenSize = name('weight_hh').shape[1];
  const product = (kind: string, row: number, v: Float64Array) => {
    const { values } = name(kind);
    return v.reduce((sum, value, column) => sum + values[row * v.length + column] * value, 0);
  };
  const fromX = (gate: number, unit: number, v: Float64Array) =>
    product('weight_ih', gate * hiddenSize + unit, v) + name('bias_ih').values[gate * hiddenSize + unit];
  const fromH = (gate: number, unit: number, v: Float64Array) =>
    product('weight_hh', gate * hiddenSize + unit, v) + name('bias_hh').values[gate * hiddenSize + unit];
  const units = (of: (unit: number) => number) => Float64Array.from({ length: hiddenSize }, (_, unit) => of(unit));

  let h = new Float64Array(hiddenSize);
  let c = new Float64Array(hiddenSize);
  const steps: Record<RecurrentCell, (v: Float64Array) => Record<string, Float64Array>> = {
    rnn: (v) => ({ hidden: units((u) => Math.tanh(fromX(0, u, v) + fromH(0, u, h))) }),
    lstm(v) {
      const gate = (g: number) => (u: number) => sigmoid(fromX(g, u, v) + fromH(g, u, h));
      const [input, forget, output] = [0, 1, 3].map((g) => units(gate(g)));
      const candidate = units((u) => Math.tanh(fromX(2, u, v) + fromH(2, u, h)));
      const cellState = units((u) => forget[u] * c[u] + input[u] * candidate[u]);
      c = cellState;
      return { input, forget, candidate, output, cell: cellState, hidden: units((u) => output[u] * Math.tanh(c[u])) };
    },
    gru(v) {
      const [reset, update] = [0, 1].map((g) => units((u) => sigmoid(fromX(g, u, v) + fromH(g, u, h))));
      const candidate = units((u) => Math.tanh(fromX(2, u, v) + reset[u] * fromH(2, u, h)));
      return { reset, update, candidate, hidden: units((u) => (1 - update[u]) * candidate[u] + update[u] * h[u]) };
    },
  };
  const seen: Signals = {};
  const order = [...x.keys()];
  for (const t of reverse ? order.toReversed() : order) {
    const values = steps[cell](x[t]);
    h = values['hidden'] as Float64Array<ArrayBuffer>;
    for (const [id, value] of Object.entries(values)) (seen[id] ??= [])[t] = value;
  }
  return seen;
}

/** A stack of layers, each in one or both directions. @returns the signals by `<layer>` or `<layer> reverse` */
export function plainStack(
  cell: RecurrentCell,
  x: Float64Array[],
  weights: Tensors,
  layers: number,
  bidirectional: boolean,
): Map<string, Signals> {
  const all = new Map<string, Signals>();
  let input = x;
  for (let layer = 0; layer < layers; layer++) {
    const both = (bidirectional ? [false, true] : [false]).map((reverse) => {
      const signals = plainLayer(cell, input, weights, `l${layer}`, reverse);
      all.set(`${layer}${reverse ? ' reverse' : ''}`, signals);
      return signals['hidden'];
    });
    input = input.map((_, t) => Float64Array.from(both.flatMap((hidden) => [...hidden[t]])));
  }
  return all;
}
