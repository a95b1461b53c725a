import { describe, expect, test } from 'vitest';
import { channelsOf, signalOf } from '#main/audio/signal/signal.ts';
import { describePrograms, difference, sox } from '../../support/programs.ts';
import { edited, recordingCases } from '../../support/recordings.ts';
import { bandPower, ratio, tones } from '../../support/spectra.ts';

describePrograms.each(recordingCases)('a box of %s, held to SoX’s band-stop of linear phase', (_name, load) => {
  test('is as quiet inside, and the same outside', async () => {
    const sound = await load();
    const rate = sound.sampleRate;
    const ours = edited(sound, { op: 'attenuateBox', start: 0, end: 1e6, fMin: 1000, fMax: 2000, db: -60 });
    const theirs = await sox(sound, 'sinc', '-a', 100, '-t', 60, '2000-1000');
    const [before, a, b] = [sound, ours, theirs].map((each) => channelsOf(each)[0]);
    const drop = (after: Float32Array, range: [number, number]) =>
      bandPower(before, rate, range, 1024) - bandPower(after, rate, range, 1024);
    expect(drop(a, [1200, 1800])).toBeGreaterThan(45);
    expect(drop(b, [1200, 1800])).toBeGreaterThan(45);
    // Of what is left most is alike: they differ only at the box's edges, over two bins.
    expect(Math.abs(drop(a, [100, 800]))).toBeLessThan(0.1);
    expect(Math.abs(drop(a, [2200, 3800]))).toBeLessThan(0.1);
    expect(ratio(b, a, 200)).toBeGreaterThan(15);
  });
});

describe('a box', () => {
  const RATE = 44_100;
  const sound = signalOf(
    [
      tones(
        [
          [500, 0.2],
          [3000, 0.2],
          [9000, 0.2],
        ],
        RATE,
        RATE,
      ),
    ],
    RATE,
  );
  const level = (samples: Float32Array, hertz: number) => {
    let [re, im] = [0, 0];
    // Half a second: whole periods of all three.
    for (let n = 10_000; n < 32_050; n++) {
      re += samples[n] * Math.cos((2 * Math.PI * hertz * n) / RATE);
      im += samples[n] * Math.sin((2 * Math.PI * hertz * n) / RATE);
    }
    return 20 * Math.log10(Math.hypot(re, im) / 11_025 / 0.2);
  };

  test.each([-40, -6, 6, 24])('turns what is in it by %i dB, and nothing else', (db) => {
    const [after] = channelsOf(edited(sound, { op: 'attenuateBox', start: 0, end: 1, fMin: 2500, fMax: 3500, db }));
    expect(level(after, 3000)).toBeCloseTo(db, 1);
    expect(level(after, 500)).toBeCloseTo(0, 2);
    expect(level(after, 9000)).toBeCloseTo(0, 2);
  });
  test('of hardly any gain gives the sound back to 1e-6', () => {
    const after = edited(sound, { op: 'attenuateBox', start: 0.1, end: 0.9, fMin: 100, fMax: 20_000, db: 1e-7 });
    expect(difference(after, sound)).toBeLessThan(1e-6);
    expect(edited(sound, { op: 'attenuateBox', start: 0, end: 1, fMin: 100, fMax: 200, db: 0 })).toBe(sound);
  });
  test('may be a few samples long, or a few Hz high, or reach from 0 to half the rate', () => {
    for (const [start, end, fMin, fMax] of [
      [0.5, 0.5001, 0, RATE / 2],
      [0.2, 0.8, 2999, 3001],
      [0, 1, 0, RATE / 2],
    ]) {
      const after = edited(sound, { op: 'attenuateBox', start, end, fMin, fMax, db: -120 });
      expect(after.frames).toBe(sound.frames);
      expect(channelsOf(after)[0].every(Number.isFinite)).toBe(true);
    }
  });
  test('above half the rate is refused', () => {
    expect(() => edited(sound, { op: 'attenuateBox', start: 0, end: 1, fMin: 100, fMax: 22_051, db: -6 })).toThrow(
      expect.objectContaining({ kind: 'bad-input', where: 'fMax' }),
    );
  });
});
