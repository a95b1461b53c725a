import { describe, expect, it } from 'vitest';
import { likeliestOther, marginOf, MeanMargins } from '#main/experiments/suspects/margins.ts';

describe('margins', () => {
  it('are what the label is given less what the likeliest other class is', () => {
    expect(marginOf(0, Float64Array.of(0.5, 0.25, 0.25))).toBe(0.25);
    expect(marginOf(1, Float64Array.of(0.5, 0.25, 0.25))).toBe(-0.25);
    expect(likeliestOther(0, Float64Array.of(0.5, 0.25, 0.25))).toBe(1);
    expect(likeliestOther(2, Float64Array.of(0.25, 0.5, 0.25))).toBe(1);
  });

  it('are averaged over all that was said, for each clip by itself', () => {
    const margins = new MeanMargins(Int32Array.of(0, 1, 0));
    margins.add(0, Float32Array.of(1, 0));
    margins.add(0, Float32Array.of(0.5, 0.5));
    margins.add(1, Float32Array.of(0.75, 0.25));
    expect([0, 1, 2].map((clip) => margins.of(clip))).toEqual([0.5, -0.5, 0]);
  });
});
