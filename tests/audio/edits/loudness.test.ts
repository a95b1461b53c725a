import { describe, expect, test } from 'vitest';
import { integratedLoudness } from '#main/audio/edits/loudness.ts';
import { signalOf, type Signal } from '#main/audio/signal/signal.ts';
import { describePrograms, inFolder, run, writeFloat } from '../../support/programs.ts';
import { edited, memory, recordingCases } from '../../support/recordings.ts';
import { tones } from '../../support/spectra.ts';

const ours = (signal: Signal) => integratedLoudness(signal, { from: 0, end: signal.frames }, memory());

/** As ffmpeg's `ebur128` has it, LUFS, to 0.1. */
const theirs = (signal: Signal): Promise<number> =>
  inFolder((folder) => {
    writeFloat(`${folder}/in.wav`, signal);
    const said = run('ffmpeg', [
      '-nostats',
      '-i',
      `${folder}/in.wav`,
      '-af',
      'ebur128=framelog=verbose',
      '-f',
      'null',
      '-',
    ]);
    return Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(said)![1]);
  });

describePrograms('loudness, held to ffmpeg', () => {
  test.each(recordingCases.filter(([name]) => !name.includes('digit')))('%s', async (_name, load) => {
    const sound = await load();
    expect(Math.abs(ours(sound) - (await theirs(sound)))).toBeLessThan(0.1);
    for (const lufs of [-23, -16.5])
      expect(Math.abs((await theirs(edited(sound, { op: 'normaliseLoudness', lufs }))) - lufs)).toBeLessThan(0.1);
  });
  test('at 8, 16 and 96 kHz, and of five and six channels', async () => {
    for (const rate of [8000, 16_000, 96_000]) {
      const sine = signalOf(
        [
          tones(
            [
              [997, 0.3],
              [90, 0.4],
              [3100, 0.1],
            ],
            4 * rate,
            rate,
          ),
        ],
        rate,
      );
      expect(Math.abs(ours(sine) - (await theirs(sine)))).toBeLessThan(0.1);
    }
    for (const channels of [5, 6]) {
      const sounds = Array.from({ length: channels }, (_, n) =>
        tones([[400 + 150 * n, 0.1 + 0.03 * n]], 96_000, 48_000),
      );
      const around = signalOf(sounds, 48_000);
      expect(Math.abs(ours(around) - (await theirs(around)))).toBeLessThan(0.1);
    }
  });
});

describe('loudness', () => {
  const sine = (db: number, frames = 48_000, rate = 48_000) => tones([[997, 10 ** (db / 20)]], frames, rate);

  test('a sine of 997 Hz at full scale in one channel is -3.01 LUFS, in two 3 more (BS.1770-4)', () => {
    expect(ours(signalOf([sine(0)], 48_000))).toBeCloseTo(-3.01, 2);
    expect(ours(signalOf([sine(0), sine(0)], 48_000))).toBeCloseTo(0, 2);
  });
  test('what is quiet does not pull it down (gating)', () => {
    const loud = sine(-20, 10 * 48_000);
    const half = loud.map((value, n) => (n < loud.length / 2 ? value : value / 1000));
    // The blocks across the border count for a little less.
    expect(Math.abs(ours(signalOf([half], 48_000)) - ours(signalOf([loud], 48_000)))).toBeLessThan(0.2);
  });
  test('less than 400 ms is measured as it is', () => {
    const short = signalOf([sine(-20, 4800)], 48_000);
    expect(Math.abs(ours(short) + 23.01)).toBeLessThan(0.1);
    expect(ours(edited(short, { op: 'normaliseLoudness', lufs: -30 }))).toBeCloseTo(-30, 4);
  });
  test('silence has none', () => {
    expect(ours(signalOf([new Float32Array(48_000)], 48_000))).toBe(-Infinity);
    expect(ours(signalOf([new Float32Array(480)], 48_000))).toBe(-Infinity);
  });
});
