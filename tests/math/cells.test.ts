import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECURRENT_CELLS, STATES, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { ACTIVATION_IDS, ACTIVATIONS } from '#shared/math/activations.ts';
import { matrix, zeros, type Matrix, type Vector } from '#shared/math/cells/matrix.ts';
import {
  backward,
  forward,
  lossWith,
  PARAMETERS,
  relativeDifference,
  type Parameters,
  type Task,
} from '#shared/math/cells/network.ts';
import { CELL_MATH, gradientsOf, stepsBack, stepsThrough } from '#shared/math/cells/sequence.ts';
import { Random } from '#shared/math/random.ts';
import { plainStack } from '../inspection/plain-cells.ts';
import { describeShared, golden, relativeError, type GoldenTensor } from '../support/shared.ts';

interface Size {
  inputSize: number;
  hiddenSize: number;
  steps: number;
}

function anyTask(cell: RecurrentCell, { inputSize, hiddenSize, steps }: Size, seed: number): Task {
  const random = new Random(seed, cell);
  const any = (rows: number, columns: number) => matrix(rows, columns, () => random.normal() * 0.6);
  const rows = CELL_MATH[cell].gates.length * hiddenSize;
  const parameters: Parameters = {
    weightIh: any(rows, inputSize),
    weightHh: any(rows, hiddenSize),
    biasIh: any(rows, 1),
    biasHh: any(rows, 1),
    weightOut: any(1, hiddenSize),
    biasOut: any(1, 1),
  };
  return {
    ...{ cell, parameters },
    inputs: Array.from({ length: steps }, () => any(1, inputSize).values),
    initial: { h: any(hiddenSize, 1).values, c: any(STATES[cell].length > 1 ? hiddenSize : 0, 1).values },
    target: random.normal(),
  };
}

const anySize = fc.record({
  inputSize: fc.integer({ min: 1, max: 5 }),
  hiddenSize: fc.integer({ min: 1, max: 5 }),
  steps: fc.integer({ min: 1, max: 7 }),
});

