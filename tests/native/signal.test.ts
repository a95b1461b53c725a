import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { planNative } from '#main/features/native.ts';
import { planPlain } from '#main/features/plain.ts';
import { signalCalls, type SignalCalls } from '#main/native/signal.ts';
import { FEATURE_KINDS, FeatureSpec } from '#shared/domain/feature-spec.ts';
import { Random } from '#shared/math/random.ts';
import { featureCases, partOfTolerance, specOf } from '../support/golden-features.ts';
import { describeShared, relativeError } from '../support/shared.ts';

const calls = signalCalls();
const best = calls?.instructionSet() ?? '';
const here = ['baseline', 'avx2', 'avx512', 'neon'].filter((name) => calls?.useInstructionSet(name));
calls?.useInstructionSet(best);
type Loose = (...args: unknown[]) => unknown;

/** Specs of every kind, odd lengths and primes among the transforms. */
const specs = fc
  .record({
    kind: fc.constantFrom(...FEATURE_KINDS),
    nFft: fc.oneof(fc.constantFrom(16, 64, 256, 400, 512), fc.integer({ min: 16, max: 700 })),
    winPart: fc.double({ min: 0.1, max: 1, noNaN: true }),
    hopLength: fc.constantFrom(null, 1, 7, 80, 400),
    power: fc.constantFrom(1, 2, 0.7, 3),
    center: fc.boolean(),
    nMels: fc.constantFrom(1, 8, 13, 40),
    fMin: fc.constantFrom(0, 20, 300),
    melScale: fc.constantFrom('htk' as const, 'slaney' as const),
    norm: fc.constantFrom(null, 'slaney' as const),
    logOffset: fc.constantFrom(1e-6, 1e-3),
    coefficients: fc.constantFrom(1, 5, 13, 40),
    logMels: fc.boolean(),
    deltas: fc.constantFrom(0 as const, 1 as const, 2 as const),
    fixLength: fc.constantFrom(null, 1, 20),
  })
  .map(({ winPart, coefficients, ...rest }) =>
    FeatureSpec.parse({
      ...rest,
      winLength: Math.max(2, Math.floor(rest.nFft * winPart)),
      nMfcc: Math.min(coefficients, rest.nMels),
    }),
  );
const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1500 })), {
  maxLength: 5,
});

/** A few sines and noise: no band is of rounding alone. */
function sound(length: number, seed: number): Float32Array {
  const random = new Random(seed, `sound ${length}`);
  const steps = [random.uniform(), random.uniform() * 3, random.uniform()];
  return Float32Array.from(
    { length },
    (_, n) => 0.3 * Math.sin(steps[0] * n) + 0.2 * Math.sin(steps[1] * n) + (0.02 + 0.1 * steps[2]) * random.normal(),
  );
}

/** To the bit. */
const same = (a: Float32Array, b: Float32Array) =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

/** An array between guards of NaN. */
function guarded(values: ArrayLike<number>, margin = 96): { own: Float32Array; whole: () => boolean } {
  const all = new Float32Array(values.length + 2 * margin).fill(NaN);
  const own = all.subarray(margin, margin + values.length);
  own.set(values);
  const guards = [all.subarray(0, margin), all.subarray(margin + values.length)];
  return { own, whole: () => guards.every((guard) => guard.every(Number.isNaN)) && own.every(Number.isFinite) };
}

