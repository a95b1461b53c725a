import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { currentBackend, startBackend } from '#main/engine/backend.ts';
import { composedLayer } from '#main/engine/composed.ts';
import { loadAddon } from '#main/engine/native/addon.ts';
import { GATES, recurrentLayer } from '#main/engine/recurrent.ts';
import { dropoutMask } from '#main/engine/dropout.ts';
import type {
  RecurrentCell,
  RecurrentNorms,
  RecurrentOptions,
  RecurrentResult,
  RecurrentWeights,
} from '#main/engine/types.ts';
import { Random } from '#shared/math/random.ts';
import { relativeError } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

const cells = ['rnn', 'lstm', 'gru'] as const;
const layers = cells.flatMap((cell) => [false, true].map((normed) => ({ cell, normed })));

interface Setting {
  cell: RecurrentCell;
  batch: number;
  time: number;
  inputSize: number;
  hiddenSize: number;
  reverse: boolean;
  ragged: boolean;
  initial: boolean;
  masked: boolean;
  normed: boolean;
  seed: number;
}

const setting = fc.record<Setting>({
  cell: fc.constantFrom(...cells),
  batch: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 37 })),
  time: fc.integer({ min: 1, max: 9 }),
  inputSize: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 70 })),
  hiddenSize: fc.oneof(fc.constantFrom(1, 16, 32, 64), fc.integer({ min: 1, max: 70 })),
  reverse: fc.boolean(),
  ragged: fc.boolean(),
  initial: fc.boolean(),
  masked: fc.boolean(),
  normed: fc.boolean(),
  seed: fc.integer(),
});

/** What a setting's layer has besides x and states, in their order: names of RecurrentWeights, then of RecurrentNorms. */
const weightNames = ['weightIh', 'weightHh', 'biasIh', 'biasHh'] as const;
const normNames = ({ cell, normed }: Pick<Setting, 'cell' | 'normed'>) =>
  normed ? ['normIh', 'normHh', ...(cell === 'lstm' ? ['normC', 'normCBias'] : [])] : [];

/** Random tensors for a setting: x, weights, norms, h0, c0, then what output, hN and cN are weighed with. */
function tensorsOf({ cell, batch, time, inputSize, hiddenSize, ragged, masked, normed, seed }: Setting) {
  const random = new Random(seed);
  const rows = GATES[cell] * hiddenSize;
  const make = (scale: number, ...shape: number[]) =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => scale * random.normal()),
      shape,
    );
  const state = [batch, hiddenSize];
  const inputs = [
    make(1, batch, time, inputSize),
    ...[make(0.4, rows, inputSize), make(0.3, rows, hiddenSize), make(0.5, rows), make(0.5, rows)],
    ...normNames({ cell, normed }).map((name) => make(1, name.startsWith('normC') ? hiddenSize : rows)),
    ...(cell === 'lstm' ? [make(1, ...state), make(1, ...state)] : [make(1, ...state)]),
  ];
  const weigh = [make(1, batch, time, hiddenSize), make(1, ...state), make(1, ...state)];
  const lengths = ragged ? Int32Array.from({ length: batch }, () => 1 + random.below(time)) : null;
  const hiddenMask = masked ? dropoutMask(batch * hiddenSize, 0.4, random) : null;
  return { inputs, weigh, lengths, hiddenMask };
}

/**
 * Largest difference over what single precision allows: a share of the largest value, and a floor for gradients that are next to
 * nothing (behind a saturated tanh, 1 - h^2 has few digits left in any order of the operations). A norm makes rounding errors
 * larger as it makes values larger, by up to 1 / sqrt(eps).
 */
function excess(actual: Float32Array, expected: Float32Array, normed: boolean): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (relativeError(actual, expected) * (largest || 1)) / (normed ? 2e-4 * largest + 1e-3 : 2e-5 * largest + 1e-6);
}

type Layer = typeof recurrentLayer;

