import { expect, test } from 'vitest';
import { dctPlan } from '#shared/math/dct.ts';

test.each([1, 2, 5, 8, 13, 40])('DCT-II of %i values agrees with the definition', (size) => {
  const input = Float64Array.from({ length: size }, (_, n) => Math.sin(3 * n + 1));
  const output = new Float64Array(size);
  dctPlan(size, size)(input, output);
  for (let k = 0; k < size; k++) {
    let sum = 0;
    for (let n = 0; n < size; n++) sum += input[n] * Math.cos((Math.PI * k * (n + 0.5)) / size);
    expect(output[k]).toBeCloseTo(sum * Math.sqrt((k === 0 ? 1 : 2) / size), 10);
  }
  // Orthonormal: the energy stays.
  expect(output.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(
    input.reduce((sum, v) => sum + v * v, 0),
    9,
  );
});
