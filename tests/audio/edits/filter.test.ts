import { describe, expect, test } from 'vitest';
import { channelsOf, signalOf } from '#main/audio/signal/signal.ts';
import { describePrograms, difference, ffmpeg, sox } from '../../support/programs.ts';
import { edited, recordingCases } from '../../support/recordings.ts';
import { ratio, tones } from '../../support/spectra.ts';

/** SoX filters integers of 32 bits in double precision. */
const CLOSE = 1e-6;
const BUTTERWORTH = '0.70710678118q';

describePrograms.each(recordingCases)('filters of %s', (_name, load) => {
  test('of second order, held to SoX', async () => {
    const sound = await load();
    for (const frequency of [300, 2500]) {
      const low = edited(sound, { op: 'filter', filter: 'lowPass', frequency, order: 2 });
      expect(difference(low, await sox(sound, 'lowpass', '-2', frequency, BUTTERWORTH))).toBeLessThan(CLOSE);
      const high = edited(sound, { op: 'filter', filter: 'highPass', frequency, order: 2 });
      expect(difference(high, await sox(sound, 'highpass', '-2', frequency, BUTTERWORTH))).toBeLessThan(CLOSE);
    }
  });

  test('of bands, held to SoX', async () => {
    const sound = await load();
    for (const [frequency, width] of [
      [1000, 200],
      [3000, 1500],
    ]) {
      // SoX takes the quality of the analogue filter; this one has the same -3 dB width after the bilinear transform.
      const turn = (2 * Math.PI * frequency) / sound.sampleRate;
      const q = Math.sin(turn) / 2 / Math.tan((Math.PI * width) / sound.sampleRate);
      const pass = edited(sound, { op: 'filter', filter: 'bandPass', frequency, width });
      expect(difference(pass, await sox(sound, 'bandpass', frequency, `${q}q`))).toBeLessThan(CLOSE);
      const notch = edited(sound, { op: 'filter', filter: 'notch', frequency, width });
      expect(difference(notch, await sox(sound, 'bandreject', frequency, `${q}q`))).toBeLessThan(CLOSE);
    }
  });

  // ffmpeg's crossover is Linkwitz and Riley's: a Butterworth filter of half the order, twice.
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('of order %i, held to ffmpeg', async (order) => {
    const sound = await load();
    const names = ['2nd', '4th', '6th', '8th', '10th', '12th', '14th', '16th'];
    const chain = (keep: string, drop: string) =>
      `acrossover=split=1000:order=${names[order - 1]}:precision=double[LOW][HIGH];[${drop}]anullsink;[${keep}]anull`;
    for (const [filter, keep, drop] of [
      ['lowPass', 'LOW', 'HIGH'],
      ['highPass', 'HIGH', 'LOW'],
    ] as const) {
      const once = edited(sound, { op: 'filter', filter, frequency: 1000, order });
      const twice = edited(once, { op: 'filter', filter, frequency: 1000, order });
      const theirs = await ffmpeg(sound, chain(keep, drop));
      // The crossover turns the sign of some outputs so that both sum up.
      const [a, b] = [channelsOf(twice)[0], channelsOf(theirs)[0]];
      const turned = b.map((value) => -value);
      expect(Math.max(ratio(b, a), ratio(turned, a))).toBeGreaterThan(90);
    }
  });
});

describe('filters', () => {
  const rate = 16_000;
  /** Gain at a frequency, dB: of a sine, once the filter has settled. */
  const gain = (edit: Parameters<typeof edited>[1], hertz: number) => {
    const samples = tones([[hertz, 0.5]], rate, rate);
    const after = channelsOf(edited(signalOf([samples], rate), edit))[0];
    const power = (of: Float32Array) => of.subarray(rate / 2).reduce((sum, value) => sum + value * value, 0);
    return 10 * Math.log10(power(after) / power(samples));
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('order %i is 3 dB down at the edge and falls 6 dB an octave each', (order) => {
    const low = { op: 'filter', filter: 'lowPass', frequency: 400, order } as const;
    expect(gain(low, 400)).toBeCloseTo(-3.01, 1);
    expect(gain(low, 100)).toBeGreaterThan(-0.3);
    const high = { ...low, filter: 'highPass' } as const;
    expect(gain(high, 400)).toBeCloseTo(-3.01, 1);
    if (order <= 4) expect(gain(high, 100) - gain(high, 50)).toBeCloseTo(6.02 * order, 0);
  });

  test.each([
    [1000, 100],
    [1000, 1200],
    [5000, 3000],
  ])('a band about %i Hz is %i Hz wide between its -3 dB points', (frequency, width) => {
    const pass = { op: 'filter', filter: 'bandPass', frequency, width } as const;
    expect(gain(pass, frequency)).toBeCloseTo(0, 2);
    expect(gain({ ...pass, filter: 'notch' }, frequency)).toBeLessThan(-60);
    // The points lie where cos of the centre = cos of their middle / cos of half the width.
    const turn = (hertz: number) => (2 * Math.PI * hertz) / rate;
    const middle = (Math.acos(Math.cos(turn(frequency)) * Math.cos(turn(width) / 2)) / (2 * Math.PI)) * rate;
    for (const edge of [middle - width / 2, middle + width / 2]) {
      expect(gain(pass, edge)).toBeCloseTo(-3.01, 1);
      expect(gain({ ...pass, filter: 'notch' }, edge)).toBeCloseTo(-3.01, 1);
    }
  });

  test('what is not below half the rate is refused at its field', () => {
    const sound = signalOf([new Float32Array(100)], rate);
    expect(() => edited(sound, { op: 'filter', filter: 'lowPass', frequency: 8000 })).toThrow(
      expect.objectContaining({ kind: 'bad-input', where: 'frequency' }),
    );
    expect(() => edited(sound, { op: 'filter', filter: 'notch', frequency: 100, width: 9000 })).toThrow(
      expect.objectContaining({ kind: 'bad-input', where: 'width' }),
    );
  });
});
