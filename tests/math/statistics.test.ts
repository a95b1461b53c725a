import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '#shared/math/random.ts';
import { incompleteBeta, logGamma, studentQuantile, studentT } from '#shared/math/special.ts';
import {
  accuracyInterval,
  describePairedTest,
  holm,
  mcnemarExact,
  percentile,
  signFlipTest,
  standardDeviation,
  wilsonInterval,
} from '#shared/math/statistics.ts';

describe('special functions', () => {
  test('log gamma: factorials and gamma(1/2)', () => {
    let logFactorial = 0;
    for (let n = 1; n <= 170; n++) {
      logFactorial += Math.log(n);
      expect(Math.abs(logGamma(n + 1) - logFactorial)).toBeLessThanOrEqual(1e-12 * Math.max(1, logFactorial));
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
  });

  test('incomplete beta: whole numbers against the binomial sum', () => {
    // I_x(a, n - a + 1) = P(at least a successes of n), each with probability x.
    for (const [x, a, n] of [
      [0.3, 2, 7],
      [0.5, 5, 9],
      [0.9, 3, 12],
    ] as const) {
      let tail = 0;
      for (let k = a; k <= n; k++) tail += choose(n, k) * x ** k * (1 - x) ** (n - k);
      expect(incompleteBeta(x, a, n - a + 1)).toBeCloseTo(tail, 12);
    }
  });

  test("Student's t: the printed tables, and its closed forms for 1 and 2 degrees", () => {
    const table: [number, number][] = [
      [1, 12.7062047],
      [2, 4.3026527],
      [4, 2.7764451],
      [10, 2.2281389],
      [30, 2.0422725],
      [1000, 1.9623391],
    ];
    for (const [degrees, wanted] of table) expect(studentQuantile(0.95, degrees)).toBeCloseTo(wanted, 6);
    for (const t of [-3, -0.5, 0, 1, 6]) {
      expect(studentT(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
      expect(studentT(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12);
    }
  });
});

describe("Wilson's interval", () => {
  test.each([
    // hits, clips, low, high
    [8, 10, 0.4901625, 0.9433178],
    [0, 10, 0, 0.2775328],
    [10, 10, 0.7224672, 1],
    [245, 250, 0.9540444, 0.9914277],
  ])('%i of %i', (hits, clips, low, high) => {
    const got = wilsonInterval(hits / clips, clips);
    expect(got[0]).toBeCloseTo(low, 6);
    expect(got[1]).toBeCloseTo(high, 6);
  });

  test('holds both ends of the equation |share - p| = z sqrt(p (1 - p) / n)', () => {
    const [low, high] = wilsonInterval(0.7, 40);
    for (const p of [low, high])
      expect(Math.abs(0.7 - p)).toBeCloseTo(1.959963984540054 * Math.sqrt((p * (1 - p)) / 40));
  });

  test('without clips anything is possible', () => expect(wilsonInterval(0, 0)).toEqual([0, 1]));
});

describe('paired tests', () => {
  const bruteForce = (differences: number[]): number => {
    const seen = Math.abs(differences.reduce((sum, d) => sum + d, 0));
    let extreme = 0;
    for (let signs = 0; signs < 2 ** differences.length; signs++) {
      const sum = differences.reduce((total, d, index) => total + ((signs >> index) & 1 ? d : -d), 0);
      if (Math.abs(sum) >= seen) extreme++;
    }
    return extreme / 2 ** differences.length;
  };

  test('sign-flip equals trying all signs', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 11 }), (differences) => {
        expect(signFlipTest(differences)).toBeCloseTo(bruteForce(differences), 11);
      }),
    );
  });

  test("with one seed it is McNemar's exact test", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.nat(50), (onlyA, onlyB, ties) => {
        const differences = [
          ...new Array<number>(onlyA).fill(1),
          ...new Array<number>(onlyB).fill(-1),
          ...new Array<number>(ties).fill(0),
        ];
        const p = mcnemarExact(onlyA, onlyB);
        expect(Math.abs(signFlipTest(differences) - p)).toBeLessThanOrEqual(1e-9 * p + 1e-300);
      }),
    );
  });

  test('McNemar: known values, and thousands of differing clips without underflow', () => {
    expect(mcnemarExact(0, 0)).toBe(1);
    expect(mcnemarExact(5, 5)).toBe(1);
    expect(mcnemarExact(1, 0)).toBeCloseTo(1, 12);
    expect(mcnemarExact(12, 3)).toBeCloseTo((2 * (1 + 15 + 105 + 455)) / 2 ** 15, 12);
    // Normal approximation with continuity correction at n = 4000: z = (|2100 - 1900| - 1) / sqrt(4000) = 3.146.
    expect(mcnemarExact(2100, 1900)).toBeGreaterThan(0.0015);
    expect(mcnemarExact(2100, 1900)).toBeLessThan(0.0018);
  });

  test('Holm', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([0.5, 0.6])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  test('sentences', () => {
    const outcome = { a: 'LSTM', b: 'RNN', onlyA: 12, onlyB: 3, p: 0.0352, pHolm: 0.0352, clips: 250, seeds: 1 };
    expect(describePairedTest(outcome)).toBe(
      'LSTM got 12 clips right that RNN missed and 3 the other way; such a gap would come up by chance in 4 of 100 (p = 0.035, n = 250 clips).',
    );
    expect(describePairedTest({ ...outcome, onlyA: 3, onlyB: 12 })).toContain(
      'RNN got 12 clips right that LSTM missed',
    );
    expect(describePairedTest({ ...outcome, p: 0.311, pHolm: 0.9 })).toBe(
      'The difference between LSTM and RNN could be chance: p = 0.31 (n = 250 clips).',
    );
    expect(describePairedTest({ ...outcome, pHolm: 0.105 })).toContain('it could still be chance (Holm: p = 0.10)');
    expect(describePairedTest({ ...outcome, p: 1e-9, pHolm: 1e-8, seeds: 3 })).toContain(
      '(counted over 3 seeds); such a gap would come up by chance in less than 1 of 1,000 (p < 0.001, n = 250 clips, 3 seeds)',
    );
    expect(describePairedTest({ ...outcome, onlyA: 0, onlyB: 0, p: 1 })).toContain('the very same clips');
  });
});

