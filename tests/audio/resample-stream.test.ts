import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { BEST, resample, ResampleStream, TORCHAUDIO } from '#main/audio/resample.ts';
import { signalCalls } from '#main/native/signal.ts';

const kernels = vi.hoisted(() => ({ on: true }));
vi.mock('#main/native/signal.ts', async (original) => {
  const { signalCalls: real } = await original<{ signalCalls: typeof signalCalls }>();
  return { signalCalls: () => (kernels.on ? real() : null) };
});
const plain = (...args: Parameters<typeof resample>) => {
  kernels.on = false;
  try {
    return resample(...args);
  } finally {
    kernels.on = true;
  }
};
const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
const noise = (count: number) => Float32Array.from({ length: count }, (_, n) => Math.sin(n * n * 0.37) / 2);
/** The last two share no factor, and their phases are too many to be kept. */
const RATES = [
  [44_100, 16_000],
  [8000, 16_000],
  [16_000, 44_100],
  [48_000, 8000],
  [44_100, 48_001],
] as const;
const rates = fc.constantFrom(...RATES);
const presets = fc.constantFrom(TORCHAUDIO, BEST);

describe('resample', () => {
  test('the kernel gives the plain form’s values', () => {
    fc.assert(
      fc.property(rates, presets, fc.integer({ min: 1, max: 3000 }), ([from, to], options, count) => {
        const [found, expected] = [resample(noise(count), from, to, options), plain(noise(count), from, to, options)];
        expect(found.length).toBe(expected.length);
        // One rounding to a float apart.
        expect(found.every((value, n) => Math.abs(value - expected[n]) < 1e-7)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('a sound in parts gives what the whole gives, to the bit', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 2500 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rates, presets, sizes, fc.boolean(), ([from, to], options, parts, native) => {
        kernels.on = native;
        const whole = noise(parts.reduce((sum, size) => sum + size, 0));
        const stream = new ResampleStream(from, to, options);
        const found: Float32Array[] = [];
        let at = 0;
        for (const size of parts) {
          found.push(stream.push(whole.subarray(at, at + size)));
          at += size;
        }
        found.push(stream.end());
        const expected = resample(whole, from, to, options);
        kernels.on = true;
        expect(Buffer.concat(found.map(bytes)).equals(bytes(expected))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test.skipIf(!signalCalls())('on any number of threads the same, to the bit', () => {
    const samples = noise(60_000);
    const [one, two] = [1, 2].map((threads) => {
      signalCalls()!.setThreads(threads);
      return resample(samples, 44_100, 16_000, BEST);
    });
    signalCalls()!.setThreads(1);
    expect(one.every((value, n) => value === two[n])).toBe(true);
  });

  test('equal rates pass a stream through', () => {
    const stream = new ResampleStream(8000, 8000);
    expect([...stream.push(noise(5)), ...stream.end()]).toEqual([...noise(5)]);
  });
});

/**
 * What a filter does to sines from the bottom to the top of a rate, 44.1 to 16 kHz: the sine itself is fitted and taken away; what
 * is left is noise and aliases. dB re full scale.
 */
function swept(options: typeof BEST, parts: readonly number[], native: boolean) {
  const [from, to] = [44_100, 16_000];
  return parts.map((part) => {
    const step = Math.PI * part;
    const samples = Float32Array.from({ length: 8820 }, (_, n) => Math.sin((step * n * to) / from));
    const out = (native ? resample : plain)(samples, from, to, options).subarray(800, 2400);
    let [ss, cc, sc, ys, yc] = [0, 0, 0, 0, 0];
    out.forEach((y, n) => {
      const [s, c] = [Math.sin(step * (n + 800)), Math.cos(step * (n + 800))];
      ss += s * s;
      cc += c * c;
      sc += s * c;
      ys += y * s;
      yc += y * c;
    });
    // Beyond the new Nyquist frequency there is nothing of it to be: all is alias.
    const determinant = ss * cc - sc * sc;
    const [a, b] = part < 1 ? [(ys * cc - yc * sc) / determinant, (yc * ss - ys * sc) / determinant] : [0, 0];
    let rest = 0;
    out.forEach((y, n) => (rest += (y - a * Math.sin(step * (n + 800)) - b * Math.cos(step * (n + 800))) ** 2));
    return { level: 10 * Math.log10(a * a + b * b), rest: 10 * Math.log10((2 * rest) / out.length) };
  });
}
const range = (first: number, last: number, step: number) =>
  Array.from({ length: Math.floor((last - first) / step + 1e-9) + 1 }, (_, i) => first + i * step);

describe.each([true, false])('the figures of the presets, with kernels: %s', (native) => {
  test('BEST: even to 1e-6 dB up to 0.87, 0.022 dB down at 0.9, 3 at 0.937; noise 147 dB down, stop-band 143 from 1.02 on', () => {
    const pass = swept(BEST, range(0.013, 0.87, 0.0391), native);
    expect(Math.max(...pass.map(({ level }) => Math.abs(level)))).toBeLessThan(1e-6);
    expect(Math.max(...pass.map(({ rest }) => rest))).toBeLessThan(-147);
    const [edge, corner] = swept(BEST, [0.9, 0.937], native);
    expect(edge.level).toBeGreaterThan(-0.023);
    expect(corner.level).toBeGreaterThan(-3.01);
    const stop = swept(BEST, [1.02, 1.03, 1.04, ...range(1.05, 2.7, 0.0791)], native);
    expect(Math.max(...stop.map(({ rest }) => rest))).toBeLessThan(-143);
    expect(swept(BEST, [1.0003], native)[0].rest).toBeLessThan(-60);
  });
  test('TORCHAUDIO: 0.5 dB down at 0.8, 2.4 at 0.9; aliases 14 dB down at 1.1, 45 at 1.3', () => {
    const [low, high] = swept(TORCHAUDIO, [0.8, 0.9], native);
    expect(low.level).toBeCloseTo(-0.5, 1);
    expect(high.level).toBeCloseTo(-2.4, 1);
    const [near, far] = swept(TORCHAUDIO, [1.1, 1.3], native);
    expect(near.rest).toBeLessThan(-14);
    expect(far.rest).toBeLessThan(-44.9);
  });
});
