import { describe, expect, it } from 'vitest';
import { CELLS } from '#shared/domain/model-spec.ts';
import { cellStyle } from '../../src-renderer/parts/cells.ts';

/** Relative luminance, WCAG 2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe('how cells look', () => {
  it.each([
    ['dark', '#1b1e27'],
    ['light', '#ffffff'],
  ] as const)('stands out from the %s background by 3:1', (scheme, background) => {
    for (const cell of CELLS)
      expect(contrast(cellStyle(cell, scheme).colour, background), cell).toBeGreaterThanOrEqual(3);
  });
  it('tells every cell apart by line and by marker alone', () => {
    const styles = CELLS.map((cell) => cellStyle(cell, 'dark'));
    expect(new Set(styles.map(({ dash }) => dash)).size).toBe(CELLS.length);
    expect(new Set(styles.map(({ marker }) => marker)).size).toBe(CELLS.length);
  });
});
