import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import type { States } from '#main/engine/stepped.ts';
import { createModel } from '#main/models/model.ts';
import { gradientsThroughTime } from '#main/models/through-time.ts';
import type { LayerPlace, Mode } from '#main/models/types.ts';
import { ModelSpec, POOLINGS, RECURRENT_CELLS } from '#shared/domain/model-spec.ts';
import { Random } from '#shared/math/random.ts';
import { startBackend } from '#main/engine/backend.ts';
import { backendsHere, describeBackends } from '../engine/backends-here.ts';
import { relativeError } from '../support/shared.ts';

const SIZE = { inputSize: 3, classes: 4 };
const TIME = 7;
const LENGTHS = Int32Array.of(7, 4);
const LABELS = Int32Array.of(2, 0);

const made = (spec: Omit<Parameters<typeof ModelSpec.parse>[0] & object, never>) =>
  createModel(ModelSpec.parse({ hiddenSize: 5, ...spec }), SIZE, 7);

function input(): tf.Tensor3D {
  const random = new Random(2, 'through time');
  return tf.tensor3d(
    Float32Array.from({ length: 2 * TIME * 3 }, () => random.normal()),
    [2, TIME, 3],
  );
}

describeBackends('gradients through time', () => {
  describe.each(RECURRENT_CELLS)('%s', (cell) => {
    test.each([
      [1, false],
      [2, true],
    ])('%i layers, both directions %s: run frame by frame the values are the same', (numLayers, bidirectional) => {
      const model = made({ cell, numLayers, bidirectional, initialState: 'learnt' });
      const plain = model.forward(input(), LENGTHS, { training: false }).dataSync();
      const stepped = model.forward(input(), LENGTHS, { training: false, meet: (_, __, states) => states }).dataSync();
      expect(relativeError(stepped, plain)).toBeLessThan(1e-5);
      model.dispose();
    });

    // Which frame is largest changes with the slightest step: the slope of `max` is not to be measured (see below).
    test.each(['last', 'mean'] as const)('pooling %s: each norm is that of the slopes one measures', (pooling) => {
      const model = made({ cell, numLayers: 2, bidirectional: true, pooling });
      const { layers, loss } = gradientsThroughTime(model, input(), LENGTHS, LABELS, 'all');
      expect(loss).toBeCloseTo(lossWith(model, {}), 5);
      for (const place of layers)
        for (const kind of ['h', 'c'] as const) {
          const norms = kind === 'h' ? place.hidden : place.cell;
          if (!norms) continue;
          for (const [b, t] of [
            [0, 0],
            [0, 6],
            [1, 2],
          ]) {
            const slopes = Array.from({ length: 5 }, (_, unit) => {
              const at = (by: number) => lossWith(model, { place, kind, b, t, unit, by });
              return (at(0.01) - at(-0.01)) / 0.02;
            });
            expect(norms[b * TIME + t]).toBeCloseTo(Math.hypot(...slopes), 3);
          }
          // Beyond the end of the shorter sequence there is nothing.
          expect([...norms.subarray(TIME + 4)]).toEqual([0, 0, 0]);
        }
      model.dispose();
    });

    test('from the end alone, a layer of one direction is as with pooling of the last frame, but for the share of that frame', () => {
      const mean = made({ cell, pooling: 'mean' });
      const { layers } = gradientsThroughTime(mean, input(), LENGTHS, LABELS, 'end');
      const all = gradientsThroughTime(mean, input(), LENGTHS, LABELS, 'all').layers[0].hidden;
      // At its last frame a sequence gets the same from both; before, nothing is added.
      expect(layers[0].hidden[6]).toBeCloseTo(all[6], 6);
      expect(layers[0].hidden[TIME + 3]).toBeCloseTo(all[TIME + 3], 6);
      expect(layers[0].hidden[0]).toBeLessThan(all[0]);
      const last = made({ cell, pooling: 'last' });
      const of = (from: 'all' | 'end') => gradientsThroughTime(last, input(), LENGTHS, LABELS, from).layers[0].hidden;
      expect(of('end')).toEqual(of('all'));
      mean.dispose();
      last.dispose();
    });
  });

  test('an RNN whose recurrent weights are w times the identity loses a factor of w and tanh’ a step', () => {
    const model = made({ cell: 'rnn', hiddenSize: 2, pooling: 'last' });
    const w = 0.5;
    const set = (name: string, values: number[]) => {
      const variable = model.parameters.get(name)!;
      variable.assign(tf.tensor(values, variable.shape));
    };
    set('rnn.weight_hh_l0', [w, 0, 0, w]);
    for (const name of ['rnn.bias_ih_l0', 'rnn.bias_hh_l0']) set(name, [0, 0]);
    set('rnn.weight_ih_l0', [0, 0, 0, 0, 0, 0]);
    // All states are 0, where the slope of tanh is 1: what is left is w, step by step.
    const { hidden } = gradientsThroughTime(model, input(), null, LABELS, 'all').layers[0];
    for (let t = 0; t < TIME - 1; t++) expect(hidden[t] / hidden[t + 1]).toBeCloseTo(w, 5);
    model.dispose();
  });

  test('leaves no tensors behind; a DNN has no states', () => {
    const model = made({ cell: 'lstm', numLayers: 2 });
    const x = input();
    const before = tf.memory().numTensors;
    gradientsThroughTime(model, x, LENGTHS, LABELS, 'end');
    expect(tf.memory().numTensors).toBe(before);
    const dnn = made({ cell: 'dnn' });
    expect(() => gradientsThroughTime(dnn, x, null, LABELS, 'all')).toThrow('no states');
    model.dispose();
    dnn.dispose();
  });
});

test('are the same to the last digits whatever computes them, fused or composed', async () => {
  const found: Float32Array[][] = [];
  for (const backend of backendsHere) {
    await startBackend({ prefer: backend });
    const all: Float32Array[] = [];
    for (const cell of RECURRENT_CELLS)
      for (const pooling of POOLINGS) {
        const model = made({ cell, numLayers: 2, bidirectional: true, pooling });
        const { layers } = gradientsThroughTime(model, input(), LENGTHS, LABELS, 'all');
        all.push(...layers.flatMap((layer) => [layer.hidden, ...(layer.cell ? [layer.cell] : [])]));
        model.dispose();
      }
    found.push(all);
  }
  for (const [index, norms] of found[0].entries())
    for (const other of found.slice(1)) expect(relativeError(other[index], norms)).toBeLessThan(1e-5);
});

interface Moved {
  place?: LayerPlace;
  kind?: 'h' | 'c';
  b?: number;
  t?: number;
  unit?: number;
  by?: number;
}

/** The loss where one value of one state has been moved by a little. */
function lossWith(model: ReturnType<typeof made>, { place, kind, b = 0, t, unit = 0, by = 0 }: Moved): number {
  const meet: Mode['meet'] = (here, frame, states): States => {
    if (!place || frame !== t || here.layer !== place.layer || here.reverse !== place.reverse) return states;
    const change = tf.buffer([2, 5]);
    change.set(by, b, unit);
    const moved = (state: tf.Tensor2D) => tf.add(state, change.toTensor()) as tf.Tensor2D;
    return kind === 'h' ? { ...states, h: moved(states.h) } : { ...states, c: moved(states.c!) };
  };
  return tf.tidy(
    () =>
      crossEntropy(model.forward(input(), LENGTHS, { training: false, meet }), LABELS, {
        labelSmoothing: 0,
      }).dataSync()[0],
  );
}
