import { describe, expect, it } from 'vitest';
import { greedyDecode } from '#main/engine/decoding/greedy.ts';
import { everySpelling, randomLogits } from '../every-path.ts';

/** Logits of frames that each want one class. */
const wanting = (classes: number, path: number[]) =>
  Float32Array.from({ length: classes * path.length }, (_, i) =>
    i % classes === path[Math.floor(i / classes)] ? 5 : 0,
  );

describe('greedy decoding', () => {
  it('merges neighbours, leaves blanks out, and says where the labels lie', () => {
    const { labels, spans } = greedyDecode(wanting(4, [0, 1, 1, 0, 1, 2, 2, 2, 0, 0]), 4);
    expect(labels).toEqual([1, 1, 2]);
    expect(spans).toEqual([
      { label: 1, from: 1, to: 3 },
      { label: 1, from: 4, to: 5 },
      { label: 2, from: 5, to: 8 },
    ]);
    expect(greedyDecode(wanting(4, [3, 0, 0, 3]), 4, { blank: 3 }).spans).toEqual([{ label: 0, from: 1, to: 3 }]);
    expect(greedyDecode(wanting(2, [0, 0]), 2)).toMatchObject({ labels: [], spans: [] });
  });

  it('takes the likeliest of all paths', () => {
    for (let seed = 0; seed < 20; seed++) {
      const logits = randomLogits(5 * 3, seed);
      const best = [...everySpelling(logits, 3, 1).values()].sort((a, b) => b.best - a.best)[0];
      const found = greedyDecode(logits, 3, { blank: 1 });
      expect(found.labels).toEqual(best.labels);
      expect(found.logProbability).toBeCloseTo(Math.log(best.best), 10);
    }
  });

  it('refuses what does not fit', () => {
    expect(() => greedyDecode(new Float32Array(7), 3)).toThrow(/7 outputs are no frames of 3/);
    expect(() => greedyDecode(new Float32Array(6), 3, { blank: 3 })).toThrow(/blank 3 of 3/);
    expect(() => greedyDecode(Float32Array.of(0, 0, 0, 0, NaN, 0), 3)).toThrow(/frame 1 is not a number/);
  });
});
