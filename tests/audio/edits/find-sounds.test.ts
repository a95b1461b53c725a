import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSounds } from '#main/audio/edits/find-sounds.ts';
import { signalOf } from '#main/audio/signal/signal.ts';
import { describeShared } from '../../support/shared.ts';
import { RECORDINGS } from '../../support/recordings.ts';

const RATE = 8000;
const OPTIONS = { thresholdDb: -45, leastSilence: 0.2, leastSound: 0.05, padding: 0 };

/** Sounds and silences in turn, seconds, beginning with silence. */
const signal = (lengths: readonly number[], channels = 1) => {
  const samples = lengths.flatMap((length, i) =>
    Array.from({ length: Math.round(length * RATE) }, (_, n) => (i % 2 === 0 ? 0 : 0.1 * Math.sin(n))),
  );
  const silent = new Float32Array(samples.length);
  return signalOf(
    Array.from({ length: channels }, (_, i) => (i === channels - 1 ? Float32Array.from(samples) : silent)),
    RATE,
  );
};

test('finds sounds between silences, also in one channel alone', () => {
  for (const channels of [1, 2])
    expect(findSounds(signal([0.5, 0.3, 0.4, 0.2, 0.3], channels), OPTIONS)).toEqual([
      { start: 0.5, end: 0.8 },
      { start: 1.2, end: 1.4 },
    ]);
});
test('short silences belong to the sound, short sounds to the silence', () => {
  expect(findSounds(signal([0.1, 0.3, 0.1, 0.2, 0.3, 0.02, 0.3]), OPTIONS)).toEqual([{ start: 0.1, end: 0.7 }]);
});
test('padding stops at the ends and half-way to the next', () => {
  const found = findSounds(signal([0.1, 0.3, 0.4, 0.2]), { ...OPTIONS, padding: 0.3 });
  expect(found[0].start).toBe(0);
  expect(found[0].end).toBeCloseTo(0.6, 9);
  expect(found[1].start).toBeCloseTo(0.6, 9);
  expect(found[1].end).toBe(1);
});
test('nothing in silence, all in sound', () => {
  expect(findSounds(signal([1]), OPTIONS)).toEqual([]);
  expect(findSounds(signal([0, 1]), OPTIONS)).toEqual([{ start: 0, end: 1 }]);
});
test('any sound: in order, apart, inside', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 0, max: 30 }), (hundredths, padding) => {
      const sound = signal(hundredths.map((length) => length / 100).concat(0.1));
      let last = 0;
      for (const { start, end } of findSounds(sound, { ...OPTIONS, padding: padding / 100 })) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(sound.frames / RATE);
    }),
    { numRuns: 100 },
  );
});

describeShared('real recordings', () => {
  test('speech is found between its silent ends', async () => {
    const speech = await RECORDINGS['speech at 48 kHz']();
    // It was halved, and is quiet.
    const found = findSounds(speech, { ...OPTIONS, thresholdDb: -60 });
    expect(found.length).toBeGreaterThan(0);
    expect(found[0].start).toBeGreaterThan(0.5);
    expect(found.at(-1)!.end).toBeLessThan(speech.frames / speech.sampleRate - 0.3);
  });
});
