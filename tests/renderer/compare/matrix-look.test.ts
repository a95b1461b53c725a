import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comfortableWidth, matrixLayout, moveInGrid } from '../../../src-renderer/parts/matrix/layout.ts';
import { scaleLimits, shade } from '../../../src-renderer/parts/matrix/scale.ts';

/** Relative luminance as WCAG defines it. */
function luminance(rgb: string): number {
  const channels = rgb.startsWith('#')
    ? [rgb[1], rgb[2], rgb[3]].map((digit) => parseInt(digit + digit, 16))
    : rgb.match(/\d+/g)!.map(Number);
  const [r, g, b] = channels.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

describe('shade', () => {
  const anywhere = fc.record({
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    right: fc.boolean(),
    scheme: fc.constantFrom('dark' as const, 'light' as const),
  });

  it('always lets the number be read: contrast of at least 4.5', () => {
    fc.assert(
      fc.property(anywhere, ({ share, right, scheme }) => {
        const { fill, text } = shade(share, right, scheme);
        expect(contrast(fill, text)).toBeGreaterThanOrEqual(4.45);
      }),
    );
  });

  it('gets steadily lighter on dark and darker on light', () => {
    for (const right of [true, false]) {
      const steps = (scheme: 'dark' | 'light') =>
        Array.from({ length: 11 }, (_, i) => luminance(shade(i / 10, right, scheme).fill));
      const [dark, light] = [steps('dark'), steps('light')];
      expect(dark).toEqual([...dark].sort((a, b) => a - b));
      expect(light).toEqual([...light].sort((a, b) => b - a));
    }
  });

  it('holds values beyond the scale at its ends', () => {
    expect(shade(2, false, 'dark')).toEqual(shade(1, false, 'dark'));
    expect(shade(-1, false, 'dark')).toEqual(shade(0, false, 'dark'));
  });
});

it('scaleLimits finds the largest value on and off the diagonal over all matrices', () => {
  const one = [[5, 1], [0, 7]]; // prettier-ignore
  const other = [[9, 0], [3, 2]]; // prettier-ignore
  expect(scaleLimits([one, other])).toEqual({ right: 9, wrong: 3 });
  expect(scaleLimits([])).toEqual({ right: 0, wrong: 0 });
});

describe('matrixLayout', () => {
  const classes = (n: number) => Array.from({ length: n }, (_, i) => `class${i}`);

  it('shows numbers only where they can be read, and fits the width', () => {
    const roomy = matrixLayout(classes(10), 400);
    expect(roomy.numbers).toBe(true);
    expect(roomy.names + 10 * roomy.cell).toBeLessThanOrEqual(400);
    const tight = matrixLayout(classes(35), 340);
    expect(tight.numbers).toBe(false);
    expect(tight.names + 35 * tight.cell).toBeLessThanOrEqual(340);
  });

  it('asks for more room for more classes', () => {
    expect(comfortableWidth(classes(35))).toBeGreaterThan(comfortableWidth(classes(10)));
  });
});

describe('moveInGrid', () => {
  it('moves by the arrows and stops at the edges', () => {
    expect(moveInGrid('ArrowDown', { row: 0, column: 1 }, 3)).toEqual({ row: 1, column: 1 });
    expect(moveInGrid('ArrowUp', { row: 0, column: 1 }, 3)).toEqual({ row: 0, column: 1 });
    expect(moveInGrid('ArrowLeft', { row: 2, column: 1 }, 3)).toEqual({ row: 2, column: 0 });
    expect(moveInGrid('ArrowRight', { row: 2, column: 3 }, 3)).toEqual({ row: 2, column: 3 });
    expect(moveInGrid('End', { row: 1, column: 0 }, 3)).toEqual({ row: 1, column: 3 });
    expect(moveInGrid('PageDown', { row: 0, column: 2 }, 3)).toEqual({ row: 2, column: 2 });
  });

  it('leaves other keys to others', () => {
    expect(moveInGrid('a', { row: 0, column: 0 }, 3)).toBeNull();
  });
});