describe.each(here)('the signal kernels for %s', (name) => {
  const use = (): SignalCalls => {
    expect(calls!.useInstructionSet(name)).toBe(true);
    return calls!;
  };
  afterAll(() => {
    calls!.useInstructionSet(best);
    calls!.setThreads(1);
  });

  describeShared('give torchaudio’s values', () => {
    const ours = featureCases.cases.filter(({ kind }) => kind !== 'resample');
    it.each(ours.map((one, index) => [`${index} ${one.kind} ${one.source}`, one] as const))('%s', (_, one) => {
      const extract = planNative(use(), specOf(one), one.sampleRate);
      expect(partOfTolerance(one, extract([featureCases.tensor(one.waveform)]))).toBeLessThan(1);
    });
  });

  it('give the plain form’s values, and the same for a clip alone and on any number of threads', () => {
    fc.assert(
      fc.property(specs, lengths, fc.integer({ min: 0, max: 1000 }), (choice, counts, seed) => {
        // A few samples, reflected, are a handful of tones: bands that hold none of them are rounding in either form.
        const spec = counts.some((count) => count < 40) ? { ...choice, kind: 'spectrogram' as const } : choice;
        const clips = counts.map((count, i) => sound(count, seed + i));
        const extract = planNative(use(), spec, 8000);
        calls!.setThreads(1);
        const found = extract(clips);
        const expected = planPlain(spec, 8000)(clips);
        expect(found.rows).toEqual(expected.rows);
        clips.forEach((clip, i) => {
          const part = (values: Float32Array) =>
            values.subarray(found.rows[i] * found.bins, found.rows[i + 1] * found.bins);
          const [a, b] = [part(found.values), part(expected.values)];
          // A clip of empty bands alone is zeros in both.
          if (b.some((value) => value !== 0)) expect(relativeError(a, b), `clip ${i}`).toBeLessThan(1e-4);
          else expect(a.every((value) => value === 0)).toBe(true);
          expect(same(extract([clip]).values, a)).toBe(true);
        });
        calls!.setThreads(2);
        expect(same(extract(clips).values, found.values)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('share out a long clip, to the same values', () => {
    const spec = FeatureSpec.parse({ kind: 'mfcc', nFft: 64, hopLength: 8, nMels: 16, nMfcc: 7, deltas: 2 });
    const clips = [sound(100, 1), sound(80_000, 2), sound(500, 3)];
    const extract = planNative(use(), spec, 8000);
    calls!.setThreads(1);
    const found = extract(clips);
    const expected = planPlain(spec, 8000)(clips);
    expect(relativeError(found.values, expected.values)).toBeLessThan(1e-5);
    calls!.setThreads(2);
    expect(same(extract(clips).values, found.values)).toBe(true);
  });

  it('keep to their arguments in features', () => {
    fc.assert(
      fc.property(specs, lengths, (spec, counts) => {
        const inputs = counts.map((count, i) => guarded(sound(count, i)));
        let out: ReturnType<typeof guarded> | undefined;
        const real = use();
        const watched = {
          ...real,
          features: (...args: unknown[]) => {
            out = guarded(new Float32Array((args.at(-1) as Float32Array).length));
            (real.features as Loose)(...args.with(-1, out.own));
          },
        } as SignalCalls;
        planNative(watched, spec, 8000)(inputs.map(({ own }) => own));
        expect(inputs.every(({ whole }) => whole())).toBe(true);
        expect(out!.whole()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('keep to their arguments in tiles and resampling', () => {
    const shape = fc.record({
      nFft: fc.constantFrom(16, 64, 101, 2 * 307),
      count: fc.integer({ min: 0, max: 400 }),
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 30 }),
      frames: fc.integer({ min: 1, max: 3 }),
      pooling: fc.constantFrom(0 as const, 1 as const),
      colours: fc.boolean(),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    fc.assert(
      fc.property(shape, ({ nFft, count, width, height, frames, pooling, colours, seed }) => {
        const random = new Random(seed, 'rows');
        const bins = Math.floor(nFft / 2) + 1;
        const anyRow = () => Int32Array.from({ length: height }, () => random.below(bins));
        const all = new Uint8Array(width * height * (colours ? 4 : 1) + 64).fill(77);
        const pixels = all.subarray(32, -32);
        const samples = guarded(sound(count, seed));
        const window = guarded(new Float32Array(nFft).fill(1));
        const table = colours ? Uint8Array.from({ length: 768 }, (_, i) => i % 251) : null;
        const step = (2 * count) / width;
        use().spectrogramTile(
          ...([nFft, window.own, samples.own, 3, step, width, frames, pooling, height, anyRow(), anyRow()] as const),
          ...([new Float32Array(height).fill(0.5), 1, -100, 0, table, pixels] as const),
        );
        expect(all.subarray(0, 32).every((byte) => byte === 77) && all.subarray(-32).every((byte) => byte === 77)).toBe(
          true,
        );
        if (colours) for (let i = 3; i < pixels.length; i += 4) expect(pixels[i]).toBe(255);

        const [up, taps] = [1 + random.below(5), 1 + random.below(70)];
        const firsts = Int32Array.from({ length: up }, () => random.below(60) - 50);
        const filter = new Float64Array(up * taps + 32).fill(NaN);
        const out = guarded(new Float32Array(random.below(90)));
        calls!.resample(
          ...([up, 1 + random.below(7), taps, up, firsts, filter.subarray(16, -16).fill(0.5)] as const),
          ...([samples.own, random.below(40) - 20, random.below(30), out.own] as const),
        );
        expect(samples.whole() && window.whole() && out.whole()).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('keep what is not a number to the frames that it is in, and silence finite', () => {
    for (const kind of FEATURE_KINDS)
      for (const logMels of [false, true]) {
        const spec = FeatureSpec.parse({ kind, nFft: 64, hopLength: 32, nMels: 8, nMfcc: 5, center: false, logMels });
        const spoilt = sound(1000, 1);
        spoilt[500] = NaN;
        const [found, expected] = [planNative(use(), spec, 8000)([spoilt]), planPlain(spec, 8000)([spoilt])];
        found.values.forEach((value, i) => expect(Number.isNaN(value)).toBe(Number.isNaN(expected.values[i])));
        expect(found.values.some(Number.isNaN)).toBe(true);
        const [silent, plain] = [new Float32Array(300)].flatMap((clip) => [
          planNative(use(), spec, 8000)([clip]).values,
          planPlain(spec, 8000)([clip]).values,
        ]);
        silent.forEach((value, i) => expect(value).toBeCloseTo(plain[i], 3));
      }
  });
});

describe.skipIf(!calls)('the border of the signal kernels', () => {
  const f = (size: number) => new Float32Array(size);
  const i = (...values: number[]) => Int32Array.from(values);
  // 2 bands of 9 bins, 1 coefficient; 10 and 3 samples: 1 + 10 / 4 and 1 frames.
  const features = (): unknown[] => [
    ...[16, 4, true, f(12), 1, 2, i(0, 5), i(3, 7), f(7), 2, 1e-10, 80, 1, f(1), 1, 0],
    ...[[f(10), f(3)], f((3 + 1) * 2)],
  ];
  const tile = (): unknown[] => [
    ...[16, f(16), f(50), 0, 5, 10, 2, 0, 3, i(0, 3, 5), i(2, 4, 4), f(3), 1, -100, 0, null],
    new Uint8Array(30),
  ];
  const resampling = (): unknown[] => [2, 1, 4, 2, i(-1, 0), new Float64Array(8), f(20), 0, 0, f(40)];

  describe.each(Object.entries({ features, spectrogramTile: tile, resample: resampling }))('%s', (name, right) => {
    const call = (args: unknown[]) => () => (calls as unknown as Record<string, Loose>)[name](...args);
    it('takes a right call', () => expect(call(right())).not.toThrow());
    it('refuses each argument of a wrong type or length, and a missing one', () => {
      right().forEach((argument, index) => {
        const wrong: unknown[] = [undefined, 'x', {}];
        if (ArrayBuffer.isView(argument)) wrong.push(new Float32Array(70_000), new Int16Array(3), []);
        else if (typeof argument === 'number') wrong.push(NaN, null);
        else wrong.push(1);
        // As many samples as one likes may be given.
        const samples =
          (name === 'spectrogramTile' && index === 2) || (name === 'resample' && (index === 6 || index === 9));
        for (const value of wrong) {
          if (value instanceof Float32Array && samples) continue;
          if (value instanceof Float32Array && name === 'features' && index === 8) continue;
          expect(call(right().with(index, value)), `argument ${index}: ${String(value).slice(0, 20)}`).toThrow(
            TypeError,
          );
        }
        expect(call(right().slice(0, index)), `without ${index}`).toThrow(TypeError);
      });
    });
  });

  it.each<[string, () => unknown[], number, unknown]>([
    ['a transform of nothing', features, 0, 1],
    ['a transform beyond the largest', features, 0, 65_537],
    ['no step', features, 1, 0],
    ['a window longer than the transform', features, 3, f(17)],
    ['no window', features, 3, f(0)],
    ['a band that reaches beyond the spectrum', features, 6, i(0, 6)],
    ['a band before the spectrum', features, 6, i(-1, 5)],
    ['bands out of order', features, 7, i(7, 3)],
    ['more weights than there are', features, 7, i(3, 8)],
    ['an unknown scale', features, 9, 3],
    ['more coefficients than bands', features, 12, 3],
    ['an empty clip', features, 16, [f(10), f(0)]],
    ['a clip that is none', features, 16, [f(10), new Float64Array(3)]],
    ['clips that fill another matrix', features, 16, [f(10)]],
    ['a row beyond the spectrum', tile, 9, i(0, 3, 9)],
    ['a floor at the ceiling', tile, 13, 0],
    ['colours for pixels of one byte', tile, 15, new Uint8Array(768)],
    ['a tile that starts before the sound', tile, 3, -1],
    ['more phases than outputs of a block', resampling, 0, 1],
    ['too few phases for the outputs', resampling, 0, 3],
  ])('refuses %s', (_, right, index, value) => {
    const name = right === features ? 'features' : right === tile ? 'spectrogramTile' : 'resample';
    expect(() => (calls as unknown as Record<string, Loose>)[name](...right().with(index, value))).toThrow(TypeError);
  });
});