/** Outputs and all gradients of a layer for a setting. */
function runThrough(layer: Layer, own: Setting): Float32Array[] {
  return tf.tidy(() => {
    const { inputs, weigh, ...options } = tensorsOf(own);
    const used = own.initial ? inputs : inputs.slice(0, 5 + normNames(own).length);
    const results: Float32Array[] = [];
    const loss = (...tensors: tf.Tensor[]) => {
      const { output, hN, cN, traces } = call(layer, own, tensors, { ...options, trace: own.masked });
      for (const tensor of [output, hN, cN, ...Object.values(traces ?? {})])
        if (tensor) results.push(Float32Array.from(tensor.dataSync()));
      return weighed({ output, hN, cN }, weigh);
    };
    const gradients = tf.grads(loss)(used);
    return [...results, ...gradients.map((gradient) => Float32Array.from(gradient.dataSync()))];
  });
}

function call(
  layer: Layer,
  { cell, reverse, initial, normed }: Setting,
  tensors: tf.Tensor[],
  options: RecurrentOptions,
): RecurrentResult {
  const [x, ...others] = tensors;
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, others.shift()!]));
  const weights = named(weightNames) as unknown as RecurrentWeights;
  if (normed) weights.norms = named(normNames({ cell, normed })) as unknown as RecurrentNorms;
  const [h0, c0] = others;
  const states = initial ? { h0: h0 as tf.Tensor2D, c0: c0 as tf.Tensor2D | undefined } : undefined;
  return layer(cell, x as tf.Tensor3D, weights, { ...options, reverse, initial: states });
}

function weighed({ output, hN, cN }: RecurrentResult, [wo, wh, wc]: tf.Tensor[]): tf.Scalar {
  const sum = tf.add(tf.sum(tf.mul(output, wo)), tf.sum(tf.mul(hN, wh)));
  return (cN ? tf.add(sum, tf.sum(tf.mul(cN, wc))) : sum) as tf.Scalar;
}

describe.skipIf(!backendsHere.includes('native'))('the fused layer', () => {
  beforeAll(async () => {
    await startBackend({ prefer: 'native' });
  });

  it('equals the composed one, forward and back, at any size', () => {
    fc.assert(
      fc.property(setting, (own) => {
        const fused = runThrough(recurrentLayer, own);
        const composed = runThrough(composedLayer, own);
        expect(fused.length).toBe(composed.length);
        fused.forEach((values, i) => expect(excess(values, composed[i], own.normed), `tensor ${i}`).toBeLessThan(1));
      }),
      { numRuns: 60 },
    );
  });

  const large: Omit<Setting, 'cell' | 'normed'> = {
    batch: 45,
    time: 13,
    inputSize: 21,
    hiddenSize: 70,
    reverse: false,
    ragged: true,
    initial: true,
    masked: true,
    seed: 5,
  };

  it.each(layers)('$cell, normed: $normed gives the same to the bit on any number of threads', (kind) => {
    const addon = loadAddon();
    const results = [1, 2, 3, 7].map((threads) => {
      addon.setThreads(threads);
      return [false, true].map((reverse) => runThrough(recurrentLayer, { ...large, ...kind, reverse }));
    });
    addon.setThreads(currentBackend().threads);
    for (const other of results.slice(1)) expect(other).toEqual(results[0]);
  });

  it.each(layers)('$cell, normed: $normed: two graphs may live at once', (kind) => {
    const [one, two] = [1, 2].map((seed): Setting => ({ ...large, ...kind, masked: false, seed }));
    const alone = [one, two].map((own) => runThrough(recurrentLayer, own));
    const both = tf.tidy(() => {
      const [a, b] = [tensorsOf(one), tensorsOf(two)];
      const loss = (...tensors: tf.Tensor[]) => {
        const half = tensors.length / 2;
        const first = call(recurrentLayer, one, tensors.slice(0, half), a);
        const second = call(recurrentLayer, two, tensors.slice(half), b);
        return tf.add(weighed(first, a.weigh), weighed(second, b.weigh)) as tf.Scalar;
      };
      return tf
        .grads(loss)([...a.inputs, ...b.inputs])
        .map((gradient) => Float32Array.from(gradient.dataSync()));
    });
    const outputs = kind.cell === 'lstm' ? 3 : 2;
    expect(both).toEqual([...alone[0].slice(outputs), ...alone[1].slice(outputs)]);
  });

  it.each(layers)('$cell, normed: $normed leaves nothing behind, and asks for no new workspace', (kind) => {
    const step = () => runThrough(recurrentLayer, { ...large, ...kind });
    step();
    const { numTensors, numDataBuffers } = tf.memory();
    for (let i = 0; i < 5; i++) step();
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  });

  it.each([false, true])('keeps only its results outside of a tape and a tidy (normed: %s)', (normed) => {
    const own: Setting = { ...large, cell: 'lstm', normed, initial: false };
    const { inputs, lengths } = tensorsOf(own);
    const before = tf.memory().numTensors;
    const result = call(recurrentLayer, own, inputs, { lengths });
    expect(tf.memory().numTensors - before).toBe(3);
    tf.dispose([inputs, result.output, result.hN, result.cN!]);
  });

  it.each(layers)('$cell, normed: $normed leaves the frames beyond a length at zero and reads none of them', (kind) => {
    const own: Setting = { ...large, ...kind };
    const { inputs, lengths } = tensorsOf(own);
    const { output } = call(recurrentLayer, own, inputs, { lengths });
    const garbled = Float32Array.from(inputs[0].dataSync());
    lengths!.forEach((length, b) =>
      garbled.fill(NaN, (b * own.time + length) * own.inputSize, (b + 1) * own.time * own.inputSize),
    );
    const again = call(recurrentLayer, own, [tf.tensor(garbled, inputs[0].shape), ...inputs.slice(1)], { lengths });
    const values = output.dataSync();
    expect(again.output.dataSync()).toEqual(values);
    lengths!.forEach((length, b) => {
      const beyond = values.slice((b * own.time + length) * own.hiddenSize, (b + 1) * own.time * own.hiddenSize);
      expect(beyond.every((value) => value === 0)).toBe(true);
    });
  });

  it('survives extreme inputs', () => {
    for (const cell of cells)
      for (const scale of [1e-30, 1e4, 1e30]) {
        const own: Setting = { ...large, cell, normed: false, initial: false };
        const { inputs, lengths } = tensorsOf(own);
        const { output } = call(recurrentLayer, own, [tf.mul(inputs[0], scale), ...inputs.slice(1)], { lengths });
        expect(
          output.dataSync().every((value) => Math.abs(value) <= 1 + 1e-6),
          `${cell} ${scale}`,
        ).toBe(true);
      }
  });
});

