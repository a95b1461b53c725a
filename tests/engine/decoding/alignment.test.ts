import { describe, expect, it } from 'vitest';
import { forcedAlignment } from '#main/engine/decoding/alignment.ts';
import { spansOf } from '#main/engine/decoding/frames.ts';
import { greedyDecode } from '#main/engine/decoding/greedy.ts';
import { everySpelling, randomLogits } from '../every-path.ts';

describe('forced alignment', () => {
  it('is the likeliest of all paths that spell the labels, for every label sequence', () => {
    for (let seed = 0; seed < 8; seed++) {
      const blank = seed % 3;
      const logits = randomLogits(6 * 3, seed);
      for (const { labels, best, path } of everySpelling(logits, 3, blank).values()) {
        const found = forcedAlignment(logits, 3, labels, { blank });
        expect(found.logProbability).toBeCloseTo(Math.log(best), 10);
        expect(found.spans).toEqual(spansOf(path, blank));
      }
    }
  });

  it('of what was decoded greedily is the same path', () => {
    const logits = randomLogits(200 * 12, 'greedy');
    const { labels, spans, logProbability } = greedyDecode(logits, 12);
    expect(labels.length).toBeGreaterThan(100);
    const found = forcedAlignment(logits, 12, Int32Array.from(labels));
    expect(found.spans).toEqual(spans);
    expect(found.logProbability).toBeCloseTo(logProbability, 8);
  });

  it('refuses labels that are none, and those that the frames cannot spell', () => {
    const logits = randomLogits(3 * 3, 'wrong');
    expect(() => forcedAlignment(logits, 3, [3])).toThrow(/label 3 of 3/);
    expect(() => forcedAlignment(logits, 3, [1, 0])).toThrow(/label 0 of 3 classes with blank 0/);
    expect(() => forcedAlignment(logits, 3, [1, 2, 1, 2])).toThrow(/3 frames cannot spell 4 labels/);
    // A blank has to part them.
    expect(() => forcedAlignment(logits, 3, [1, 1, 2])).toThrow(/3 frames cannot spell 3 labels/);
    expect(forcedAlignment(logits, 3, [1, 1]).spans.map(({ from }) => from)).toEqual([0, 2]);
  });
});
