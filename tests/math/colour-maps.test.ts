import { expect, test } from 'vitest';
import { COLOUR_MAPS, colourMap } from '#shared/math/colour-maps.ts';

/** Relative luminance of sRGB (WCAG). */
function luminance([r, g, b]: Uint8Array): number {
  const linear = (value: number) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

test.each(COLOUR_MAPS)('%s grows lighter all the way', (name) => {
  const table = colourMap(name);
  expect(table.length).toBe(768);
  const lightness = Array.from({ length: 256 }, (_, value) => luminance(table.subarray(3 * value, 3 * value + 3)));
  for (let step = 8; step < 256; step++) expect(lightness[step]).toBeGreaterThan(lightness[step - 8]);
});
test('the ends are the published ones', () => {
  expect([...colourMap('magma').subarray(0, 3)]).toEqual([0, 0, 4]);
  expect([...colourMap('viridis').subarray(765)]).toEqual([253, 231, 37]);
  expect([...colourMap('cividis').subarray(765)]).toEqual([255, 234, 70]);
  for (let value = 0; value < 256; value++)
    expect([...colourMap('gray').subarray(3 * value, 3 * value + 3)]).toEqual([value, value, value]);
});
test('viridis in its middle', () => {
  expect(
    [...colourMap('viridis').subarray(3 * 128, 3 * 129)].map((v, i) => Math.abs(v - [33, 145, 140][i]) <= 3),
  ).toEqual([true, true, true]);
});
