import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractFeatures } from '#main/features/extract.ts';
import { stftPlan } from '#main/features/stft.ts';
import { FEATURE_KINDS, featureSize, FeatureSpec, type FeatureSpecInput } from '#shared/domain/feature-spec.ts';

const spec = (input: FeatureSpecInput) => FeatureSpec.parse(input);
const tone = (count: number, step = 0.3) => Float32Array.from({ length: count }, (_, n) => 0.5 * Math.sin(step * n));
const finite = (values: Float32Array) => values.every((value) => Number.isFinite(value));

describe('extractFeatures', () => {
  test('any clip of at least one sample gives finite values of the promised shape', () => {
    const specs = fc
      .record({
        kind: fc.constantFrom(...FEATURE_KINDS),
        nFft: fc.constantFrom(16, 50, 64, 101, 400),
        hopLength: fc.constantFrom(null, 1, 7, 33),
        power: fc.constantFrom(1, 2, 0.7),
        center: fc.boolean(),
        melScale: fc.constantFrom('htk' as const, 'slaney' as const),
        logMels: fc.boolean(),
        deltas: fc.constantFrom(0 as const, 1 as const, 2 as const),
        fixLength: fc.constantFrom(null, 1, 20),
      })
      .map((choice) => spec({ ...choice, nMels: 8, nMfcc: 5 }));
    fc.assert(
      fc.property(
        specs,
        fc.float32Array({ minLength: 1, maxLength: 700, min: -1, max: 1, noNaN: true }),
        (each, samples) => {
          const { frames, bins, values } = extractFeatures(samples, 8000, each);
          expect(bins).toBe(featureSize(each));
          expect(frames).toBe(each.fixLength ?? frames);
          expect(frames).toBeGreaterThan(0);
          expect(values.length).toBe(frames * bins);
          expect(finite(values)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(FEATURE_KINDS)('digital silence is finite: %s', (kind) => {
    expect(
      finite(extractFeatures(new Float32Array(1600), 8000, spec({ kind, nFft: 256, nMfcc: 13, deltas: 2 })).values),
    ).toBe(true);
  });
  test('one sample is one frame', () => {
    expect(extractFeatures(Float32Array.of(0.5), 8000, spec({ kind: 'mfcc' })).frames).toBe(1);
    expect(extractFeatures(Float32Array.of(0.5), 8000, spec({ kind: 'mfcc', center: false })).frames).toBe(1);
  });
  test('no sample is an error', () => {
    expect(() => extractFeatures(new Float32Array(0), 8000, spec({ kind: 'mel' }))).toThrow(
      expect.objectContaining({ kind: 'bad-input' }) as Error,
    );
  });
  test('bands above half the sampling rate are an error that names the field', () => {
    expect(() => extractFeatures(tone(100), 8000, spec({ kind: 'mel', fMax: 5000 }))).toThrow(
      expect.objectContaining({ where: 'fMax' }) as Error,
    );
    expect(() => extractFeatures(tone(100), 8000, spec({ kind: 'mel', fMin: 4000 }))).toThrow(
      expect.objectContaining({ where: 'fMin' }) as Error,
    );
  });

  test('a tone stands in its own bin', () => {
    const { frames, bins, values } = extractFeatures(
      tone(8000, (2 * Math.PI * 1000) / 8000),
      8000,
      spec({ kind: 'spectrogram', nFft: 256 }),
    );
    for (let t = 2; t < frames - 2; t++) {
      const row = values.subarray(t * bins, (t + 1) * bins);
      expect(row.indexOf(Math.max(...row))).toBe((1000 * 256) / 8000);
    }
  });
  test('the spec’s own exponent: magnitude squared is power', () => {
    const power = extractFeatures(tone(900), 8000, spec({ kind: 'spectrogram', nFft: 64 })).values;
    const magnitude = extractFeatures(tone(900), 8000, spec({ kind: 'spectrogram', nFft: 64, power: 1 })).values;
    magnitude.forEach((value, i) => expect(value * value).toBeCloseTo(power[i], 4));
  });
  test('fixLength cuts, or pads with zeros behind', () => {
    const own = extractFeatures(tone(900), 8000, spec({ kind: 'logmel', nFft: 64, nMels: 4 }));
    const cut = extractFeatures(tone(900), 8000, spec({ kind: 'logmel', nFft: 64, nMels: 4, fixLength: 5 }));
    expect([...cut.values]).toEqual([...own.values.subarray(0, 20)]);
    const padded = extractFeatures(
      tone(900),
      8000,
      spec({ kind: 'logmel', nFft: 64, nMels: 4, fixLength: own.frames + 2 }),
    );
    expect([...padded.values]).toEqual([...own.values, ...new Array<number>(8).fill(0)]);
  });
  test('one clip’s values do not depend on the clip before', () => {
    const each = spec({ kind: 'mfcc', nFft: 128, nMfcc: 13 });
    const first = extractFeatures(tone(1000), 8000, each).values.slice();
    extractFeatures(tone(5000, 0.9), 8000, each);
    expect(extractFeatures(tone(1000), 8000, each).values).toEqual(first);
  });
});

describe('stft', () => {
  test('reflects a signal shorter than its padding again and again, end samples not repeated', () => {
    const period = [1, 2, 3, 2];
    const short = Float32Array.of(1, 2, 3);
    const long = Float32Array.from({ length: 4096 }, (_, n) => period[n % 4]);
    const stft = stftPlan({ nFft: 64, winLength: 64, hopLength: 1, center: true });
    const [fromShort, fromLong] = [new Float64Array(33), new Float64Array(33)];
    stft.powerFrame(short, 0, fromShort);
    stft.powerFrame(long, 2048, fromLong);
    fromShort.forEach((value, k) => expect(value).toBeCloseTo(fromLong[k], 9));
  });
  test('counts frames as PyTorch does', () => {
    const frames = (center: boolean, samples: number, nFft = 512) =>
      stftPlan({ nFft, winLength: nFft, hopLength: 160, center }).frames(samples);
    expect(frames(true, 16_000)).toBe(101);
    expect(frames(false, 16_000)).toBe(97);
    expect(frames(true, 159)).toBe(1);
    expect(frames(true, 160)).toBe(2);
    expect(frames(false, 100)).toBe(1);
  });
});