describe('accuracy over seeds', () => {
  test('one seed: Wilson', () => {
    const got = accuracyInterval([[1, 1, 1, 1, 1, 1, 1, 1, 0, 0]]);
    expect(got.accuracy).toBeCloseTo(0.8, 12);
    expect(got.interval[0]).toBeCloseTo(0.4901625, 6);
    expect(got.method).toBe('Wilson, over 10 clips');
  });

  test('seeds that all agree add nothing: about as wide as one seed', () => {
    const row = Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? 0 : 1));
    const one = accuracyInterval([row]).interval;
    const three = accuracyInterval([row, row, row]).interval;
    expect(three[0]).toBeCloseTo(one[0], 2);
    expect(three[1]).toBeCloseTo(one[1], 2);
  });

  test('seeds that disagree as wholes widen it', () => {
    const share = (hits: number) => Array.from({ length: 200 }, (_, i) => (i < hits ? 1 : 0));
    const alike = accuracyInterval([share(180), share(180), share(180)]).interval;
    const unlike = accuracyInterval([share(160), share(180), share(200)]).interval;
    expect(unlike[1] - unlike[0]).toBeGreaterThan(1.5 * (alike[1] - alike[0]));
  });

  test('all right and all wrong stay inside 0..1', () => {
    const right = new Array<number>(50).fill(1);
    expect(accuracyInterval([right, right]).interval[1]).toBe(1);
    expect(accuracyInterval([right, right]).interval[0]).toBeGreaterThan(0.9);
    const wrong = new Array<number>(50).fill(0);
    expect(accuracyInterval([wrong, wrong]).interval[0]).toBe(0);
  });

  test('covers the true accuracy about 95 times in 100 when clips and seeds both vary', () => {
    const random = new Random(7, 'coverage');
    // p(clip, seed) = logistic(2 + clip + seed effects); the truth by averaging over many draws of both.
    const chance = (clip: number, seed: number) => 1 / (1 + Math.exp(-(2 + 1.5 * clip + 0.3 * seed)));
    let truth = 0;
    for (let i = 0; i < 200_000; i++) truth += chance(random.normal(), random.normal()) / 200_000;
    let covered = 0;
    const trials = 600;
    for (let trial = 0; trial < trials; trial++) {
      const clips = Array.from({ length: 150 }, () => random.normal());
      const right = Array.from({ length: 3 }, () => {
        const seed = random.normal();
        return clips.map((clip) => (random.uniform() < chance(clip, seed) ? 1 : 0));
      });
      const [low, high] = accuracyInterval(right).interval;
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.92);
    expect(covered / trials).toBeLessThan(0.995);
  });
});

test('percentiles are interpolated as NumPy does', () => {
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(percentile([1, 2, 3, 4, 5], 0.95)).toBeCloseTo(4.8, 12);
  expect(percentile([7], 0.95)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
  expect(standardDeviation([1, 3])).toBeCloseTo(Math.SQRT2, 12);
  expect(standardDeviation([1])).toBeNull();
});

function choose(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}
