import { describe, expect, it } from 'vitest';
import { takeTurns, warmUp, type Program } from '../../bench/turns.ts';

/** Programs that note when they run; the nth run of any of them "takes" n ms. */
function diary() {
  const runs: string[] = [];
  const program = (name: string): Program => ({
    run: (times) => Array.from({ length: times }, () => runs.push(name)),
  });
  return { runs, program };
}

describe('takeTurns', () => {
  it('lets programs take turns, each round begun by another', async () => {
    const { runs, program } = diary();
    await takeTurns([program('a'), program('b')], { samples: 3, perTurn: 1, refill: 0, pause: 0 });
    expect(runs.join('')).toBe('abbaab');
  });

  it('gives as many measurements as asked for, without those that refill the caches', async () => {
    const { runs, program } = diary();
    const times = await takeTurns([program('a'), program('b')], { samples: 5, perTurn: 2, refill: 1, pause: 0 });
    expect(runs.join('')).toBe('aaabbb' + 'bbbaaa' + 'aabb');
    expect(times).toEqual([
      [2, 3, 11, 12, 14],
      [5, 6, 8, 9, 16],
    ]);
  });
});

describe('warmUp', () => {
  it('goes on until both the runs and the time are reached', async () => {
    const ran = async (each: number, times: number, milliseconds: number) => {
      let runs = 0;
      await warmUp({ run: () => (runs++, [each]) }, times, milliseconds);
      return runs;
    };
    expect(await ran(1000, 5, 300)).toBe(5);
    expect(await ran(10, 5, 300)).toBe(30);
  });
});
