import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECURRENT_CELLS } from '#shared/domain/model-spec.ts';
import { sigmoid } from '#shared/math/activations.ts';
import { outer, product, transposedProduct, type Matrix, type Vector } from '#shared/math/cells/matrix.ts';
import { backward, forward } from '#shared/math/cells/network.ts';
import { environmentAt, isMatrix, type Environment } from '../../../src-renderer/rooms/inspect/steps/environment.ts';
import { blocksAt } from '../../../src-renderer/rooms/inspect/steps/equations/equations.ts';
import { exerciseOf, keptEdits, taskOf, type Settings } from '../../../src-renderer/rooms/inspect/steps/exercise.ts';
import { momentsOf } from '../../../src-renderer/rooms/inspect/steps/moments.ts';
import { parseEquation, type Expression } from '../../../src-renderer/rooms/inspect/steps/notation.ts';
import { fixed, numbersIn, short } from '../../../src-renderer/rooms/inspect/steps/numbers.ts';

type Value = Vector | Matrix;
type Meaning<E> = (expression: E, environment: Environment) => Value;

const vectorOf = (of: Expression, environment: Environment) => valueOf(of, environment) as Vector;
/** Element by element; a single number goes with every element. */
const together = (a: Vector, b: Vector, of: (x: number, y: number) => number) =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, unit) => of(a[unit] ?? a[0], b[unit] ?? b[0]));
const FUNCTIONS = { s: sigmoid, tanh: Math.tanh };

const MEANINGS: { [Kind in Expression['kind']]: Meaning<Extract<Expression, { kind: Kind }>> } = {
  number: ({ text }) => [Number(text)],
  name: ({ name }, environment) => environment[name],
  sum: ({ terms }, environment) =>
    terms.reduce<Vector>(
      (sum, { minus, of }) => together(sum, vectorOf(of, environment), (x, y) => (minus ? x - y : x + y)),
      [0],
    ),
  times: ({ factors }, environment) =>
    factors.map((factor) => vectorOf(factor, environment)).reduce((a, b) => together(a, b, (x, y) => x * y)),
  product: ({ matrix, transposed, vector }, environment) =>
    (transposed ? transposedProduct : product)(environment[matrix] as Matrix, environment[vector] as Vector),
  outer: ({ column, row }, environment) => outer(environment[column] as Vector, environment[row] as Vector),
  call: ({ name, squared, of }, environment) =>
    vectorOf(of, environment).map((x) => FUNCTIONS[name](x) ** (squared ? 2 : 1)),
  square: ({ of }, environment) => vectorOf(of, environment).map((x) => x ** 2),
  stack: ({ parts }, environment) => parts.flatMap((part) => vectorOf(part, environment)),
};

/** What an expression comes to, straight from what its signs mean. */
const valueOf = (of: Expression, environment: Environment): Value =>
  (MEANINGS[of.kind] as Meaning<Expression>)(of, environment);

const SMALL: Settings = { cell: 'lstm', inputSize: 2, hiddenSize: 3, steps: 3, seed: 4 };

function workedOut(settings: Settings) {
  const task = taskOf(settings.cell, exerciseOf(settings, {}));
  const run = forward(task);
  return { task, run, back: backward(task, run) };
}

describe.each(RECURRENT_CELLS)('equations of %s', (cell) => {
  it('come to the numbers that are shown with them, at every moment', () => {
    const size = { inputSize: fc.integer({ min: 1, max: 4 }), hiddenSize: fc.integer({ min: 1, max: 4 }) };
    const settings = fc.record({ ...size, steps: fc.integer({ min: 2, max: 6 }), seed: fc.nat(1e6) });
    fc.assert(
      fc.property(settings, (drawn) => {
        const { task, run, back } = workedOut({ cell, ...drawn });
        for (const moment of momentsOf(drawn.steps)) {
          const environment = environmentAt(moment, task, run, back);
          for (const { equation } of blocksAt(cell, moment).flatMap(({ lines }) => lines)) {
            const { left, right } = parseEquation(equation);
            const shown = environment[left];
            expect(shown, left).toBeDefined();
            if (!right) continue;
            const expected = valueOf(right, environment);
            const plain = (of: Value) => (isMatrix(of) ? of.values : of);
            expect(plain(shown).length, equation).toBe(plain(expected).length);
            plain(shown).forEach((value, at) => expect(value, equation).toBeCloseTo(plain(expected)[at], 12));
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('give every weight the gradient that their contributions add up to', () => {
    const { back } = workedOut({ ...SMALL, cell });
    const sum = back.steps.reduce((total, { contributions }) => total + contributions.weightHh.values[1], 0);
    expect(back.gradients.weightHh.values[1]).toBeCloseTo(sum, 14);
  });
});

describe('notation', () => {
  it.each(['y = (a', 'y = a b c', 'y = * a', 'y = [a, b'])('refuses %s', (text) => {
    expect(() => parseEquation(text)).toThrow('not an equation');
  });

  it('puts numbers in for one unit, negative ones in parentheses behind a sign', () => {
    const environment: Environment = {
      W: { rows: 2, columns: 2, values: [0.1, -0.2, -0.3, 0.4] },
      ...{ x: [2, -1], b: [0.5, -0.25], f: [0.1234567, 0.2], c: [-0.5, 1] },
    };
    const put = (text: string, unit: number) => numbersIn(parseEquation(`y = ${text}`).right!, environment, unit);
    const plain = (text: string | null) => text?.replaceAll('\u202f', ' ');
    expect(plain(put('W x + b', 1))).toBe('−0.3 · 2 + 0.4 · (−1) + (−0.25)');
    expect(plain(put('W^T x', 0))).toBe('0.1 · 2 + (−0.3) · (−1)');
    expect(plain(put('f * (1 - tanh^2 c)', 0))).toBe('0.1235 · (1 − tanh²(−0.5))');
    expect(plain(put('(x - b)^2', 0))).toBe('(2 − 0.5)²');
    expect(put('[b, c]', 0)).toBeNull();
  });

  it('writes numbers with four decimals, small ones by their power, typed ones as they were typed', () => {
    expect([fixed(0), fixed(-0.5), fixed(-7.9e-5)]).toEqual(['0.0000', '−0.5000', '−7.90e−5']);
    expect([short(-0.5), short(0.123456)]).toEqual(['−0.5', '0.1235']);
  });
});

describe('the exercise', () => {
  it('feeds every cell the same, and draws other weights from another seed', () => {
    const of = (change: Partial<Settings>) => exerciseOf({ ...SMALL, ...change }, {});
    expect(of({ cell: 'gru' }).x).toEqual(of({ cell: 'rnn' }).x);
    expect(of({ seed: 5 }).x).toEqual(of({ seed: 4 }).x);
    expect(of({ seed: 5 }).weightIh).not.toEqual(of({ seed: 4 }).weightIh);
    expect(of({ cell: 'gru' }).c0.values).toEqual([]);
  });

  it('keeps what was typed in as long as it means the same', () => {
    const edits = { 'x 0 1': 3, 'weightHh 0 0': 2 };
    expect(exerciseOf(SMALL, edits).x.values[1]).toBe(3);
    expect(exerciseOf(SMALL, edits).weightHh.values[0]).toBe(2);
    expect(keptEdits(edits, SMALL, { ...SMALL, steps: 5 })).toEqual(edits);
    expect(keptEdits(edits, SMALL, { ...SMALL, cell: 'gru' })).toEqual({ 'x 0 1': 3 });
  });
});
