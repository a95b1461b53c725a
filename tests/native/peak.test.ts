import { afterAll, describe, expect, it } from 'vitest';
import { loadAddon } from '#main/engine/native/addon.ts';
import { backendsHere } from '../engine/backends-here.ts';

const hasNative = backendsHere.includes('native');
const best = hasNative ? loadAddon().instructionSet() : '';
const here = hasNative
  ? ['baseline', 'avx2', 'avx512', 'neon'].filter((name) => loadAddon().useInstructionSet(name))
  : [];

describe.each(here)('the peak of %s', (name) => {
  afterAll(() => void loadAddon().useInstructionSet(best));

  it('is a number of operations a second, on one thread and on more than there are cores', () => {
    const addon = loadAddon();
    addon.useInstructionSet(name);
    for (const threads of [1, 2, 9]) {
      const flops = addon.fmaPeak(threads, 2);
      expect(Number.isFinite(flops) && flops > 0, `${threads} threads: ${flops}`).toBe(true);
    }
  });

  it.each([[[]], [[1]], [['1', 5]], [[0, 5]], [[257, 5]], [[1.5, 5]], [[1, 0]], [[1, 10_001]], [[NaN, 5]]])(
    'refuses %j',
    (args) => {
      const { fmaPeak } = loadAddon() as unknown as { fmaPeak: (...args: unknown[]) => number };
      expect(() => fmaPeak(...args)).toThrow(TypeError);
    },
  );
});
