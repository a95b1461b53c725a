import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { composedLayer } from '#main/engine/composed.ts';
import { dropoutMask } from '#main/engine/dropout.ts';
import { GATES, recurrentLayer } from '#main/engine/recurrent.ts';
import { truncatedLayer } from '#main/engine/truncation.ts';
import type { RecurrentCell, RecurrentNorms, RecurrentOptions, RecurrentWeights } from '#main/engine/types.ts';
import { Random } from '#shared/math/random.ts';
import { backendsHere } from './backends-here.ts';

interface Setting {
  cell: RecurrentCell;
  batch: number;
  time: number;
  every: number;
  reverse: boolean;
  ragged: boolean;
  initial: boolean;
  masked: boolean;
  normed: boolean;
  seed: number;
}
const setting = fc.record<Setting>({
  cell: fc.constantFrom('rnn', 'lstm', 'gru'),
  batch: fc.integer({ min: 1, max: 7 }),
  time: fc.integer({ min: 1, max: 11 }),
  every: fc.integer({ min: 1, max: 12 }),
  reverse: fc.boolean(),
  ragged: fc.boolean(),
  initial: fc.boolean(),
  masked: fc.boolean(),
  normed: fc.boolean(),
  seed: fc.integer(),
});
const [INPUT, HIDDEN] = [3, 5];
const CASES = (['rnn', 'lstm', 'gru'] as const).flatMap((cell) => [[cell, false] as const, [cell, true] as const]);

type Layer = (
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  options: RecurrentOptions,
  every: number,
) => tf.Tensor3D;

const whole: Layer = (cell, x, weights, options) => recurrentLayer(cell, x, weights, options).output;

/** The same values, through which nothing flows back. */
const detach = (x: tf.Tensor): tf.Tensor2D =>
  tf.customGrad((...args) => ({
    value: (args[0] as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }))(x) as tf.Tensor2D;

/** One sequence after the other, one piece after the other, in ordinary operations. */
const readable: Layer = (cell, x, weights, { lengths, reverse = false, initial, hiddenMask }, every) => {
  const [batch, time] = x.shape;
  const sequences = Array.from({ length: batch }, (_, b) => {
    const length = lengths ? lengths[b] : time;
    const starts = Array.from({ length: Math.ceil(length / every) }, (_, piece) => piece * every);
    const row = (state: tf.Tensor2D) => tf.slice(state, [b, 0], [1, -1]);
    let state = initial && { h0: row(initial.h0), ...(initial.c0 && { c0: row(initial.c0) }) };
    const mask = hiddenMask?.slice(b * HIDDEN, (b + 1) * HIDDEN);
    const outputs: tf.Tensor3D[] = [];
    for (const start of reverse ? starts.toReversed() : starts) {
      const frames = tf.slice(x, [b, start, 0], [1, Math.min(every, length - start), -1]);
      const options = { lengths: null, reverse, initial: state, hiddenMask: mask };
      const { output, hN, cN } = composedLayer(cell, frames, weights, options);
      state = { h0: detach(hN), ...(cN && { c0: detach(cN) }) };
      outputs.push(output);
    }
    const beyond = tf.zeros<tf.Rank.R3>([1, time - length, HIDDEN]);
    return tf.concat3d([...(reverse ? outputs.toReversed() : outputs), ...(length < time ? [beyond] : [])], 1);
  });
  return tf.concat3d(sequences, 0);
};

function make(random: Random, scale: number, ...shape: number[]): tf.Tensor {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => scale * random.normal());
  return tf.tensor(values, shape);
}

/** Output, then the gradients of x, the weights and the initial states. */
function runThrough(layer: Layer, own: Setting) {
  const { cell, batch, time, every, reverse, ragged, initial, masked, normed, seed } = own;
  return tf.tidy(() => {
    const random = new Random(seed);
    const rows = GATES[cell] * HIDDEN;
    const norms = normed ? ['normIh', 'normHh', ...(cell === 'lstm' ? ['normC', 'normCBias'] : [])] : [];
    const inputs = [
      make(random, 1, batch, time, INPUT),
      ...[make(random, 0.5, rows, INPUT), make(random, 0.4, rows, HIDDEN)],
      ...[make(random, 0.5, rows), make(random, 0.5, rows)],
      ...norms.map((name) => make(random, 1, name.startsWith('normC') ? HIDDEN : rows)),
      ...(initial ? [make(random, 1, batch, HIDDEN)] : []),
      ...(initial && cell === 'lstm' ? [make(random, 1, batch, HIDDEN)] : []),
    ];
    const weigh = make(random, 1, batch, time, HIDDEN);
    // The longest may be shorter than the batch's time.
    const lengths = ragged ? Int32Array.from({ length: batch }, () => 1 + random.below(time)) : null;
    const hiddenMask = masked ? dropoutMask(batch * HIDDEN, 0.4, random) : null;
    let output = new Float32Array();
    const gradients = tf.grads((...tensors: tf.Tensor[]) => {
      const [x, weightIh, weightHh, biasIh, biasHh, ...others] = tensors;
      const weights: RecurrentWeights = { weightIh, weightHh, biasIh, biasHh };
      const given = others.splice(0, norms.length);
      if (normed)
        weights.norms = Object.fromEntries(norms.map((name, i) => [name, given[i]])) as unknown as RecurrentNorms;
      const [h0, c0] = others;
      const states = initial ? { h0: h0 as tf.Tensor2D, ...(c0 && { c0: c0 as tf.Tensor2D }) } : undefined;
      const options = { lengths, reverse, hiddenMask, ...(states && { initial: states }) };
      const result = layer(cell, x as tf.Tensor3D, weights, options, every);
      output = Float32Array.from(result.dataSync());
      return tf.sum(tf.mul(result, weigh));
    })(inputs);
    return { output, gradients: gradients.map((gradient) => Float32Array.from(gradient.dataSync())) };
  });
}

