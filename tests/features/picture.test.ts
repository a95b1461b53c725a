import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SoundPool } from '#main/audio/sound-pool.ts';
import { signalOf } from '#main/audio/signal/signal.ts';
import { drawSpectrogram, drawWanted, type RunTask } from '#main/features/draw.ts';
import { drawPlain } from '#main/features/picture-plain.ts';
import { draw, planPicture, spectrogramPicture, type PictureOptions } from '#main/features/picture.ts';
import { strips, withSamples } from '#main/features/picture-samples.ts';
import { signalCalls } from '#main/native/signal.ts';
import { colourMap } from '#shared/math/colour-maps.ts';
import { WINDOWS } from '#shared/math/windows.ts';
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

describe.skipIf(!signalCalls())('the kernel', () => {
  test('draws what the plain form draws, any tile of it', () => {
    const samples = Float32Array.from(
      { length: 9000 },
      (_, n) => 0.5 * Math.sin(n * n * 1e-4) + 1e-3 * Math.sin(n * 7),
    );
    const options = fc.record({
      nFft: fc.constantFrom(64, 256, 250, 101),
      width: fc.integer({ min: 1, max: 50 }),
      height: fc.integer({ min: 1, max: 80 }),
      fMin: fc.constantFrom(0, 50),
      scale: fc.constantFrom('linear' as const, 'log' as const, 'mel' as const),
      start: fc.constantFrom(0, 0.1, 0.77),
      end: fc.constantFrom(null, 0.9, 1),
      pooling: fc.constantFrom('max' as const, 'mean' as const),
      colours: fc.constantFrom(null, 'gray' as const),
      window: fc.constantFrom(...WINDOWS),
      winLength: fc.constantFrom(null, 64, 33),
    });
    fc.assert(
      fc.property(options, (choice) => {
        const { plan } = planPicture({ frames: samples.length, sampleRate: RATE }, choice);
        const drawing = { ...plan, samples };
        const [found, expected] = [draw(drawing), drawPlain(drawing)];
        expect(found.length).toBe(expected.length);
        // A level apart where rounding tips over.
        expect(found.every((value, i) => Math.abs(value - expected[i]) <= 1)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
  test('gives the same picture on any number of threads', () => {
    const [one, two] = [1, 2].map((threads) => {
      signalCalls()!.setThreads(threads);
      return spectrogramPicture(tone(700), RATE, base).pixels;
    });
    signalCalls()!.setThreads(1);
    expect(one).toEqual(two);
  });
});

describe('tiles', () => {
  const samples = Float32Array.from({ length: 4 * RATE }, (_, n) => Math.sin(n * n * 2e-5));
  test('side by side they are the whole picture', () => {
    const whole = spectrogramPicture(samples, RATE, { ...base, width: 80 });
    for (const tile of [0, 1, 2, 3]) {
      const part = spectrogramPicture(samples, RATE, { ...base, width: 20, start: tile, end: tile + 1 });
      expect(part).toMatchObject({ start: tile, duration: 1, hopLength: whole.hopLength });
      for (const x of [0, 7, 19]) expect(column(part, x)).toEqual(column(whole, 20 * tile + x));
    }
  });
  test('colours are the table’s', () => {
    const levels = spectrogramPicture(samples, RATE, base).pixels;
    const coloured = spectrogramPicture(samples, RATE, { ...base, colours: 'magma' }).pixels;
    const table = colourMap('magma');
    expect(coloured.length).toBe(4 * levels.length);
    for (let i = 0; i < levels.length; i += 97)
      expect([...coloured.subarray(4 * i, 4 * i + 4)]).toEqual([
        ...table.subarray(3 * levels[i], 3 * levels[i] + 3),
        255,
      ]);
  });
  test('an average is below the loudest where a click falls among silence', () => {
    const click = new Float32Array(8 * RATE);
    click[4 * RATE] = 1;
    const brightest = (pooling: 'max' | 'mean') =>
      Math.max(...spectrogramPicture(click, RATE, { ...base, width: 8, pooling }).pixels);
    expect(brightest('mean')).toBeGreaterThan(0);
    expect(brightest('mean')).toBeLessThan(brightest('max'));
  });
  test.each([{ start: -1 }, { start: 2, end: 1 }, { start: 1, end: 1 }, { end: 5 }])(
    'what is no part of the sound is an error: %o',
    (wrong) => {
      expect(() => spectrogramPicture(samples, RATE, wrong)).toThrow(
        expect.objectContaining({ where: 'start' }) as Error,
      );
    },
  );
  test('a thread draws the same, and complains the same', async () => {
    const pool = new SoundPool({ entry: path.resolve('src-main/features/feature-worker.ts'), workers: 1 });
    try {
      const signal = signalOf([samples], RATE);
      const run: RunTask = (task) => pool.run(task);
      expect(await drawSpectrogram(run, signal, base)).toEqual(spectrogramPicture(samples, RATE, base));
      await expect(drawSpectrogram(run, signal, { width: 0 })).rejects.toMatchObject({ kind: 'bad-input' });
    } finally {
      await pool.close();
    }
  });
});

describe('a picture of no more of the sound than it needs', () => {
  const choice = fc.record({
    count: fc.integer({ min: 1, max: 20_000 }),
    nFft: fc.constantFrom(64, 101, 256),
    width: fc.integer({ min: 1, max: 40 }),
    window: fc.constantFrom(...WINDOWS),
    winLength: fc.constantFrom(null, 64, 50),
    from: fc.double({ min: 0, max: 0.9, noNaN: true }),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    frames: fc.integer({ min: 1, max: 4 }),
  });
  test('is the same picture, whether its frames lie close or far apart', () => {
    const ways = new Set<boolean>();
    fc.assert(
      fc.property(choice, ({ count, from, share, frames, ...options }) => {
        const samples = Float32Array.from({ length: count }, (_, n) => Math.sin(n * n * 1e-4));
        const start = (from * count) / RATE;
        const end = start + (share * (count - from * count)) / RATE;
        const { plan } = planPicture({ frames: count, sampleRate: RATE }, { ...options, height: 20, start, end });
        plan.frames = frames;
        let read = 0;
        const drawing = withSamples(plan, count, (at, out) => {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at + out.length).toBeLessThanOrEqual(count);
          read += out.length;
          out.set(samples.subarray(at, at + out.length));
        });
        ways.add(drawing.step === plan.step);
        expect(drawing.samples.length).toBeLessThanOrEqual(Math.max(plan.width * frames * plan.nFft, read));
        const [found, expected] = [drawPlain(drawing), drawPlain({ ...plan, samples })];
        // A level apart where the place of a frame is rounded the other way.
        expect(found.filter((value, i) => Math.abs(value - expected[i]) > 1).length).toBeLessThan(
          found.length / 50 + 1,
        );
      }),
      { numRuns: 150 },
    );
    expect(ways.size).toBe(2);
  });
  test('of a long sound it is drawn in strips, which fit', () => {
    const samples = Float32Array.from({ length: 400 * RATE }, (_, n) => Math.sin(n * n * 1e-6));
    const { plan } = planPicture(
      { frames: samples.length, sampleRate: RATE },
      { ...base, width: 100, colours: 'gray' },
    );
    expect([...strips(plan)].length).toBeGreaterThan(1);
    const drawn = drawWanted({ plan, signal: signalOf([samples], RATE), channel: 0 });
    const expected = draw({ ...plan, samples });
    expect(drawn.length).toBe(expected.length);
    expect(drawn.filter((value, i) => Math.abs(value - expected[i]) > 1).length).toBeLessThan(drawn.length / 1000);
  });
  test('the hop that is told is the one that is used', () => {
    const hour = planPicture({ frames: 3600 * 44_100, sampleRate: 44_100 }, { width: 1600, nFft: 512 });
    expect(hour.plan.frames).toBe(40);
    expect(hour.hopLength).toBeCloseTo((3600 * 44_100) / 1600 / 40);
    expect(planPicture({ frames: 44_100, sampleRate: 44_100 }, { width: 10, nFft: 512 }).hopLength).toBeLessThanOrEqual(
      256,
    );
  });
});
