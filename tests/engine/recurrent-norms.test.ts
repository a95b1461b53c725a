import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { composedLayer } from '#main/engine/composed.ts';
import { GATES, recurrentLayer } from '#main/engine/recurrent.ts';
import type { RecurrentCell, RecurrentOptions, RecurrentWeights } from '#main/engine/types.ts';
import { relativeError } from '../support/shared.ts';
import { describeBackends } from './backends-here.ts';
import { reference } from './normed-reference.ts';
import { values } from './two-forms.ts';

const cells = ['rnn', 'lstm', 'gru'] as const;

/** Tensors of a layer by name, in the order and with the seeds of normed-reference.ts. */
function tensorsOf(cell: RecurrentCell, batch: number, time: number, inputSize: number, hidden: number) {
  const rows = GATES[cell] * hidden;
  const shapes: [name: string, shape: number[]][] = [
    ...[['x', [batch, time, inputSize]] as const, ['weightIh', [rows, inputSize]] as const],
    ...[['weightHh', [rows, hidden]] as const, ['biasIh', [rows]] as const, ['biasHh', [rows]] as const],
    ...[['normIh', [rows]] as const, ['normHh', [rows]] as const],
    ...[['normC', [hidden]] as const, ['normCBias', [hidden]] as const],
    ...[['h0', [batch, hidden]] as const, ['c0', [batch, hidden]] as const],
  ].map(([name, shape]) => [name, [...shape]]);
  const all = shapes.map(([name, shape], i) => [name, values(shape, i + 1)] as const);
  return Object.fromEntries(all.filter(([name]) => cell === 'lstm' || !/^normC|c0/.test(name)));
}

function run(
  layer: typeof recurrentLayer,
  cell: RecurrentCell,
  named: Record<string, tf.Tensor>,
  options: RecurrentOptions,
) {
  const { x, weightIh, weightHh, biasIh, biasHh, normIh, normHh, normC, normCBias, h0, c0 } = named;
  const norms = { normIh, normHh, ...(cell === 'lstm' && { normC, normCBias }) };
  const weights: RecurrentWeights = { weightIh, weightHh, biasIh, biasHh, norms };
  const initial = { h0: h0 as tf.Tensor2D, ...(cell === 'lstm' && { c0: c0 as tf.Tensor2D }) };
  return layer(cell, x as tf.Tensor3D, weights, { ...options, initial });
}

