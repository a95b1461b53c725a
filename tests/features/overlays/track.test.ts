import { describe, expect, test } from 'vitest';
import { signalOf } from '#main/audio/signal/signal.ts';
import { extractFeatures } from '#main/features/extract.ts';
import { trackOverlay } from '#main/features/overlays/track.ts';
import { OVERLAYS } from '#shared/contract/bulk.ts';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { Random } from '#shared/math/random.ts';

const RATE = 16_000;
const wave = (seconds: number, sample: (seconds: number) => number) =>
  Float32Array.from({ length: Math.round(seconds * RATE) }, (_, n) => sample(n / RATE));
const sine = (hz: number, level = 1) => wave(1, (t) => level * Math.sin(2 * Math.PI * hz * t + 0.1));
const inside = { start: 0.1, end: 0.9, points: 4096 };

describe('energy', () => {
  test('of a sine is its level less 3 dB, of silence −120 dBFS', () => {
    for (const level of [1, 0.1, 0.01])
      for (const db of trackOverlay(signalOf([sine(400, level)], RATE), { kind: 'energy', ...inside }).data)
        expect(db).toBeCloseTo(20 * Math.log10(level) - 10 * Math.log10(2), 2);
    expect([...trackOverlay(signalOf([new Float32Array(RATE)], RATE), { kind: 'energy', points: 10 }).data]).toEqual(
      Array(7).fill(-120),
    );
  });
});

describe('zero crossings', () => {
  test('of a sine are twice its frequency', () => {
    for (const hz of [200, 1000, 3000])
      for (const rate of trackOverlay(signalOf([sine(hz)], RATE), { kind: 'zeroCrossings', ...inside }).data)
        // A frame holds half a period more or less.
        expect(Math.abs(rate - 2 * hz)).toBeLessThanOrEqual(41);
    const { data } = trackOverlay(signalOf([wave(1, () => 0.3)], RATE), { kind: 'zeroCrossings', ...inside });
    expect(Math.max(...data)).toBe(0);
  });
});

describe('mel bands and MFCC', () => {
  const random = new Random(2);
  const noise = wave(1, () => 0.1 * random.normal());
  const common = { winLength: 400, nFft: 512, hopLength: 160, center: true, nMels: 40 } as const;
  test.each([
    ['mel', FeatureSpec.parse({ ...common, kind: 'logmel' })],
    ['mfcc', FeatureSpec.parse({ ...common, kind: 'mfcc', nMfcc: 13, logMels: true })],
  ] as const)('%s: a frame is that of the features', (kind, spec) => {
    const { frames, values, data } = trackOverlay(signalOf([noise], RATE), { kind, ...inside });
    const { bins, values: expected } = extractFeatures(noise, RATE, spec);
    expect([frames, values]).toEqual([80, bins]);
    for (let i = 0; i < data.length; i++) expect(data[i]).toBeCloseTo(expected[10 * bins + i], 4);
  });
});

describe('any overlay', () => {
  const random = new Random(9);
  const left = wave(2, (t) => 0.3 * Math.sin(2 * Math.PI * 150 * t) + 0.02 * random.normal());
  const right = wave(2, (t) => 0.2 * Math.sin(2 * Math.PI * 310 * t) + 0.02 * random.normal());
  const stereo = signalOf([left, right], RATE);
  const mix = signalOf([left.map((sample, n) => (sample + right[n]) / 2)], RATE);

  test.each(OVERLAYS)('%s says where its frames lie and how it was computed', (kind) => {
    const track = trackOverlay(stereo, { kind, points: 64, start: 0.5 });
    expect(track.data.length).toBe(track.frames * track.values);
    expect(track.frames).toBeLessThanOrEqual(64);
    expect(track.hop).toBeCloseTo(0.04, 9);
    expect(track.start).toBeGreaterThanOrEqual(0.5);
    expect(track.start + (track.frames - 1) * track.hop).toBeLessThan(2);
    expect(track.words).toMatch(/, one every 40 ms$/);
  });
  test.each(OVERLAYS)('%s is of one channel, or of the mix', (kind) => {
    const options = { kind, ...inside };
    expect(trackOverlay(stereo, { ...options, channel: 1 }).data).toEqual(
      trackOverlay(signalOf([right], RATE), options).data,
    );
    expect(trackOverlay(stereo, options).data).toEqual(trackOverlay(mix, options).data);
  });
  test.each(OVERLAYS.filter((kind) => kind !== 'f0'))('%s: every second frame of a step is the next step', (kind) => {
    const fine = trackOverlay(stereo, { kind, points: 200 });
    const coarse = trackOverlay(stereo, { kind, points: 100 });
    for (let frame = 0; frame < coarse.frames; frame++)
      for (let value = 0; value < coarse.values; value++)
        expect(coarse.data[frame * coarse.values + value]).toBe(fine.data[2 * frame * fine.values + value]);
  });
  test.each(OVERLAYS)('%s of a tile that ends behind the sound has the frames that are there', (kind) => {
    const track = trackOverlay(stereo, { kind, points: 256, start: 0, end: 2.56 });
    expect([track.frames, track.hop]).toEqual([200, 0.01]);
  });
  test('a part or a channel that is not there is refused', () => {
    expect(() => trackOverlay(stereo, { kind: 'energy', points: 10, start: 3 })).toThrow(/no part of a sound/);
    expect(() => trackOverlay(stereo, { kind: 'energy', points: 10, channel: 2 })).toThrow(/no channel/);
  });
});
