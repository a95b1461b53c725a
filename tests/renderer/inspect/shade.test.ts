import { expect, test } from 'vitest';
import { halfOf } from '#renderer/rooms/inspect/clip/attention-strip.tsx';
import { shadeOfAttention, shadeOfSaliency } from '#renderer/rooms/inspect/clip/shade.tsx';

const pixel = ({ frames, pixels }: { frames: number; pixels: Uint8ClampedArray }, row: number, t: number) =>
  [...pixels.subarray(4 * (row * frames + t), 4 * (row * frames + t) + 4)] as const;

test('frames are the darker the less they weigh', () => {
  const shade = shadeOfAttention({ weights: [0.1, 0.6, 0.3], start: 0, hop: 0.01 });
  expect(shade).toMatchObject({ frames: 3, rows: 1 });
  const dark = [0, 1, 2].map((t) => pixel(shade, 0, t)[3]);
  expect(dark[1]).toBe(0);
  expect(dark[0]).toBeGreaterThan(dark[2]);
});

test('what speaks for a class is bright where its band lies on the axis, all else dark', () => {
  const saliency = {
    ...{ frames: 2, start: 0, hop: 0.01, target: 0, output: 1, baseline: 0 },
    edges: Float32Array.of(0, 1000, 2000),
    // [frames, bands]
    values: Float32Array.of(4, 0, 0, -1),
  };
  const shade = shadeOfSaliency(saliency, { scale: 'linear', fMin: 0, fMax: 4000 });
  const rowAt = (hertz: number) => Math.floor((1 - hertz / 4000) * shade.rows);
  expect(pixel(shade, rowAt(500), 0)).toEqual([0, 0, 0, 0]);
  const dark = pixel(shade, rowAt(1500), 0);
  expect(dark[3]).toBeGreaterThan(200);
  for (const [hertz, t] of [[1500, 1], [500, 1], [3000, 0]] as const) expect(pixel(shade, rowAt(hertz), t)).toEqual(dark); // prettier-ignore
  expect(pixel(shade, rowAt(500), 0)[3]).toBeLessThan(
    pixel(
      shadeOfSaliency({ ...saliency, values: Float32Array.of(4, 1, 0, -1) }, { scale: 'linear', fMin: 0, fMax: 4000 }),
      rowAt(1500),
      0,
    )[3],
  );
});

test('half of the attention: the fewest frames that hold it', () => {
  expect(halfOf([0.25, 0.25, 0.25, 0.25])).toBe(0.5);
  expect(halfOf([0, 0.9, 0.1, 0])).toBe(0.25);
});
