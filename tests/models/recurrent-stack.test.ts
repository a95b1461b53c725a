import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { composedLayer } from '#main/engine/composed.ts';
import { dropoutMask } from '#main/engine/dropout.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { changeVariable } from '#main/engine/values.ts';
import { recurrentStack, type RecurrentStackOptions } from '#main/models/layers/recurrent-stack.ts';
import type { Layer, Mode } from '#main/models/types.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { RECURRENT_CELLS } from '#shared/domain/model-spec.ts';
import { Random } from '#shared/math/random.ts';
import { describeBackends } from '../engine/backends-here.ts';
import { relativeError } from '../support/shared.ts';

type Forward = (x: tf.Tensor3D) => tf.Tensor3D;

const [batch, time, inputSize, hiddenSize] = [3, 9, 3, 4];
const lengths = Int32Array.of(9, 7, 2);
const shape = { inputSize, hiddenSize, dropout: 0 };

function clips(): tf.Tensor3D {
  const random = new Random(6);
  const values = Float32Array.from({ length: batch * time * inputSize }, () => random.normal());
  return tf.tensor3d(values, [batch, time, inputSize]);
}

/** The same values, through which nothing flows back. */
const constant = (x: tf.Tensor2D) => tf.tensor2d(x.dataSync().slice(), x.shape);

/**
 * What a stack is to be, from its parameters' names, in ordinary operations: one sequence after the other in pieces of `every`
 * frames, under masks in the order of layers and directions.
 */
function byHand({ parameters }: Layer, options: RecurrentStackOptions, masks: Float32Array[], every: number): Forward {
  const { cell, bidirectional, residual = false, initialState, layerNorm } = options;

  const sequence = (input: tf.Tensor3D, suffix: string, mask: Float32Array | undefined): tf.Tensor3D => {
    const reverse = suffix.endsWith('_reverse');
    const own = (kind: string) => parameters.get(`rnn.${kind}_${suffix}`)!;
    const state = (kind: string) => tf.reshape(own(kind), [1, hiddenSize]) as tf.Tensor2D;
    const norms = () => ({
      ...{ normIh: own('norm_ih'), normHh: own('norm_hh') },
      ...(cell === 'lstm' && { normC: own('norm_c'), normCBias: own('norm_c_bias') }),
    });
    const weights = {
      ...(layerNorm && { norms: norms() }),
      ...{ weightIh: own('weight_ih'), weightHh: own('weight_hh') },
      ...{ biasIh: own('bias_ih'), biasHh: own('bias_hh') },
    };
    let initial = initialState === 'learnt' ? { h0: state('h0'), ...(cell === 'lstm' && { c0: state('c0') }) } : undefined; // prettier-ignore
    const starts = Array.from({ length: Math.ceil(input.shape[1] / every) }, (_, piece) => piece * every);
    const outputs = (reverse ? starts.toReversed() : starts).map((from) => {
      const frames = tf.slice(input, [0, from, 0], [1, Math.min(every, input.shape[1] - from), -1]);
      const run = composedLayer(cell, frames, weights, { lengths: null, reverse, initial, hiddenMask: mask });
      initial = { h0: constant(run.hN), ...(run.cN && { c0: constant(run.cN) }) };
      return run.output;
    });
    return tf.concat3d(reverse ? outputs.toReversed() : outputs, 1);
  };

  return (x) => {
    const rows = [...lengths].map((length, b) => {
      let input = tf.slice(x, [b, 0, 0], [1, length, -1]);
      for (let layer = 0; layer < options.numLayers; layer++) {
        const suffixes = bidirectional ? [`l${layer}`, `l${layer}_reverse`] : [`l${layer}`];
        const ofRow = (mask?: Float32Array) => mask?.slice(b * hiddenSize, (b + 1) * hiddenSize);
        const outputs = suffixes.map((suffix, i) => sequence(input, suffix, ofRow(masks[layer * suffixes.length + i])));
        const output = tf.concat3d(outputs, 2);
        input = residual && layer > 0 ? tf.add(output, input) : output;
      }
      return tf.pad(input, [[0, 0], [0, time - length], [0, 0]]); // prettier-ignore
    });
    return tf.concat3d(rows, 0);
  };
}

/** Learnt states and norms begin with zeros and ones, which show little. */
function scatterStates({ parameters }: Layer): void {
  const random = new Random(12);
  for (const [name, variable] of parameters)
    if (/\.([hc]0|norm)_/.test(name)) changeVariable(variable, (values) => values.forEach((_, i) => (values[i] = random.normal()))); // prettier-ignore
}

function run({ parameters }: Layer, forward: Forward) {
  const x = clips();
  const output = forward(x);
  const weigh = tf.randomNormal(output.shape, 0, 1, 'float32', 4);
  const { gradients } = valueAndGradients(() => tf.sum(tf.mul(forward(x), weigh)), parameters);
  return { output: output.dataSync(), gradients };
}