/** Mean 0 and variance 1 (but for eps) of numbers, then gain and shift of each. */
function normed(numbers: number[], gain: ArrayLike<number>, shift: ArrayLike<number>, from = 0): number[] {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
  return numbers.map((value, i) => ((value - mean) / Math.sqrt(variance + 1e-5)) * gain[from + i] + shift[from + i]);
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

/** One frame of one sequence in plain double precision, from the equations alone. */
function frame(
  cell: RecurrentCell,
  named: Record<string, ArrayLike<number>>,
  x: number[],
  h: number[],
  c: number[],
  masked: number[],
) {
  const H = h.length;
  const side = (weight: ArrayLike<number>, from: number[], gain: ArrayLike<number>, bias: ArrayLike<number>) => {
    const product = Array.from({ length: GATES[cell] * H }, (_, row) =>
      from.reduce((sum, value, k) => sum + weight[row * from.length + k] * value, 0),
    );
    const cut = cell === 'gru' ? 2 * H : product.length;
    return [...normed(product.slice(0, cut), gain, bias), ...normed(product.slice(cut), gain, bias, cut)];
  };
  const a = side(named['weightIh'], x, named['normIh'], named['biasIh']);
  const r = side(named['weightHh'], masked, named['normHh'], named['biasHh']);
  const gate = (number: number, unit: number) => a[number * H + unit] + r[number * H + unit];
  if (cell === 'rnn') return { h: h.map((_, u) => Math.tanh(gate(0, u))), c };
  if (cell === 'gru')
    return {
      h: h.map((before, u) => {
        const z = sigmoid(gate(1, u));
        return (1 - z) * Math.tanh(a[2 * H + u] + sigmoid(gate(0, u)) * r[2 * H + u]) + z * before;
      }),
      c,
    };
  const cNew = c.map((before, u) => sigmoid(gate(1, u)) * before + sigmoid(gate(0, u)) * Math.tanh(gate(2, u)));
  const shown = normed(cNew, named['normC'], named['normCBias']);
  return { h: shown.map((value, u) => sigmoid(gate(3, u)) * Math.tanh(value)), c: cNew };
}

describeBackends('layer normalisation in the cell', () => {
  it.each(cells)('%s has PyTorch’s values and gradients', (cell) => {
    const named = tensorsOf(cell, 2, 3, 2, 3);
    const names = Object.keys(named);
    const found: Record<string, tf.Tensor> = {};
    const loss = (...tensors: tf.Tensor[]) => {
      const own = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
      const result = run(recurrentLayer, cell, own, { lengths: null });
      const weighed = (['output', 'hN', 'cN'] as const).flatMap((name, i) => {
        const tensor = result[name];
        if (!tensor) return [];
        found[name] = tf.keep(tensor.clone());
        return [tf.sum(tf.mul(tensor, values(tensor.shape, 12 + i)))];
      });
      return weighed.reduce((sum, part) => tf.add(sum, part)) as tf.Scalar;
    };
    const { value, grads } = tf.valueAndGrads(loss)(Object.values(named));
    found['loss'] = value;
    names.forEach((name, i) => (found[`d${name[0].toUpperCase()}${name.slice(1)}`] = grads[i]));
    expect(Object.keys(found).sort()).toEqual(Object.keys(reference[cell]).sort());
    for (const [name, tensor] of Object.entries(found))
      expect(relativeError(tensor.dataSync(), reference[cell][name]), name).toBeLessThan(2e-5);
  });

  describe.each(cells)('%s, frame by frame in double precision', (cell) => {
    it.each([
      [false, false],
      [true, true],
    ])('is the same, reversed: %s, masked: %s', (reverse, masked) => {
      const [batch, time, inputSize, H] = [3, 5, 4, 7];
      const named = tensorsOf(cell, batch, time, inputSize, H);
      const lengths = Int32Array.of(5, 2, 4);
      const hiddenMask = masked ? Float32Array.from({ length: batch * H }, (_, i) => (i % 3 ? 1.5 : 0)) : null;
      const numbers = Object.fromEntries(Object.entries(named).map(([name, tensor]) => [name, tensor.dataSync()]));
      const row = (values: ArrayLike<number>, at: number, size: number) =>
        Array.from(values).slice(at * size, (at + 1) * size);
      const wanted = { output: new Float32Array(batch * time * H), hN: [] as number[], cN: [] as number[] };
      lengths.forEach((length, b) => {
        let state = { h: row(numbers['h0'], b, H), c: cell === 'lstm' ? row(numbers['c0'], b, H) : [] };
        const order = Array.from({ length }, (_, t) => t);
        for (const t of reverse ? order.toReversed() : order) {
          const seen = hiddenMask ? state.h.map((value, u) => value * hiddenMask[b * H + u]) : state.h;
          state = frame(cell, numbers, row(numbers['x'], b * time + t, inputSize), state.h, state.c, seen);
          wanted.output.set(state.h, (b * time + t) * H);
        }
        wanted.hN.push(...state.h);
        wanted.cN.push(...state.c);
      });
      for (const layer of [recurrentLayer, composedLayer]) {
        const { output, hN, cN } = run(layer, cell, named, { lengths, reverse, hiddenMask });
        expect(relativeError(output.dataSync(), wanted.output), 'output').toBeLessThan(2e-5);
        expect(relativeError(hN.dataSync(), wanted.hN), 'hN').toBeLessThan(2e-5);
        if (cN) expect(relativeError(cN.dataSync(), wanted.cN), 'cN').toBeLessThan(2e-5);
      }
    });
  });

  it('knows which gains a cell has', () => {
    const lstm = tensorsOf('lstm', 2, 3, 2, 3);
    const without = { ...lstm, normC: undefined } as unknown as Record<string, tf.Tensor>;
    expect(() => run(recurrentLayer, 'lstm', without, { lengths: null })).toThrow(/normC is missing/);
    const { normC, normCBias, ...gru } = { ...lstm, ...tensorsOf('gru', 2, 3, 2, 3) };
    const { x, normIh, normHh, ...weights } = gru;
    const all = { ...weights, norms: { normIh, normHh, normC, normCBias } } as unknown as RecurrentWeights;
    expect(() => recurrentLayer('gru', x as tf.Tensor3D, all, { lengths: null })).toThrow(/normC is given/);
  });
});
