import { describe, expect, test } from 'vitest';
import { MemorySettings, type MemoryPoint } from '#shared/domain/memory.ts';
import type { RecurrentCell } from '#shared/domain/model-spec.ts';
import { basisWords, findings } from '#renderer/rooms/inspect/memory/words.ts';
import { reachOf } from '#shared/domain/memory.ts';

const DISTANCES = [5, 10, 20];

/** Accuracies of cells at 5, 10, 20, ... frames. */
function run(accuracies: Partial<Record<RecurrentCell, number[]>>, distances = DISTANCES) {
  const cells = Object.keys(accuracies) as RecurrentCell[];
  const points = cells.flatMap((cell) =>
    accuracies[cell]!.map((accuracy, index): MemoryPoint => ({
      ...{ cell, distance: distances[index], accuracy, interval: [0, 1] },
      seeds: [],
    })),
  );
  return { settings: MemorySettings.parse({ cells, distances }), points };
}

describe('the words under the chart', () => {
  test('say how far each cell holds, the like ones together, and why', () => {
    const [how, why] = findings(run({ rnn: [0.99, 0.4, 0.1], lstm: [1, 0.99, 0.95], gru: [1, 1, 0.9] }));
    expect(how).toBe(
      'With at least 90\u00a0% right, RNN holds to a distance of 5, LSTM and GRU to 20, the longest tried.',
    );
    expect(why).toContain('(Bengio, Simard and Frasconi 1994)');
  });

  test('say of a cell that fails at once that it does', () => {
    const [how] = findings(run({ rnn: [0.5, 0.4, 0.1], lstm: [1, 0.5, 0.2] }));
    expect(how).toBe('With at least 90\u00a0% right, RNN holds at no distance tried, LSTM holds to a distance of 5.');
  });

  test('count no distance beyond the first that failed', () => {
    expect(reachOf(run({ rnn: [0.95, 0.5, 0.99] }), 'rnn')).toBe(5);
  });

  test('say so where the textbook is not borne out, and claim no reason', () => {
    expect(findings(run({ rnn: [1, 1, 0.2], lstm: [1, 0.3, 0.2], gru: [1, 1, 1] }))[1]).toMatch(/^Here the plain RNN/);
    expect(findings(run({ rnn: [1, 1, 1], lstm: [1, 1, 1] }))[1]).toMatch(/^No difference/);
    expect(findings(run({ lstm: [1, 1, 1], gru: [1, 0.2, 0.2] }))).toHaveLength(1);
  });

  test('speak of an experiment under way as far as all cells have come', () => {
    expect(findings(run({ rnn: [0.99, 0.4], lstm: [1] }))[0]).toBe(
      'With at least 90\u00a0% right, RNN and LSTM hold to a distance of 5, the longest so far.',
    );
    expect(findings(run({ rnn: [0.99], lstm: [] }))).toEqual([]);
  });

  test('say what the numbers rest on', () => {
    const settings = MemorySettings.parse({ seeds: [0, 1], gateBias: null, clipping: false });
    const words = basisWords({
      ...{ settings, points: [], classes: 4, testSequences: 512, batchSize: 64, intervalMethod: '' },
    });
    for (const said of [
      '512 test sequences',
      '2 seeds (0, 1)',
      'Chance is 25.0\u00a0%',
      '32\u00a0units',
      '700\u00a0steps',
    ])
      expect(words).toContain(said);
    expect(words).toContain('gradients not clipped');
    expect(words).toContain('all biases begun as PyTorch does');
  });
});
