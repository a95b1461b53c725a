import { describe, expect, test } from 'vitest';
import { decodeBytes } from '#main/audio/decode.ts';
import { wavSize } from '#main/audio/encode/wav-part.ts';
import { channelsOf, shapeOf, signalOf, type Signal } from '#main/audio/signal/signal.ts';
import { heardPart, type Band } from '#main/audio/sounds/heard.ts';
import { describePrograms, sox } from '../../support/programs.ts';
import { recordingCases } from '../../support/recordings.ts';
import { tones } from '../../support/spectra.ts';

/** One value of 16 bits, and the rounding of what it is compared with. */
const STEP = 1.01 / 32_768;

/** The band as a player hears it that asks for the file in parts of so many bytes. */
async function heard(signal: Signal, band: Band, part: number): Promise<Float32Array[]> {
  const size = wavSize(shapeOf(signal), 'pcm16');
  const bytes = new Uint8Array(size);
  for (let first = 0; first < size; first += part)
    bytes.set(heardPart({ signal, band, first, last: Math.min(size, first + part) - 1 }), first);
  return (await decodeBytes(bytes, 'heard.wav')).channels;
}

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);

describePrograms.each(recordingCases)('a band of %s, heard alone', (_name, load) => {
  test('is what SoX’s filters of the same order leave, however it is asked for', async () => {
    const sound = await load();
    const band = { min: 400, max: 2000 };
    // Butterworth of order 8, as four filters of second order.
    const qualities = [1, 3, 5, 7].map((n) => 1 / (2 * Math.cos((n * Math.PI) / 16)));
    const chain = [
      ['highpass', band.min],
      ['lowpass', band.max],
    ].flatMap(([name, edge]) => qualities.flatMap((q) => [name, '-2', edge, `${q}q`]));
    const theirs = channelsOf(await sox(sound, ...chain));
    for (const part of [50_000, wavSize(shapeOf(sound), 'pcm16')]) {
      const ours = await heard(sound, band, part);
      expect(ours).toHaveLength(theirs.length);
      ours.forEach((channel, index) => expect(largestDifference(channel, theirs[index])).toBeLessThan(STEP));
    }
  });
});

describe('what is heard', () => {
  test('is the sound itself where the band has no edge within it', async () => {
    const sound = signalOf([tones([[440, 0.3]], 30_000, 16_000)], 16_000);
    const [whole] = await heard(sound, { min: 0, max: 8000 }, 40_000);
    expect(largestDifference(channelsOf(sound)[0], whole)).toBeLessThan(STEP);
  });
});
