import fc from 'fast-check';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { niceTicks } from '#main/reports/figures/axes.ts';
import { drawDots } from '#main/reports/figures/dots.ts';
import { drawMatrix } from '#main/reports/figures/heatmap.ts';
import { encodePng } from '#main/reports/figures/png.ts';
import { drawSound } from '#main/reports/figures/sound.ts';
import { LIGHT, toSvg } from '#main/reports/figures/svg.ts';
import { THIRTY_FIVE } from '../support/report-fixture.ts';

describe('figures', () => {
  test('ticks are round, rising and within their range', () =>
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (low, span) => {
          const ticks = niceTicks(low, low + span);
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.length).toBeLessThanOrEqual(7);
          for (const [index, tick] of ticks.entries()) {
            expect(tick).toBeGreaterThanOrEqual(low - span * 1e-6);
            expect(tick).toBeLessThanOrEqual(low + span * (1 + 1e-6));
            if (index > 0) expect(tick).toBeGreaterThan(ticks[index - 1]);
          }
        },
      ),
    ));
  test('of loss and accuracy', () => {
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(1, 15, 6)).toEqual([2.5, 5, 7.5, 10, 12.5, 15]);
    expect(niceTicks(3, 3)).toEqual([3]);
  });

  test('a PNG holds its pixels', () => {
    const pixels = Uint8Array.from([0, 1, 2, 2, 1, 0]);
    const png = encodePng(pixels, 3, 2, Uint8Array.from([0, 0, 0, 255, 0, 0, 255, 255, 255]));
    expect(png.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
    const at = png.indexOf('IDAT');
    expect([...inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))]).toEqual([0, 0, 1, 2, 0, 2, 1, 0]);
    expect(png.subarray(-12)).toEqual(Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]));
  });

  test('text is escaped, and what XML cannot hold is replaced', () => {
    const svg = toSvg(
      { width: 10, height: 10, label: '"<&', shapes: [{ kind: 'text', x: 0, y: 0, text: '<a>\u0000\ud800', size: 9 }] },
      { palette: LIGHT },
    );
    expect(svg).toContain('aria-label="&quot;&lt;&amp;"');
    expect(svg).toContain('&lt;a&gt;\ufffd\ufffd');
  });

  test('the matrix says each number while there is room, and no drawing leaves its frame', () => {
    const matrix = (classes: string[]) =>
      drawMatrix({
        cell: 'gru',
        seed: null,
        classes,
        counts: classes.map((_, i) => classes.map((_, j) => (i === j ? 7 : 1))),
        clips: 1,
      });
    const few = matrix(['a', 'b', 'c']);
    expect(few.shapes.filter((shape) => shape.kind === 'text' && shape.text === '7')).toHaveLength(3);
    expect(few.shapes.filter((shape) => shape.kind === 'text' && shape.text === '1')).toHaveLength(6);
    const many = matrix(THIRTY_FIVE);
    expect(many.shapes.some((shape) => shape.kind === 'text' && shape.text === '7')).toBe(false);
    for (const drawing of [few, many])
      for (const shape of drawing.shapes)
        if (shape.kind === 'rect') {
          expect(shape.x + shape.width).toBeLessThanOrEqual(drawing.width);
          expect(shape.y + shape.height).toBeLessThanOrEqual(drawing.height);
        }
  });

  test('equal and extreme accuracies can be drawn', () => {
    for (const value of [0, 1]) {
      const drawing = drawDots('Accuracy', [
        { cell: 'rnn', value, interval: [value, value], seeds: [value], words: '' },
      ]);
      expect(toSvg(drawing, { palette: LIGHT })).not.toMatch(/NaN|Infinity/);
    }
  });

  test.each([0, 1, 100])('a sound of %d samples can be drawn', (length) => {
    const svg = toSvg(drawSound({ samples: new Float32Array(length), sampleRate: 8000 }, 'x'), { palette: LIGHT });
    expect(svg).toContain('data:image/png;base64,');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});
