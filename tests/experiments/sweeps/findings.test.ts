import { describe, expect, test } from 'vitest';
import type { CellRuns } from '#main/experiments/results.ts';
import { findingsOf, inSentence, type TestedLevel } from '#main/experiments/sweeps/findings.ts';
import { epochSecondsOf } from '#main/experiments/sweeps/pace.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import { mcnemarExact, pWords } from '#shared/math/statistics.ts';
import { madeSummary } from '../made-results.ts';

const CLIPS = 100;

/** One cell's runs that got so many of the first clips right, one number a seed. */
function runs(cell: Cell, right: number[], { clips = CLIPS, from = 0 } = {}): CellRuns {
  const ids = Array.from({ length: clips }, (_, clip) => from + clip);
  return {
    cell,
    clips: ids,
    runs: right.map((_, seed) => ({ cell, seed })) as CellRuns['runs'],
    right: right.map((count) => ids.map((id) => Number(id < count))),
  };
}

const tested = (level: number, ...cells: CellRuns[]): TestedLevel => ({
  level,
  cells,
  summary: cells.map(({ cell, right }) => {
    const shares = right.map((row) => row.reduce((sum, one) => sum + one, 0) / row.length);
    const accuracy = shares.reduce((sum, one) => sum + one, 0) / shares.length;
    return madeSummary(cell, {
      accuracy,
      runs: right.length,
      testClips: right[0].length,
      parameters: 1000 * (level + 1),
    });
  }),
});

const spec = { factor: 'hiddenSize', levels: [32, 64, 128] } as const;

describe('findings', () => {
  test('the best level, and of the others a paired test each, Holm over two', () => {
    const [finding] = findingsOf(spec, [
      tested(0, runs('lstm', [70])),
      tested(1, runs('lstm', [92])),
      tested(2, runs('lstm', [94])),
    ]);
    const [p32, p64] = [mcnemarExact(24, 0), mcnemarExact(2, 0)];
    expect(finding).toMatchObject({ cell: 'lstm', best: 2 });
    expect(finding.worse).toEqual([{ level: 0, p: expect.closeTo(p32, 12), pHolm: expect.closeTo(2 * p32, 12) }]);
    expect(finding.alike).toEqual([{ level: 1, p: expect.closeTo(p64, 12), pHolm: expect.closeTo(p64, 12) }]);
    expect(finding.words).toBe(
      'LSTM: best is 128 units, 94.0 % (n = 100 test clips, one seed). Cannot be told from it: 64 units (p = 0.50). Worse: 32 units (p < 0.001). p after Holm’s correction for 2 levels.',
    );
  });

  test('of equal levels the cheaper one is best; seeds are those both have', () => {
    const [finding] = findingsOf(spec, [
      tested(0, runs('gru', [90, 90])),
      tested(1, runs('gru', [90, 90])),
      tested(2, runs('gru', [80])),
    ]);
    expect(finding.best).toBe(0);
    expect(finding.alike).toMatchObject([{ level: 1, p: 1 }]);
    // One seed in common: ten clips the one way, none the other.
    expect(finding.worse).toMatchObject([{ level: 2, p: expect.closeTo(mcnemarExact(10, 0), 12) }]);
    expect(finding.words).toContain('2 seeds');
  });

  test('a level that left clips out is compared on the clips both have, which is said', () => {
    const [finding] = findingsOf(spec, [
      tested(0, runs('rnn', [20], { clips: 60, from: 40 })),
      tested(1, runs('rnn', [50])),
    ]);
    // Clips 40 to 49 alone: ten of sixty.
    expect(finding.best).toBe(1);
    expect([...finding.worse, ...finding.alike]).toMatchObject([{ p: expect.closeTo(mcnemarExact(10, 0), 12) }]);
    expect(finding.words).toContain('compared on the clips both have');
  });

  test('each cell by itself, of one level nothing but itself, of none nothing', () => {
    const found = findingsOf(spec, [tested(1, runs('lstm', [50]), runs('dnn', [20]))]);
    expect(found.map(({ cell, best }) => [cell, best])).toEqual([
      ['lstm', 1],
      ['dnn', 1],
    ].sort(([a], [b]) => ['rnn', 'lstm', 'gru', 'dnn'].indexOf(String(a)) - ['rnn', 'lstm', 'gru', 'dnn'].indexOf(String(b)))); // prettier-ignore
    expect(found[0].words).toBe(
      'LSTM: best is 64 units, 50.0 % (n = 100 test clips, one seed). No other level has been tested yet.',
    );
    expect(findingsOf(spec, [])).toEqual([]);
  });

  test('words fit into a sentence, and p is not more exact than it is', () => {
    expect(['Whole clips', 'MFCC', '64 units', 'Log-mel'].map(inSentence)).toEqual([
      ...['whole clips', 'MFCC', '64 units', 'log-mel'],
    ]);
    expect([0.0004, 0.0312, 0.0931, 0.0999, 1].map(pWords)).toEqual([
      ...['p < 0.001', 'p = 0.031', 'p = 0.093', 'p = 0.10', 'p = 1.00'],
    ]);
  });
});

describe('seconds of an epoch to come', () => {
  test('lie on the line through those that were seen', () => {
    const seen = [
      { parameters: 1000, seconds: 2 },
      { parameters: 3000, seconds: 4 },
    ];
    expect(epochSecondsOf(seen, 5000)).toBeCloseTo(6, 10);
    expect(epochSecondsOf(seen, 2000)).toBeCloseTo(3, 10);
  });
  test('are as many more as there are parameters where all had one size or none rises, and unknown where none were seen', () => {
    const falling = [{ parameters: 10, seconds: 4 }, { parameters: 20, seconds: 2 }]; // prettier-ignore
    expect([5, 20, 60].map((parameters) => epochSecondsOf(falling, parameters))).toEqual([3, 3, 9]);
    expect(epochSecondsOf([{ parameters: 10, seconds: 2 }, { parameters: 10, seconds: 4 }], 10)).toBe(3); // prettier-ignore
    expect(epochSecondsOf([], 999)).toBeNull();
  });
  test('never fall to nothing', () => {
    const steep = [
      { parameters: 1000, seconds: 1 },
      { parameters: 1100, seconds: 9 },
    ];
    expect(epochSecondsOf(steep, 10)).toBe(0.5);
  });
});
