import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confusionMatrix, metricsOf } from '#shared/math/metrics.ts';
import { describeShared, golden } from '../support/shared.ts';

interface Case {
  classes: number;
  truth: number[];
  predicted: number[];
  confusion: number[][];
  accuracy: number;
  balanced_accuracy: number;
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  macro_f1: number;
  weighted_f1: number;
  cohen_kappa: number;
}

describeShared("scikit-learn's values", () => {
  const { cases } = golden<Case>('metrics');
  test.each(cases.map((wanted) => [wanted.classes, wanted] as const))('%i classes', (_, wanted) => {
    const got = metricsOf(confusionMatrix(wanted.truth, wanted.predicted, wanted.classes));
    expect(got.confusion).toEqual(wanted.confusion);
    expect(got.support).toEqual(wanted.support);
    const numbers: [number, number][] = [
      [got.accuracy, wanted.accuracy],
      [got.balancedAccuracy, wanted.balanced_accuracy],
      [got.macroF1, wanted.macro_f1],
      [got.weightedF1, wanted.weighted_f1],
      [got.cohenKappa, wanted.cohen_kappa],
      ...wanted.precision.map((value, index): [number, number] => [got.precision[index], value]),
      ...wanted.recall.map((value, index): [number, number] => [got.recall[index], value]),
      ...wanted.f1.map((value, index): [number, number] => [got.f1[index], value]),
    ];
    for (const [actual, expected] of numbers) expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9);
  });
});

describe('by hand', () => {
  test('a class that never occurs and is never predicted has 0, not NaN', () => {
    const got = metricsOf(confusionMatrix([0, 0, 1], [0, 1, 1], 3));
    expect(got.precision[2]).toBe(0);
    expect(got.recall[2]).toBe(0);
    expect(got.f1[2]).toBe(0);
    expect(got.balancedAccuracy).toBeCloseTo(0.75, 12);
  });

  test('nothing to count is 0 everywhere', () => {
    const got = metricsOf(confusionMatrix([], [], 2));
    expect([got.accuracy, got.macroF1, got.weightedF1, got.cohenKappa]).toEqual([0, 0, 0, 0]);
  });

  test('refuses a class that is none, and lists of unlike length', () => {
    expect(() => confusionMatrix([0, 2], [0, 0], 2)).toThrow('class 2');
    expect(() => confusionMatrix([0, 1], [0, -1], 2)).toThrow('of clip 1');
    expect(() => confusionMatrix([0], [0, 1], 2)).toThrow('1 true classes, 2 predicted');
  });
});

test('counts keep every clip, whatever the predictions', () => {
  const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1 });
  fc.assert(
    fc.property(pairs, (list) => {
      const got = metricsOf(
        confusionMatrix(
          list.map(([truth]) => truth),
          list.map(([, predicted]) => predicted),
          5,
        ),
      );
      expect(got.clips).toBe(list.length);
      expect(got.accuracy).toBeCloseTo(list.filter(([a, b]) => a === b).length / list.length, 12);
      for (const value of [...got.precision, ...got.recall, ...got.f1, got.macroF1, got.balancedAccuracy])
        expect(value >= 0 && value <= 1).toBe(true);
    }),
  );
});
