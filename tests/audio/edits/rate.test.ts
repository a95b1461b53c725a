import { expect, test } from 'vitest';
import { channelsOf } from '#main/audio/signal/signal.ts';
import { describePrograms, difference, sox } from '../../support/programs.ts';
import { edited, recordingCases } from '../../support/recordings.ts';
import { ratio } from '../../support/spectra.ts';

describePrograms.each(recordingCases)('%s, held to SoX', (_name, load) => {
  test.each([16_000, 22_050, 48_000, 96_000])('at %i Hz', async (sampleRate) => {
    const sound = await load();
    const ours = edited(sound, { op: 'resample', sampleRate });
    expect(ours).toMatchObject({
      sampleRate,
      frames: Math.ceil((sound.frames * sampleRate) / sound.sampleRate),
    });
    if (sampleRate === sound.sampleRate) return;
    const theirs = await sox(sound, 'rate', '-v', sampleRate);
    // The two filters close between 0.87 and 1 of the lower half rate, not quite alike: below that they must agree.
    const edge = String(Math.floor(0.8 * (Math.min(sampleRate, sound.sampleRate) / 2)));
    const [a, b] = await Promise.all([ours, theirs].map((each) => sox(each, 'sinc', '-a', 140, `-${edge}`)));
    expect(ratio(channelsOf(b)[0], channelsOf(a)[0], 2000)).toBeGreaterThan(70);
  });

  test('in mono', async () => {
    const sound = await load();
    expect(difference(edited(sound, { op: 'mono' }), await sox(sound, 'remix', '-'))).toBeLessThan(1e-7);
  });
});