function expectAlike(layer: Layer, found: ReturnType<typeof run>, wanted: ReturnType<typeof run>): void {
  expect(relativeError(found.output, wanted.output), 'output').toBeLessThan(1e-5);
  expect(Object.keys(found.gradients)).toEqual([...layer.parameters.keys()]);
  // Norms make rounding errors larger with the values.
  const most = layer.parameters.keys().some((name) => name.includes('norm_')) ? 1e-3 : 1e-4;
  for (const [name, gradient] of Object.entries(found.gradients))
    expect(relativeError(gradient.dataSync(), wanted.gradients[name].dataSync()), name).toBeLessThan(most);
}

describeBackends('a recurrent stack', () => {
  const cases = RECURRENT_CELLS.flatMap((cell) =>
    [false, true].map((bidirectional) => ({ ...shape, cell, bidirectional, numLayers: 3 })),
  );

  test.each(cases)('$cell, both directions $bidirectional: residual layers add their input', (options) => {
    const residual = { ...options, residual: true };
    const stack = recurrentStack('rnn', residual, new Random(5));
    const found = run(stack, (x) => stack.forward(x, lengths, { training: false }));
    expectAlike(stack, found, run(stack, byHand(stack, residual, [], time)));
  });

  test.each(cases)(
    '$cell, both directions $bidirectional: learnt states are begun with and have gradients',
    (options) => {
      const learnt = { ...options, numLayers: 2, initialState: 'learnt' } as const;
      const stack = recurrentStack('rnn', learnt, new Random(5));
      const plain = recurrentStack('rnn', { ...learnt, initialState: 'zeros' }, new Random(5));
      const forward = (one: Layer) => one.forward(clips(), lengths, { training: false }).dataSync();
      expect(relativeError(forward(stack), forward(plain)), 'before training').toBeLessThan(1e-6);
      scatterStates(stack);
      const found = run(stack, (x) => stack.forward(x, lengths, { training: false }));
      expectAlike(stack, found, run(stack, byHand(stack, learnt, [], time)));
    },
  );

  test.each(cases)('$cell, both directions $bidirectional: all of it at once, cut into pieces', (options) => {
    const others = { initialState: 'learnt', recurrentDropout: 0.4, layerNorm: true } as const;
    const all = { ...options, numLayers: 2, residual: true, ...others };
    const stack = recurrentStack('rnn', all, new Random(5));
    scatterStates(stack);
    const random = new Random(8);
    const masks = Array.from({ length: options.bidirectional ? 4 : 2 }, () =>
      dropoutMask(batch * hiddenSize, 0.4, random),
    );
    for (const truncation of [null, 4]) {
      const found = run(stack, (x) => stack.forward(x, lengths, { training: true, truncation, random: new Random(8) }));
      expectAlike(stack, found, run(stack, byHand(stack, all, masks, truncation ?? time)));
    }
  });

  test.each(cases)('$cell, both directions $bidirectional: norms begin as such, change no other weight', (options) => {
    const [normed, plain] = [true, false].map((layerNorm) =>
      recurrentStack('rnn', { ...options, layerNorm }, new Random(5)),
    );
    const own = [...normed.parameters].filter(([name]) => !plain.parameters.has(name));
    const ends = [0, 1, 2].flatMap((layer) =>
      options.bidirectional ? [`l${layer}`, `l${layer}_reverse`] : [`l${layer}`],
    );
    const kinds = ['norm_ih', 'norm_hh', ...(options.cell === 'lstm' ? ['norm_c', 'norm_c_bias'] : [])];
    expect(own.map(([name]) => name)).toEqual(ends.flatMap((end) => kinds.map((kind) => `rnn.${kind}_${end}`)));
    const rows = { rnn: 1, lstm: 4, gru: 3 }[options.cell] * hiddenSize;
    for (const [name, variable] of own) {
      expect(variable.shape, name).toEqual([name.includes('norm_c') ? hiddenSize : rows]);
      expect(variable.dataSync().every((value) => value === (name.includes('bias') ? 0 : 1))).toBe(true);
    }
    for (const [name, variable] of plain.parameters)
      expect(normed.parameters.get(name)!.dataSync()).toEqual(variable.dataSync());
  });

  test.each(cases)('$cell, both directions $bidirectional: normalised layers', (options) => {
    const all = { ...options, layerNorm: true };
    const stack = recurrentStack('rnn', all, new Random(5));
    scatterStates(stack);
    const found = run(stack, (x) => stack.forward(x, lengths, { training: false }));
    expectAlike(stack, found, run(stack, byHand(stack, all, [], time)));
  });

  test('learnt states are trained', () => {
    const options = { ...shape, cell: 'lstm', bidirectional: true, numLayers: 1, initialState: 'learnt' } as const;
    const stack = recurrentStack('rnn', options, new Random(5));
    const states = new Map([...stack.parameters].filter(([name]) => /\.[hc]0_/.test(name)));
    expect([...states.keys()]).toEqual(['rnn.h0_l0', 'rnn.c0_l0', 'rnn.h0_l0_reverse', 'rnn.c0_l0_reverse']);
    const optimiser = createOptimiser(OptimiserSpec.parse({ name: 'adam' }), states);
    const x = clips();
    // What a stack with other states says: the states alone are to find there.
    const teacher = recurrentStack('rnn', options, new Random(5));
    scatterStates(teacher);
    const wanted = teacher.forward(x, lengths, { training: false });
    const losses = Array.from({ length: 60 }, () =>
      tf.tidy(() => {
        const loss = () =>
          tf.mean(tf.squaredDifference(stack.forward(x, lengths, { training: true }), wanted)) as tf.Scalar;
        const { value, gradients } = valueAndGradients(loss, states);
        optimiser.step(gradients, 0.1);
        return value;
      }),
    );
    expect(losses.at(-1)! / losses[0]).toBeLessThan(0.05);
  });

  describe('recurrent dropout', () => {
    const options = { ...shape, cell: 'gru', bidirectional: true, numLayers: 2, recurrentDropout: 0.5 } as const;
    const stack = () => recurrentStack('rnn', options, new Random(5));
    const values = (mode: Mode) => [...stack().forward(clips(), lengths, mode).dataSync()];

    test('has the same bits from the same seed, and none outside of training', () => {
      const training = (seed: number) => values({ training: true, random: new Random(seed) });
      expect(training(1)).toEqual(training(1));
      expect(training(1)).not.toEqual(training(2));
      const plain = recurrentStack('rnn', { ...options, recurrentDropout: 0 }, new Random(5));
      expect(values({ training: false })).toEqual([...plain.forward(clips(), lengths, { training: false }).dataSync()]);
    });

    test('drops the same values at all frames, in every piece: their columns of weights have no gradient', () => {
      const one = { ...options, numLayers: 1, bidirectional: false, hiddenSize: 16 };
      const { parameters, forward } = recurrentStack('rnn', one, new Random(5));
      const x = tf.slice(clips(), [0, 0, 0], [1, -1, -1]);
      const dropped = [...dropoutMask(16, 0.5, new Random(3))].map((value) => value === 0);
      expect(new Set(dropped).size).toBe(2);
      for (const truncation of [null, 2]) {
        const loss = () => tf.sum(forward(x, null, { training: true, random: new Random(3), truncation })) as tf.Scalar;
        const { gradients } = valueAndGradients(loss, parameters);
        const columns = tf.sum(tf.abs(gradients['rnn.weight_hh_l0']), 0).dataSync();
        expect([...columns].map((sum) => sum === 0)).toEqual(dropped);
      }
    });
  });
});

