import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { learn, TEST_SEQUENCES } from '#main/experiments/memory/train.ts';
import { MemorySettings } from '#shared/domain/memory.ts';
import { mean } from '#shared/math/statistics.ts';

beforeAll(() => startBackend({ threads: 1 }));

const settings = (changes: object = {}) => MemorySettings.parse({ hiddenSize: 16, ...changes });
const still = () => Promise.resolve();

describe('a network of the memory laboratory', () => {
  test('learns what is near, and is done when it makes no mistakes', async () => {
    const lesson = { settings: settings({ task: 'phone-order' }), cell: 'gru', distance: 3, seed: 0 } as const;
    const { right, steps, diverged } = await learn(lesson, still);
    expect(right).toHaveLength(TEST_SEQUENCES);
    expect(mean(right)).toBeGreaterThan(0.95);
    expect(steps).toBeLessThan(lesson.settings.steps);
    expect(diverged).toBe(false);
  });

  test('comes to the same by the same seed, and to something else by another', async () => {
    const of = (seed: number) => learn({ settings: settings({ steps: 15 }), cell: 'lstm', distance: 4, seed }, still);
    const [first, again, other] = [await of(1), await of(1), await of(2)];
    expect(again).toEqual(first);
    expect(other.right).not.toEqual(first.right);
  });

  test('tells of every step, and is left when it is told to', async () => {
    const heard: number[] = [];
    const stop = async (step: number) => {
      heard.push(step);
      if (step === 3) throw new Error('stopped');
    };
    await expect(learn({ settings: settings(), cell: 'rnn', distance: 5, seed: 0 }, stop)).rejects.toThrow('stopped');
    expect(heard).toEqual([1, 2, 3]);
  });

  test('a gate bias changes what gates begin with, and nothing of a plain RNN', async () => {
    const of = (cell: 'rnn' | 'lstm' | 'gru', gateBias: number | null) =>
      learn({ settings: settings({ steps: 10, gateBias }), cell, distance: 5, seed: 0 }, still);
    expect(await of('rnn', 4)).toEqual(await of('rnn', null));
    for (const cell of ['lstm', 'gru'] as const) expect(await of(cell, 4)).not.toEqual(await of(cell, null));
  });
});
