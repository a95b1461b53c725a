import { describe, expect, test } from 'vitest';
import { spectrogramPicture, type PictureOptions } from '#main/features/picture.ts';
import { hzToMel } from '#shared/math/mel.ts';

const RATE = 8000;
const tone = (hz: number, count = RATE, level = 1) =>
  Float32Array.from({ length: count }, (_, n) => level * Math.sin((2 * Math.PI * hz * n) / RATE));
const base: Partial<PictureOptions> = {
  nFft: 512,
  width: 60,
  height: 100,
  fMin: 50,
  fMax: 4000,
  scale: 'linear',
  floorDb: -100,
  ceilingDb: 0,
};
const column = ({ pixels, width, height }: { pixels: Uint8Array; width: number; height: number }, x: number) =>
  Array.from({ length: height }, (_, y) => pixels[y * width + x]);

describe('spectrogramPicture', () => {
  const POSITIONS = { linear: (hz: number) => hz, log: Math.log, mel: (hz: number) => hzToMel(hz, 'slaney') };
  test.each(['linear', 'log', 'mel'] as const)('a tone stands in its row, from the top: %s', (scale) => {
    const to = POSITIONS[scale];
    for (const hz of [300, 1000, 3000]) {
      const rows = column(spectrogramPicture(tone(hz), RATE, { ...base, scale }), 30);
      const row = ((to(4000) - to(hz)) / (to(4000) - to(50))) * 100;
      const brightest = rows.indexOf(Math.max(...rows));
      // One FFT bin of 15.6 Hz may cover several rows at the bottom of a log scale.
      expect(Math.abs(brightest + 0.5 - row)).toBeLessThan(scale === 'log' ? 3 : 1.6);
    }
  });
  test('a full-scale sine is 0 dB, and 20 dB less is a fifth of a 100 dB range', () => {
    const brightest = (level: number) =>
      Math.max(...column(spectrogramPicture(tone(1000, RATE, level), RATE, base), 30));
    expect(brightest(1)).toBe(255);
    expect(brightest(0.1)).toBe(204);
  });
  test('time runs to the right: silence first, then sound', () => {
    const samples = new Float32Array(2 * RATE);
    samples.set(tone(1000), RATE);
    const picture = spectrogramPicture(samples, RATE, base);
    expect(Math.max(...column(picture, 20))).toBe(0);
    expect(Math.max(...column(picture, 40))).toBe(255);
    expect(picture.duration).toBe(2);
  });
  test('a click is not lost where one column holds many frames', () => {
    const samples = new Float32Array(60 * RATE);
    samples[31 * RATE] = 1;
    const picture = spectrogramPicture(samples, RATE, { ...base, width: 30 });
    expect(Math.max(...column(picture, 15))).toBeGreaterThan(0);
    expect(Math.max(...column(picture, 14))).toBe(0);
  });
  test.each([0, 1, 5])('%i samples are drawn', (count) => {
    const picture = spectrogramPicture(tone(440, count), RATE, { width: 7, height: 5 });
    expect(picture.pixels.length).toBe(35);
  });
  test('the axes say what is drawn', () => {
    expect(spectrogramPicture(tone(440), RATE, { scale: 'log', fMin: 0, fMax: 99_999, nFft: 256 })).toMatchObject({
      fMin: RATE / 256,
      fMax: 4000,
      scale: 'log',
    });
  });
  test('pictures that make no sense are errors', () => {
    for (const wrong of [{ width: 0 }, { fMin: 5000 }, { floorDb: 0, ceilingDb: 0 }])
      expect(() => spectrogramPicture(tone(440), RATE, { ...base, ...wrong })).toThrow(
        expect.objectContaining({ kind: 'bad-input' }) as Error,
      );
  });
});