describe.each(RECURRENT_CELLS)('%s', (cell) => {
  it('is the plain cell of the equations', () => {
    const { parameters, inputs, initial } = anyTask(cell, { inputSize: 3, hiddenSize: 4, steps: 6 }, 1);
    const { weightIh, weightHh, biasIh, biasHh } = parameters;
    // The plain cell reads files of weights, which are in single precision.
    const single = (of: Matrix): Matrix => ({ ...of, values: [...Float32Array.from(of.values)] });
    const tensor = ({ rows, columns, values }: Matrix) => ({
      shape: [rows, columns],
      values: Float32Array.from(values),
    });
    const file = { weight_ih: weightIh, weight_hh: weightHh, bias_ih: biasIh, bias_hh: biasHh };
    const plain = plainStack(
      cell,
      inputs.map((x) => Float64Array.from(x)),
      new Map(Object.entries(file).map(([name, of]) => [`rnn.${name}_l0`, tensor(of)])),
      1,
      false,
    ).get('0')!;
    const weights = {
      ...{ weightIh: single(weightIh), weightHh: single(weightHh) },
      ...{ biasIh: single(biasIh), biasHh: single(biasHh) },
    };
    const nothing = { h: zeros(initial.h.length), c: zeros(initial.c.length) };
    const steps = stepsThrough(cell, weights, inputs, nothing);
    const names: Record<string, string> = {
      ...{ hidden: 'h_t', cell: 'c_t', input: 'i', forget: 'f', output: 'o', reset: 'r', update: 'z' },
      candidate: cell === 'gru' ? 'n' : 'g',
    };
    for (const [signal, values] of Object.entries(plain))
      values.forEach((expected, t) =>
        expect(relativeError(steps[t].values[names[signal]], expected)).toBeLessThan(1e-13),
      );
  });

  it('has the gradients that numeric differences give, of every parameter', () => {
    fc.assert(
      fc.property(anySize, fc.integer({ min: 0, max: 1e6 }), (size, seed) => {
        const task = anyTask(cell, size, seed);
        const { gradients } = backward(task, forward(task));
        for (const parameter of PARAMETERS) {
          const numeric = task.parameters[parameter].values.map((weight, index) =>
            difference((e) => lossWith(task, parameter, index, weight + e)),
          );
          expect(gap(gradients[parameter].values, numeric), parameter).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has the gradients that numeric differences give, of inputs and initial states', () => {
    fc.assert(
      fc.property(anySize, fc.integer({ min: 0, max: 1e6 }), (size, seed) => {
        const task = anyTask(cell, size, seed);
        const back = backward(task, forward(task)).steps;
        const slope = (of: Vector, into: (values: Vector) => Partial<Task>) =>
          of.map((value, at) => {
            const loss = (e: number) => forward({ ...task, ...into(of.with(at, value + e)) }).loss;
            return difference(loss);
          });
        task.inputs.forEach((x, t) => {
          const numeric = slope(x, (values) => ({ inputs: task.inputs.with(t, values) }));
          expect(gap(back[t].dx, numeric)).toBeLessThan(1e-6);
        });
        for (const state of ['h', 'c'] as const) {
          const numeric = slope(task.initial[state], (values) => ({ initial: { ...task.initial, [state]: values } }));
          expect(gap(back[0].before[state], numeric)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 30 },
    );
  });
});

const E = 1e-3;
/** Of fourth order: what it lacks is of the size of e^4, what rounding takes of that of 1e-16 / e. */
const difference = (loss: (e: number) => number) =>
  (8 * (loss(E) - loss(-E)) - (loss(2 * E) - loss(-2 * E))) / (12 * E);
/** Relative to the largest, or to a millionth where all are as good as nothing. */
const gap = (found: Vector, expected: Vector) =>
  found.reduce((worst, value, at) => Math.max(worst, Math.abs(value - expected[at])), 0) /
  Math.max(1e-4, ...expected.map(Math.abs));

interface GoldenCase extends Record<
  'x' | 'h0' | 'weight_out' | 'weight_h' | 'output' | 'grad_x' | 'grad_h0',
  GoldenTensor
> {
  cell: string;
  num_layers: number;
  bidirectional: boolean;
  lengths: number[] | null;
  c0?: GoldenTensor;
  weight_c?: GoldenTensor;
  grad_c0?: GoldenTensor;
  parameters: Record<string, GoldenTensor>;
  gradients: Record<string, GoldenTensor>;
}

const NAMES = {
  weightIh: 'weight_ih_l0',
  weightHh: 'weight_hh_l0',
  biasIh: 'bias_ih_l0',
  biasHh: 'bias_hh_l0',
} as const;

describeShared('PyTorch’s reference values hold', () => {
  const { cases, tensor } = golden<GoldenCase>('recurrent');
  const simple = cases.filter((one) => one.num_layers === 1 && !one.bidirectional && !one.lengths);

  it.each(simple.map((one) => [one.cell, one.x.shape.join(' x '), one] as const))('%s, x [%s]', (name, _, one) => {
    const cell = name.toLowerCase() as RecurrentCell;
    const [batch, time, width] = one.x.shape;
    const all = (at: GoldenTensor) => [...tensor(at)];
    const column = (at: GoldenTensor): Matrix => ({ rows: at.shape[0], columns: at.shape[1] ?? 1, values: all(at) });
    const weights = {
      weightIh: column(one.parameters[NAMES.weightIh]),
      weightHh: column(one.parameters[NAMES.weightHh]),
      biasIh: column(one.parameters[NAMES.biasIh]),
      biasHh: column(one.parameters[NAMES.biasHh]),
    };
    const hidden = weights.weightHh.columns;
    const row = (at: GoldenTensor | undefined, index: number, size: number) =>
      at ? all(at).slice(index * size, (index + 1) * size) : [];
    const runs = Array.from({ length: batch }, (_, sequence) => {
      const inputs = Array.from({ length: time }, (_, t) => row(one.x, sequence * time + t, width));
      const initial = { h: row(one.h0, sequence, hidden), c: row(one.c0, sequence, hidden) };
      const steps = stepsThrough(cell, weights, inputs, initial);
      const dOutputs = steps.map((_, t) => row(one.weight_out, sequence * time + t, hidden));
      const dLast = { h: row(one.weight_h, sequence, hidden), c: row(one.weight_c, sequence, hidden) };
      return { steps, back: stepsBack(cell, weights, steps, dOutputs, dLast) };
    });
    const found = (of: (run: (typeof runs)[number]) => Vector) => runs.flatMap((run) => [...of(run)]);
    const holds = (values: Vector, expected: GoldenTensor) =>
      expect(relativeError(values, tensor(expected))).toBeLessThan(1e-5);

    holds(
      found(({ steps }) => steps.flatMap(({ after }) => after.h)),
      one.output,
    );
    holds(
      found(({ back }) => back.flatMap(({ dx }) => dx)),
      one.grad_x,
    );
    holds(
      found(({ back }) => back[0].before.h),
      one.grad_h0,
    );
    if (one.grad_c0)
      holds(
        found(({ back }) => back[0].before.c),
        one.grad_c0,
      );
    const gradients = gradientsOf(runs.flatMap(({ back }) => back));
    for (const parameter of ['weightIh', 'weightHh', 'biasIh', 'biasHh'] as const)
      holds(gradients[parameter].values, one.gradients[NAMES[parameter]]);
  });
});

describe('activations', () => {
  it.each(ACTIVATION_IDS)('%s has its derivative, and no overflow far out', (id) => {
    const { value, derivative } = ACTIVATIONS[id];
    for (const x of [-30, -3.2, -0.4, 0.3, 1, 7.5, 30]) {
      const e = 1e-5;
      expect(derivative(x)).toBeCloseTo((value(x + e) - value(x - e)) / (2 * e), 8);
    }
    for (const x of [-1e4, 1e4]) expect([value(x), derivative(x)].every(Number.isFinite)).toBe(true);
  });
});

it('tells how far two numbers are apart, also where both are nothing', () => {
  expect(relativeDifference(2, 1)).toBe(0.5);
  expect(relativeDifference(-1, 1)).toBe(2);
  expect(relativeDifference(0, 0)).toBe(0);
});