/** @param slack how much more than usual rounding errors may count; norms make them larger with the values */
function expectAlike(found: Float32Array, wanted: Float32Array, what: string, slack: number): void {
  const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(found.length, what).toBe(wanted.length);
  found.forEach((value, i) =>
    expect(Math.abs(value - wanted[i]), `${what}, element ${i}`).toBeLessThanOrEqual(slack * (2e-5 * scale + 1e-6)),
  );
}

describe.each(backendsHere)('a truncated layer on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it('has the values of the whole one, and the gradients of its pieces', () => {
    fc.assert(
      fc.property(setting, (own) => {
        const found = runThrough(truncatedLayer, own);
        const slack = own.normed ? 30 : 1;
        expectAlike(found.output, runThrough(whole, own).output, 'output', slack);
        const wanted = runThrough(readable, own);
        found.gradients.forEach((gradient, i) => expectAlike(gradient, wanted.gradients[i], `gradient ${i}`, slack));
      }),
      { numRuns: 40 },
    );
  });

  it('is the whole one, to the bit, where a piece holds all frames', () => {
    for (const every of [6, 7, Infinity])
      for (const [cell, normed] of CASES) {
        const own: Setting = {
          cell,
          batch: 4,
          time: 6,
          every,
          reverse: true,
          ragged: true,
          initial: true,
          masked: true,
          normed,
          seed: 3,
        };
        expect(runThrough(truncatedLayer, own)).toEqual(runThrough(whole, own));
      }
  });

  it.each([false, true])('lets nothing across a cut (reverse: %s)', (reverse) => {
    const random = new Random(8);
    const [batch, time, every] = [3, 10, 4];
    const lengths = Int32Array.of(10, 6, 3);
    const x = make(random, 1, batch, time, INPUT);
    const weights = {
      ...{ weightIh: make(random, 0.5, 4 * HIDDEN, INPUT), weightHh: make(random, 0.5, 4 * HIDDEN, HIDDEN) },
      ...{ biasIh: make(random, 0.5, 4 * HIDDEN), biasHh: make(random, 0.5, 4 * HIDDEN) },
    };
    // Of the outputs of frames 4 to 7 alone.
    const slopes = (layer: Layer) => {
      const ofPiece = (one: tf.Tensor) =>
        tf.sum(
          tf.slice(layer('lstm', one as tf.Tensor3D, weights, { lengths, reverse }, every), [0, 4, 0], [-1, 4, -1]),
        );
      return tf.sum(tf.abs(tf.grad(ofPiece)(x)), 2).arraySync() as number[][];
    };
    const cut = slopes(truncatedLayer);
    const uncut = slopes(whole);
    const reaches = reverse ? (t: number, b: number) => t >= 4 && t < lengths[b] : (t: number) => t < 8;
    for (let b = 0; b < batch; b++)
      for (let t = 0; t < time; t++) {
        const alive = t < lengths[b] && lengths[b] > 4;
        expect(cut[b][t] > 0, `cut: sequence ${b}, frame ${t}`).toBe(alive && t >= 4 && t < 8);
        expect(uncut[b][t] > 0, `whole: sequence ${b}, frame ${t}`).toBe(alive && reaches(t, b));
      }
  });

  it('reads no frame beyond a length', () => {
    const random = new Random(9);
    const weights = {
      ...{ weightIh: make(random, 0.5, 3 * HIDDEN, INPUT), weightHh: make(random, 0.5, 3 * HIDDEN, HIDDEN) },
      ...{ biasIh: make(random, 0.5, 3 * HIDDEN), biasHh: make(random, 0.5, 3 * HIDDEN) },
    };
    const lengths = Int32Array.of(6, 2, 4);
    const x = make(random, 1, 3, 6, INPUT);
    const values = x.dataSync().slice();
    lengths.forEach((length, b) => values.fill(1e30, (b * 6 + length) * INPUT, (b + 1) * 6 * INPUT));
    const results = [x, tf.tensor(values, x.shape)].map((one) =>
      tf.grads((input: tf.Tensor, weightIh: tf.Tensor) =>
        tf.sum(truncatedLayer('gru', input as tf.Tensor3D, { ...weights, weightIh }, { lengths }, 2)),
      )([one, weights.weightIh]),
    );
    for (const which of [0, 1]) expect(results[1][which].dataSync()).toEqual(results[0][which].dataSync());
  });
});
