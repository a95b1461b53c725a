import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochRecord, RunView } from '#shared/domain/run.ts';
import { bestEpoch, curveData, meanCurve } from '../../../src-renderer/parts/curves/series.ts';
import { epochTicks, smooth, thinIndices } from '../../../src-renderer/parts/curves/smooth.ts';

const record = (epoch: number, validationLoss: number | null, trainLoss = 1): EpochRecord => ({
  epoch,
  trainLoss,
  trainAccuracy: 0.5,
  validationLoss,
  validationAccuracy: validationLoss === null ? null : 0.4,
  learningRate: 1e-3,
  gradientNorm: 1,
  clippedShare: 0,
  gradientNorms: null,
  seconds: 1,
  clipsPerSecond: 100,
});
const run = (id: number, cell: RunView['cell'], seed: number, losses: (number | null)[]): RunView =>
  ({
    id,
    cell,
    seed,
    result: null,
    epochs: losses.map((loss, i) => record(i + 1, loss)),
  }) as RunView;

describe('smooth', () => {
  it('begins at the first value and leaves a constant as it is', () => {
    expect(smooth([4, 4, 4], 0.9).map((value) => Number(value?.toFixed(10)))).toEqual([4, 4, 4]);
    expect(smooth([3, 0], 0.5)[0]).toBeCloseTo(3, 12);
    // (0.5 * 0.5 * 3 + 0.5 * 0) / (1 - 0.25)
    expect(smooth([3, 0], 0.5)[1]).toBeCloseTo(1, 12);
  });

  it('with weight 0 is the raw curve, and keeps gaps', () => {
    expect(smooth([1, null, 3, Number.NaN], 0)).toEqual([1, null, 3, null]);
    expect(smooth([1, null, 1], 0.7)[1]).toBeNull();
  });

  it('stays within the range of what it averages', () => {
    const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.98, noNaN: true }), (raw, weight) => {
        for (const value of smooth(raw, weight)) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...raw) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...raw) + 1e-9);
        }
      }),
    );
  });
});

describe('thinIndices', () => {
  it('keeps to the limit, with both ends and what must be kept, in order', () => {
    const input = fc.record({ length: fc.integer({ min: 1, max: 5000 }), limit: fc.integer({ min: 10, max: 500 }) });
    fc.assert(
      fc.property(input, fc.array(fc.nat(5000), { maxLength: 4 }), ({ length, limit }, keep) => {
        const kept = thinIndices(length, limit, keep);
        expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 6));
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(length - 1);
        for (const index of keep) if (index < length) expect(kept).toContain(index);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      }),
    );
  });
});

it('epochTicks names whole epochs in even steps', () => {
  expect(epochTicks(6)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(epochTicks(15)).toEqual([1, 5, 10, 15]);
  expect(epochTicks(100)).toEqual([1, 20, 40, 60, 80, 100]);
  expect(epochTicks(1)).toEqual([1]);
});

it('meanCurve reaches as far as the shortest curve and has gaps where one has', () => {
  expect(meanCurve([[1, 2, 3], [3, 4]])).toEqual([2, 3]); // prettier-ignore
  expect(meanCurve([[1, null], [3, 4]])).toEqual([2, null]); // prettier-ignore
  expect(meanCurve([])).toEqual([]);
});

describe('bestEpoch', () => {
  it('is the lowest validation loss, the first of equals, else that of training', () => {
    expect(bestEpoch(run(1, 'gru', 0, [0.9, 0.4, 0.4, 0.6]))).toBe(2);
    const unvalidated = { result: null, epochs: [record(1, null, 0.5), record(2, null, 0.3)] };
    expect(bestEpoch(unvalidated)).toBe(2);
    expect(bestEpoch({ result: null, epochs: [] })).toBeNull();
  });

  it('is what the test says, once it has been tested', () => {
    const tested = { ...run(1, 'gru', 0, [0.9, 0.4]), result: { bestEpoch: 1 } as RunView['result'] };
    expect(bestEpoch(tested)).toBe(1);
  });
});

describe('curveData', () => {
  it('draws one line per cell and part, with the best epoch on the validation', () => {
    const { lines, rows, best } = curveData([run(7, 'lstm', 0, [0.9, 0.4, 0.6])], 'loss', ['train', 'validation'], 0);
    expect(lines.map(({ cell, part, kind }) => `${cell} ${part} ${kind}`)).toEqual(['lstm train main', 'lstm validation main']); // prettier-ignore
    expect(rows.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(best).toEqual([{ cell: 'lstm', run: 7, epoch: 2, value: 0.4 }]);
    expect(rows[1][lines[1].key]).toBe(0.4);
  });

  it('draws several seeds thin and their mean thick, no further than all have got', () => {
    const runs = [run(1, 'rnn', 0, [1, 0.5, 0.2]), run(2, 'rnn', 1, [3, 1.5])];
    const { lines, rows } = curveData(runs, 'loss', ['validation'], 0);
    expect(lines.map(({ kind }) => kind)).toEqual(['seed', 'seed', 'main']);
    const mean = lines.find(({ kind }) => kind === 'main')!.key;
    expect(rows.map((row) => row[mean])).toEqual([2, 1, null]);
  });

  it('keeps the raw line behind a smoothed one', () => {
    const { lines, rows } = curveData([run(1, 'gru', 0, [4, 0])], 'loss', ['validation'], 0.5);
    expect(lines.map(({ kind }) => kind)).toEqual(['raw', 'main']);
    expect(rows[1][lines[0].key]).toBe(0);
    expect(rows[1][lines[1].key]).toBeCloseTo(4 / 3, 12);
  });

  it('draws nothing where there is no validation, and not more than 500 epochs', () => {
    expect(curveData([run(1, 'gru', 0, [null, null])], 'loss', ['validation'], 0).lines).toEqual([]);
    const long = run(1, 'gru', 0, Array.from({ length: 2000 }, (_, i) => 2000 - i)); // prettier-ignore
    const { rows, best } = curveData([long], 'loss', ['validation'], 0);
    expect(rows.length).toBeLessThanOrEqual(500);
    expect(rows.some(({ epoch }) => epoch === best[0].epoch)).toBe(true);
  });
});
