import { describe, expect, test } from 'vitest';
import { channelsOf, signalOf } from '#main/audio/signal/signal.ts';
import { describePrograms, difference, sox } from '../../support/programs.ts';
import { edited, recordingCases } from '../../support/recordings.ts';
import { centroid, toneFrequency, tones } from '../../support/spectra.ts';

const RATE = 44_100;
const cents = (found: number, wanted: number) => Math.abs(1200 * Math.log2(found / wanted));
const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
const middle = (samples: Float32Array) => samples.subarray(samples.length / 4, (3 * samples.length) / 4);

describe.each([0.5, 0.8, 1.25, 2, 3.7])('a tone at %d times the length', (factor) => {
  const tone = signalOf([tones([[440, 0.3]], RATE, RATE), tones([[440, 0.1]], RATE, RATE)], RATE);
  const after = edited(tone, { op: 'stretch', factor });
  const [left, right] = channelsOf(after);

  test('is that long to the sample, at its pitch and level, in both channels', () => {
    expect(after.frames).toBe(Math.round(RATE * factor));
    expect(cents(toneFrequency(left, RATE), 440)).toBeLessThan(1);
    expect(20 * Math.log10(rms(middle(left)) / rms(middle(channelsOf(tone)[0])))).toBeCloseTo(0, 1);
  });
  test('keeps the channels in phase', () => {
    expect(left.every((value, n) => Math.abs(value - 3 * right[n]) < 1e-6)).toBe(true);
  });
});

test.each([-12, -5, 0.5, 3, 7, 12])('a tone shifted by %d semitones keeps its length and level', (semitones) => {
  const tone = signalOf([tones([[440, 0.3]], RATE, RATE)], RATE);
  const after = edited(tone, { op: 'shiftPitch', semitones });
  expect(after.frames).toBe(RATE);
  const [samples] = channelsOf(after);
  expect(cents(toneFrequency(samples, RATE), 440 * 2 ** (semitones / 12))).toBeLessThan(1);
  expect(20 * Math.log10(rms(middle(samples)) / rms(middle(channelsOf(tone)[0])))).toBeCloseTo(0, 1);
});

test('to its own length and by nothing the sound is the same, nearly so by hardly anything', () => {
  const sound = signalOf([tones([[440, 0.3]], RATE, RATE)], RATE);
  expect(edited(sound, { op: 'stretch', factor: 1 })).toBe(sound);
  expect(edited(sound, { op: 'shiftPitch', semitones: 0 })).toBe(sound);
  // A factor that gives the same number of samples goes all the way through its windows.
  expect(difference(edited(sound, { op: 'stretch', factor: 1 + 1e-9 }), sound)).toBeLessThan(1e-6);
});

test('a part joins the sound around it without a jump', () => {
  const sound = signalOf([tones([[440, 0.3]], RATE, RATE)], RATE);
  const steepest = (samples: Float32Array) =>
    samples.reduce((most, value, n) => (n === 0 ? 0 : Math.max(most, Math.abs(value - samples[n - 1]))), 0);
  for (const edit of [
    { op: 'stretch', start: 0.3, end: 0.6123, factor: 1.37 },
    { op: 'shiftPitch', start: 0.3, end: 0.6123, semitones: -2 },
  ] as const)
    expect(steepest(channelsOf(edited(sound, edit))[0])).toBeLessThan(1.15 * steepest(channelsOf(sound)[0]));
});

describePrograms.each(recordingCases)('%s, beside SoX', (_name, load) => {
  // Samples cannot agree: length, level and the middle of the spectrum must.
  const alike = (ours: Float32Array, theirs: Float32Array, rate: number) => {
    expect(Math.abs(20 * Math.log10(rms(ours) / rms(theirs)))).toBeLessThan(1);
    expect(Math.abs(centroid(ours, rate, 512) / centroid(theirs, rate, 512) - 1)).toBeLessThan(0.12);
  };
  test.each([0.7, 1.5])('at %d times the length', async (factor) => {
    const sound = await load();
    const ours = edited(sound, { op: 'stretch', factor });
    const theirs = await sox(sound, 'tempo', 1 / factor);
    expect(Math.abs(ours.frames / theirs.frames - 1)).toBeLessThan(0.001);
    alike(channelsOf(ours)[0], channelsOf(theirs)[0], sound.sampleRate);
  });
  test.each([-4, 3])('by %d semitones', async (semitones) => {
    const sound = await load();
    const ours = edited(sound, { op: 'shiftPitch', semitones });
    const theirs = await sox(sound, 'pitch', 100 * semitones);
    expect(ours.frames).toBe(sound.frames);
    alike(channelsOf(ours)[0], channelsOf(theirs)[0], sound.sampleRate);
  });
});
