import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plainLosses } from '#main/engine/losses/plain.ts';
import { loadAddon } from '#main/engine/native/addon.ts';
import type { LossCalls } from '#main/engine/native/calls/losses.ts';
import { Random } from '#shared/math/random.ts';
import { relativeError } from '../support/shared.ts';
import { bestSet, Guarded, setsHere } from './guarded.ts';

type CrossEntropyArguments = Parameters<LossCalls['crossEntropy']>;
type CtcArguments = Parameters<LossCalls['ctc']>;

interface CrossEntropyShape {
  rows: number;
  classes: number;
  smoothing: number;
  weighed: boolean;
  seed: number;
}
interface CtcShape {
  batch: number;
  time: number;
  classes: number;
  longest: number;
  zeroInfinity: boolean;
  seed: number;
}

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }));
const crossEntropyShapes: fc.Arbitrary<CrossEntropyShape> = fc.record({
  rows: fc.oneof(size, fc.constantFrom(127, 128, 129, 300)),
  classes: size,
  smoothing: fc.constantFrom(0, 0.1, 1),
  weighed: fc.boolean(),
  seed: fc.integer(),
});
const ctcShapes: fc.Arbitrary<CtcShape> = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  time: size,
  classes: fc.integer({ min: 2, max: 40 }),
  longest: fc.integer({ min: 0, max: 35 }),
  zeroInfinity: fc.boolean(),
  seed: fc.integer(),
});

function crossEntropyArguments(g: Guarded, shape: CrossEntropyShape, train = true): CrossEntropyArguments {
  const { rows, classes, smoothing, weighed, seed } = shape;
  const random = new Random(seed, 'targets');
  const targets = Int32Array.from({ length: rows }, () => random.below(classes + 1) - 1);
  const weights = weighed ? g.array(classes).map((weight) => Math.abs(weight)) : null;
  const gradient = train ? g.array(rows * classes) : null;
  return [rows, classes, g.array(rows * classes), targets, weights, smoothing, gradient];
}

function ctcArguments(g: Guarded, shape: CtcShape, train = true): CtcArguments {
  const { batch, time, classes, longest, zeroInfinity, seed } = shape;
  const random = new Random(seed, 'targets');
  const blank = random.below(classes);
  const lengths = Int32Array.from({ length: batch }, () => 1 + random.below(time));
  const targetLengths = Int32Array.from({ length: batch }, () => random.below(longest + 1));
  const labels = targetLengths.reduce((sum, length) => sum + length, 0);
  const targets = Int32Array.from({ length: labels }, () => (blank + 1 + random.below(classes - 1)) % classes);
  const volume = batch * time * classes;
  return [
    ...([batch, time, classes, blank, g.array(volume), lengths, targetLengths, targets, zeroInfinity] as const),
    ...([g.array(batch), g.array(batch), train ? g.array(volume) : null] as const),
  ];
}

/** The same arguments with outputs of their own, zero at first as the plain form wants them. */
function copyOf<Arguments extends readonly unknown[]>(args: Arguments, ...outputs: number[]): Arguments {
  return args.map((arg, i) =>
    outputs.includes(i) && arg instanceof Float32Array ? new Float32Array(arg.length) : arg,
  ) as unknown as Arguments;
}

