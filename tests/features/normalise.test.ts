import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise, RunningStatistics } from '#main/features/normalise.ts';

const clip = (rows: number[][]) => ({
  frames: rows.length,
  bins: rows[0].length,
  values: Float32Array.from(rows.flat()),
});

describe('normalisation', () => {
  test('statistics of all frames together, whatever the clips', () => {
    const value = fc.float({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 60 }), fc.nat(59), (rows, at) => {
        const split = 1 + (at % (rows.length - 1));
        const running = new RunningStatistics(2);
        running.add(clip(rows.slice(0, split)));
        running.add(clip(rows.slice(split)));
        const { mean, std } = running.finish();
        for (const bin of [0, 1]) {
          const column = rows.map((row) => Math.fround(row[bin]));
          const average = column.reduce((a, b) => a + b, 0) / column.length;
          const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - average) ** 2, 0) / column.length);
          expect(mean[bin]).toBeCloseTo(average, 8);
          if (deviation > 1e-3) expect(std[bin]).toBeCloseTo(deviation, 8);
        }
      }),
    );
  });
  test('small changes on a large mean are not lost', () => {
    const running = new RunningStatistics(1);
    for (let i = 0; i < 1000; i++) running.add(clip([[100_000 + (i % 2)], [100_000 + ((i + 1) % 2)]]));
    expect(running.finish().std[0]).toBeCloseTo(0.5, 6);
  });
  test('the training clips come out with mean 0 and deviation 1; a bin that never changes is 0', () => {
    const clips = [
      clip([
        [1, 7],
        [5, 7],
      ]),
      clip([[9, 7]]),
    ];
    const running = new RunningStatistics(2);
    clips.forEach((each) => running.add(each));
    const scaled = clips.flatMap((each) => [...normalise(each, running.finish()).values]);
    const [first, second] = [0, 1].map((bin) => scaled.filter((_, i) => i % 2 === bin));
    expect(first.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 6);
    expect(first.reduce((a, b) => a + b * b, 0) / 3).toBeCloseTo(1, 6);
    expect(second).toEqual([0, 0, 0]);
  });
  test('survives a way through JSON', () => {
    const running = new RunningStatistics(1);
    running.add(clip([[0.1], [0.7]]));
    const statistics = running.finish();
    expect(JSON.parse(JSON.stringify(statistics))).toEqual(statistics);
  });
  test('nothing added, or another number of bins, is an error', () => {
    expect(() => new RunningStatistics(1).finish()).toThrow('no training clips');
    expect(() => new RunningStatistics(2).add(clip([[1]]))).toThrow('1 feature bins where 2');
    expect(() => normalise(clip([[1]]), { mean: [0, 0], std: [1, 1] })).toThrow('trained on 2');
  });
});
