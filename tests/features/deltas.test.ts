import { expect, test } from 'vitest';
import { appendDeltas } from '#main/features/deltas.ts';

test('the slope of a ramp is its step, and flattens at both ends', () => {
  const values = Float32Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 3 * (i / 2) : 0));
  appendDeltas(values, 8, 2, 0, 1);
  const slopes = Array.from({ length: 8 }, (_, t) => values[2 * t + 1]);
  // At the ends frames repeat: (1 * 3 + 2 * 6) / 10 and (1 * (6 - 0) + 2 * (9 - 0)) / 10.
  [1.5, 2.4, 3, 3, 3, 3, 2.4, 1.5].forEach((slope, t) => expect(slopes[t]).toBeCloseTo(slope, 6));
});
test('a single frame has no slope', () => {
  const values = Float32Array.of(5, 9);
  appendDeltas(values, 1, 2, 0, 1);
  expect([...values]).toEqual([5, 0]);
});