describe.each(setsHere)('losses for %s', (name) => {
  const addon = loadAddon();
  beforeAll(() => void addon.useInstructionSet(name));
  afterAll(() => void addon.useInstructionSet(bestSet));
  afterEach(() => addon.setThreads(2));

  it('cross-entropy stays within its arguments, and is what the plain form gives', () => {
    fc.assert(
      fc.property(crossEntropyShapes, (shape) => {
        const g = new Guarded(shape.seed);
        const args = crossEntropyArguments(g, shape);
        const plain = copyOf(args, 6);
        const [loss, expected] = [addon.crossEntropy(...args), plainLosses.crossEntropy(...plain)];
        if (Number.isNaN(expected)) expect(loss).toBeNaN();
        else expect(Math.abs(loss - expected)).toBeLessThan(2e-6 * Math.max(1, expected));
        expect(relativeError(args[6]!, plain[6]!)).toBeLessThan(2e-6);
        expect(addon.crossEntropy(...(args.with(6, null) as CrossEntropyArguments))).toBe(loss);
        g.check();
      }),
      { numRuns: 100 },
    );
  });

  it('CTC stays within its arguments, and is what the plain form gives', () => {
    fc.assert(
      fc.property(ctcShapes, (shape) => {
        const g = new Guarded(shape.seed);
        const args = ctcArguments(g, shape);
        const plain = copyOf(args, 10, 11);
        addon.ctc(...args);
        plainLosses.ctc(...plain);
        const losses = args[10].slice();
        plain[10].forEach((loss, b) => {
          if (loss === Infinity) expect(losses[b]).toBe(Infinity);
          else expect(Math.abs(losses[b] - loss)).toBeLessThanOrEqual(1e-6 * Math.max(1, loss));
        });
        const [gradient, expected] = [args[11]!, plain[11]!];
        expect(gradient.map((value) => (Number.isNaN(value) ? 1 : 0))).toEqual(
          expected.map((value) => (Number.isNaN(value) ? 1 : 0)),
        );
        const known = (values: Float32Array) => values.map((value) => (Number.isNaN(value) ? 0 : value));
        // A difference of two probabilities: its error is relative to those, however little of them is left.
        expect(relativeError([...known(gradient), 1], [...known(expected), 1])).toBeLessThan(5e-6);
        args[10].fill(0);
        addon.ctc(...(args.with(11, null) as CtcArguments));
        expect(args[10]).toEqual(losses);
        // What is impossible is no fault of the bounds.
        if (!shape.zeroInfinity) [args[10], gradient].forEach((values) => values.set(known(values.map(finite))));
        g.check();
      }),
      { numRuns: 100 },
    );
  });

  it('are the same to the bit on one thread and on two', () => {
    const entropy = crossEntropyArguments(new Guarded(1), {
      ...{ rows: 1000, classes: 61, smoothing: 0.1, weighed: true, seed: 1 },
    });
    const ctc = ctcArguments(new Guarded(2), {
      ...{ batch: 9, time: 80, classes: 30, longest: 20, zeroInfinity: true, seed: 2 },
    });
    const [first, second] = [1, 2].map((threads) => {
      addon.setThreads(threads);
      const loss = addon.crossEntropy(...entropy);
      addon.ctc(...ctc);
      return [loss, entropy[6]!.slice(), ctc[10].slice(), ctc[11]!.slice()];
    });
    expect(second).toEqual(first);
    expect((first[2] as Float32Array).every((loss) => loss > 0)).toBe(true);
  });

  it('keep their precision over long sequences that a network is sure about', () => {
    // Nearly all blank, as networks are early in their training: labels are e^-12 likely.
    const [time, classes] = [2000, 40];
    const random = new Random('long');
    const logits = Float32Array.from(
      { length: time * classes },
      (_, i) => random.normal() + (i % classes === 0 ? 12 : 0),
    );
    const targets = Int32Array.from({ length: 150 }, () => 1 + random.below(classes - 1));
    const args: CtcArguments = [
      ...([1, time, classes, 0, logits, Int32Array.of(time), Int32Array.of(150), targets, false] as const),
      ...([Float32Array.of(1), new Float32Array(1), new Float32Array(logits.length)] as const),
    ];
    const plain = copyOf(args, 10, 11);
    addon.ctc(...args);
    plainLosses.ctc(...plain);
    expect(plain[10][0]).toBeGreaterThan(500);
    expect(Math.abs(args[10][0] / plain[10][0] - 1)).toBeLessThan(1e-6);
    expect(relativeError(args[11]!, plain[11]!)).toBeLessThan(1e-5);
  });
});

const finite = (value: number) => (Number.isFinite(value) ? value : 0);

describe.skipIf(setsHere.length === 0)('the border of the losses', () => {
  type Loose = (...args: unknown[]) => unknown;
  const wrong = (call: 'crossEntropy' | 'ctc', right: readonly unknown[], at: number, value: unknown, text: RegExp) => {
    const args = right.with(at, value);
    expect(() => (loadAddon()[call] as Loose)(...args)).toThrow(TypeError);
    expect(() => (loadAddon()[call] as Loose)(...args)).toThrow(text);
  };

  it('refuses cross-entropy of what does not fit', () => {
    const right = [2, 3, new Float32Array(6), Int32Array.of(0, -1), new Float32Array(3), 0, new Float32Array(6)];
    const cases: [number, unknown, RegExp][] = [
      [0, 0, /rows is out of range/],
      [1, 2.5, /classes is out of range/],
      [2, new Float32Array(5), /logits has 5 values, not 6/],
      [2, new Float64Array(6), /logits must be a Float32Array/],
      [3, Int32Array.of(0, 3), /targets holds 3/],
      [3, Int32Array.of(0, -2), /targets holds -2/],
      [3, Int32Array.of(0), /targets has the wrong length/],
      [4, new Float32Array(2), /weights has 2 values/],
      [5, 'none', /smoothing must be a number/],
      [6, new Float32Array(7), /gradient has 7 values/],
      [6, undefined, /gradient must be/],
    ];
    for (const [at, value, text] of cases) wrong('crossEntropy', right, at, value, text);
  });

  it('refuses CTC of what does not fit', () => {
    const right = [
      ...[2, 3, 4, 0, new Float32Array(24), Int32Array.of(3, 1), Int32Array.of(2, 0), Int32Array.of(1, 3), false],
      ...[new Float32Array(2), new Float32Array(2), new Float32Array(24)],
    ];
    expect(() => (loadAddon().ctc as Loose)(...right)).not.toThrow();
    const cases: [number, unknown, RegExp][] = [
      [0, -1, /batch is out of range/],
      [1, NaN, /time is out of range/],
      [2, 2 ** 21, /classes is out of range/],
      [3, 4, /blank is out of range/],
      [4, new Float32Array(23), /logits has 23 values/],
      [5, Int32Array.of(3, 4), /lengths holds 4/],
      [5, Int32Array.of(3, 0), /lengths holds 0/],
      [6, Int32Array.of(2, -1), /targetLengths holds -1/],
      [6, Int32Array.of(2, 1), /targets has the wrong length/],
      [7, Int32Array.of(1, 4), /targets holds 4/],
      [7, [1, 3], /targets must be an Int32Array/],
      [8, 0, /zeroInfinity must be a boolean/],
      [9, new Float32Array(3), /factors has 3 values/],
      [10, new Float32Array(1), /losses has 1 values/],
      [11, new Float32Array(25), /gradient has 25 values/],
    ];
    for (const [at, value, text] of cases) wrong('ctc', right, at, value, text);
  });
});
