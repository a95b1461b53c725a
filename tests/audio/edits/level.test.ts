import { describe, expect, test } from 'vitest';
import { channelsOf, signalOf, type Signal } from '#main/audio/signal/signal.ts';
import { describePrograms, difference, ffmpeg, inFolder, run, sox, writeFloat } from '../../support/programs.ts';
import { edited, recordingCases } from '../../support/recordings.ts';

/** Floats near 1 are 6e-8 apart; SoX's volumes are applied to 32-bit integers. */
const CLOSE = 2e-7;
const FADES = [
  ['linear', 'tri', 't'],
  ['quarterSine', 'qsin', 'q'],
  ['halfSine', 'hsin', 'h'],
  ['exponential', 'exp', 'l'],
] as const;

describePrograms.each(recordingCases)('levels of %s, held to SoX and ffmpeg', (_name, load) => {
  test.each(FADES)('fade %s', async (shape, curve, letter) => {
    const sound = await load();
    const { frames, sampleRate } = sound;
    const length = Math.floor(frames / 3);
    const up = edited(sound, { op: 'fade', start: 0, end: length / sampleRate, direction: 'in', shape });
    const down = { op: 'fade', start: (frames - length) / sampleRate, end: null, direction: 'out', shape } as const;
    const both = edited(up, down);
    const chain = `afade=t=in:curve=${curve}:ss=0:ns=${length},afade=t=out:curve=${curve}:ss=${frames - length}:ns=${length}`;
    expect(difference(both, await ffmpeg(sound, chain))).toBeLessThan(CLOSE);
    // SoX's logarithmic fade is a table of its own: within 0.1 %.
    const theirs = await sox(sound, 'fade', letter, `${length}s`, `${frames}s`, `${length}s`);
    expect(difference(both, theirs)).toBeLessThan(letter === 'l' ? 1e-3 : CLOSE);
  });

  test('gain', async () => {
    const sound = await load();
    for (const db of [-6, -31.5, 3])
      expect(difference(edited(sound, { op: 'gain', db }), await sox(sound, 'vol', `${db}dB`))).toBeLessThan(CLOSE);
  });

  test('peak', async () => {
    const sound = await load();
    const after = edited(sound, { op: 'normalisePeak', db: -1 });
    // SoX takes the peak of all channels too, and the greatest positive sample to be one step short of 1.
    expect(difference(after, await sox(sound, 'gain', '-n', -1))).toBeLessThan(1e-6);
    const peak = Math.max(...channelsOf(after).map((samples) => samples.reduce((m, x) => Math.max(m, Math.abs(x)), 0)));
    expect(peak).toBeCloseTo(10 ** (-1 / 20), 6);
  });

  test('reverse', async () => {
    const sound = await load();
    expect(difference(edited(sound, { op: 'reverse' }), await sox(sound, 'reverse'))).toBeLessThan(1e-9);
  });

  test('DC', async () => {
    const sound = await load();
    const [first] = channelsOf(sound);
    const shifted = signalOf([first.map((value) => value / 2 + 0.125)], sound.sampleRate);
    const after = edited(shifted, { op: 'removeDc' });
    // SoX prints means in six decimals.
    const [, found] = /Mean +amplitude: +(-?[\d.]+)/.exec(await statistics(shifted))!;
    expect(difference(after, await sox(shifted, 'dcshift', String(-Number(found))))).toBeLessThan(1e-6);
    expect(Math.abs(channelsOf(after)[0].reduce((sum, x) => sum + x, 0) / sound.frames)).toBeLessThan(1e-8);
  });
});

/** What `sox stat` prints. */
const statistics = (signal: Signal): Promise<string> =>
  inFolder((folder) => {
    writeFloat(`${folder}/in.wav`, signal);
    return run('sox', [`${folder}/in.wav`, '-n', 'stat']);
  });

describe('levels', () => {
  test('silence stays silence', () => {
    const silence = signalOf([new Float32Array(1000)], 8000);
    for (const op of ['normalisePeak', 'normaliseLoudness', 'removeDc'] as const)
      expect(channelsOf(edited(silence, { op }))[0].every((value) => value === 0)).toBe(true);
  });
  test('a gain of 0 dB changes no sample', () => {
    const sound = signalOf([Float32Array.of(0.1, -0.7)], 8000);
    expect(edited(sound, { op: 'gain', db: 0 })).toBe(sound);
  });
});
