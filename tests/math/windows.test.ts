import { expect, test } from 'vitest';
import { besselI0, hannWindow } from '#shared/math/windows.ts';

test('the periodic Hann window is one period of a raised cosine', () => {
  expect([...hannWindow(4)]).toEqual([0, 0.5, 1, 0.5].map((v) => expect.closeTo(v, 12)));
  // Shifted by half its length and added to itself it is 1 everywhere.
  const window = hannWindow(200);
  for (let n = 0; n < 100; n++) expect(window[n] + window[n + 100]).toBeCloseTo(1, 12);
});

test('besselI0 at tabled points (Abramowitz and Stegun, table 9.8)', () => {
  expect(besselI0(0)).toBe(1);
  expect(besselI0(1)).toBeCloseTo(1.266065878, 9);
  expect(besselI0(5)).toBeCloseTo(27.239871824, 8);
  expect(besselI0(10)).toBeCloseTo(2815.716628, 5);
});
