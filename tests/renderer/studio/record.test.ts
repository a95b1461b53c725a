import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dbfs, levelOf, Outline, SilenceWatch } from '#renderer/rooms/studio/record/level.ts';
import { promptsOf, wordsOf } from '#renderer/rooms/studio/record/prompts.ts';

describe('levels', () => {
  it('of a full-scale sine: peak 0 dBFS, RMS 3.01 dB below', () => {
    const { peak, rms } = levelOf(Float32Array.from({ length: 4800 }, (_, n) => Math.sin((2 * Math.PI * n) / 48)));
    expect(dbfs(peak)).toBeCloseTo(0, 6);
    expect(dbfs(rms)).toBeCloseTo(-3.0103, 4);
  });
  it('of nothing are nothing', () => {
    expect(levelOf(new Float32Array())).toEqual({ peak: 0, rms: 0 });
    expect(dbfs(0)).toBe(-Infinity);
  });
});

describe('the outline of a take', () => {
  it('is the least and greatest of each stretch, however the samples come in', () => {
    const samples = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 17 }), fc.integer({ min: 1, max: 50 }), (all, size, chunk) => {
        const outline = new Outline(size);
        for (let n = 0; n < all.length; n += chunk) outline.add(Float32Array.from(all.slice(n, n + chunk)));
        const points = Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
          all.slice(n * size, (n + 1) * size),
        );
        expect(outline.max).toEqual(points.map((point) => Math.max(...point)));
        expect(outline.min).toEqual(points.map((point) => Math.min(...point)));
      }),
    );
  });
});

describe('the end of a word', () => {
  const over = (levels: readonly number[]) => {
    const watch = new SilenceWatch(-40, 0.5);
    return levels.findIndex((rms) => watch.hears(rms, 0.1));
  };
  it('comes after half a second of silence, once something was said', () => {
    expect(over([0, 0, 0, 0, 0, 0, 0, 0])).toBe(-1);
    expect(over([0, 0.1, 0.1, 0, 0, 0, 0, 0, 0])).toBe(7);
  });
  it('is not a pause within it', () => expect(over([0.1, 0, 0, 0, 0.1, 0, 0, 0, 0])).toBe(-1));
});

describe('a series of words', () => {
  it('reads words one a line or between commas, each once', () =>
    expect(wordsOf(' yes\nno, maybe;yes\n\n')).toEqual(['yes', 'no', 'maybe']));
  it('asks word by word, or shuffled in rounds, the same for the same seed', () => {
    const fixed = promptsOf(['a', 'b'], 2, 'fixed', 1);
    expect(fixed.map(({ word, take, takes }) => `${word}${take}/${takes}`)).toEqual(['a1/2', 'a2/2', 'b1/2', 'b2/2']);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (words, seed) => {
          const prompts = promptsOf(words, 3, 'random', seed);
          expect(promptsOf(words, 3, 'random', seed)).toEqual(prompts);
          for (let round = 0; round < 3; round++) {
            const part = prompts.slice(round * words.length, (round + 1) * words.length);
            expect(part.map(({ word }) => word).sort()).toEqual([...words].sort());
            expect(part.every(({ take }) => take === round + 1)).toBe(true);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