describe('truncated backpropagation through time', () => {
  beforeAll(() => startBackend());

  const [batch, time, inputSize] = [2, 9, 3];
  const options = { cell: 'gru', inputSize, hiddenSize: 4, numLayers: 2, bidirectional: true, dropout: 0 } as const;
  const stack = () => recurrentStack('rnn', options, new Random(5));
  const random = new Random(6);
  const values = Float32Array.from({ length: batch * time * inputSize }, () => random.normal());
  const lengths = Int32Array.of(9, 7);
  const x = () => tf.tensor3d(values, [batch, time, inputSize]);

  test('in training changes no values, and without training nothing', () => {
    const { forward } = stack();
    const [plain, cut] = [null, 4].map((truncation) => forward(x(), lengths, { training: true, truncation }));
    const difference = tf.max(tf.abs(tf.sub(plain, cut))).dataSync()[0];
    expect(difference).toBeLessThan(1e-6);
    expect(forward(x(), lengths, { training: false, truncation: 4 }).dataSync()).toEqual(plain.dataSync());
  });

  test('lets nothing across a cut, by no detour through layers and directions', () => {
    const { forward } = stack();
    const slopes = (mode: Mode) => {
      const ofPiece = (one: tf.Tensor) =>
        tf.sum(tf.slice(forward(one as tf.Tensor3D, lengths, mode), [0, 4, 0], [-1, 4, -1]));
      return tf.sum(tf.abs(tf.grad(ofPiece)(x())), 2).arraySync() as number[][];
    };
    const cut = slopes({ training: true, truncation: 4 });
    const uncut = slopes({ training: true });
    for (let b = 0; b < batch; b++)
      for (let t = 0; t < time; t++) {
        expect(cut[b][t] > 0, `cut: sequence ${b}, frame ${t}`).toBe(t >= 4 && t < Math.min(8, lengths[b]));
        expect(uncut[b][t] > 0, `whole: sequence ${b}, frame ${t}`).toBe(t < lengths[b]);
      }
  });
});