describe.each(backendsHere)('the recurrent layer on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it.each(layers)('$cell, normed: $normed has the gradients that differences show', (kind) => {
    const own: Setting = {
      ...kind,
      batch: 2,
      time: 3,
      inputSize: 2,
      // Of few values a norm is too curved for differences.
      hiddenSize: kind.normed ? 8 : 3,
      reverse: true,
      ragged: true,
      initial: true,
      masked: true,
      seed: 3,
    };
    const { inputs, weigh, ...options } = tensorsOf(own);
    expectNumericGradients((...tensors) => weighed(call(recurrentLayer, own, tensors, options), weigh), inputs);
  });

  it('refuses what does not fit together', () => {
    const own: Setting = {
      cell: 'lstm',
      batch: 2,
      time: 3,
      inputSize: 4,
      hiddenSize: 5,
      reverse: false,
      ragged: false,
      initial: true,
      masked: false,
      normed: true,
      seed: 1,
    };
    const { inputs } = tensorsOf(own);
    const replaced = (index: number, shape: number[]) =>
      inputs.map((tensor, i) => (i === index ? tf.zeros(shape) : tensor));
    for (const [index, name] of ['x', ...weightNames, ...normNames(own), 'h0', 'c0'].entries())
      expect(
        () => call(recurrentLayer, own, replaced(index, index === 0 ? [2, 0, 4] : [7, 1]), { lengths: null }),
        name,
      ).toThrow(/Recurrent layer/);
    for (const lengths of [[1], [1, 2, 3], [0, 3], [4, 3], [-1, 2]])
      expect(() => call(recurrentLayer, own, inputs, { lengths: Int32Array.from(lengths) }), `${lengths}`).toThrow(
        /lengths/,
      );
    expect(() => call(recurrentLayer, own, inputs.slice(0, -1), { lengths: null })).toThrow(/c0/);
    expect(() =>
      call(recurrentLayer, own, [tf.zeros([2, 3, 4], 'int32'), ...inputs.slice(1)], { lengths: null }),
    ).toThrow(/float32/);
  });
});
