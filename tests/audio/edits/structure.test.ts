import { describe, expect, test } from 'vitest';
import { channelsOf, signalOf } from '#main/audio/signal/signal.ts';
import { describePrograms, difference, sox } from '../../support/programs.ts';
import { edited, recordingCases } from '../../support/recordings.ts';

/** SoX counts samples in 32-bit integers: half a step either way. */
const EXACT = 1e-9;
/** SoX is told samples ("100s"), Hark seconds. */
const at = (frames: number, rate: number) => frames / rate;
const HASH = 'a'.repeat(40);

describePrograms('cutting and joining, held to SoX', () => {
  test.each(recordingCases)('%s', async (_name, load) => {
    const sound = await load();
    const { frames, sampleRate: rate } = sound;
    const [from, end] = [Math.floor(frames / 3), Math.floor(frames / 2)];
    const [start, stop] = [at(from, rate), at(end, rate)];

    const kept = await sox(sound, 'trim', `${from}s`, `=${end}s`);
    expect(difference(edited(sound, { op: 'keep', start, end: stop }), kept)).toBeLessThan(EXACT);

    // trim takes a list of places and alternates between leaving out and letting through.
    const without = await sox(sound, 'trim', 0, `=${from}s`, `=${end}s`);
    expect(difference(edited(sound, { op: 'delete', start, end: stop }), without)).toBeLessThan(EXACT);

    const padded = await sox(sound, 'pad', `777s@${from}s`);
    const inserted = edited(sound, { op: 'insertSilence', at: start, duration: at(777, rate) });
    expect(difference(inserted, padded)).toBeLessThan(EXACT);

    const silenced = await sox(without, 'pad', `${end - from}s@${from}s`);
    expect(difference(edited(sound, { op: 'silence', start, end: stop }), silenced)).toBeLessThan(EXACT);
  });

  test.each(recordingCases)('paste into %s at one rate is what was cut, to the bit', async (_name, load) => {
    const sound = await load();
    const { frames, sampleRate: rate } = sound;
    const [from, end] = [Math.floor(frames / 4), Math.floor(frames / 2)];
    const part = edited(sound, { op: 'keep', start: at(from, rate), end: at(end, rate) });
    const without = edited(sound, { op: 'delete', start: at(from, rate), end: at(end, rate) });
    const place = { start: at(from, rate), end: at(from, rate) };
    const whole = edited(
      without,
      { op: 'paste', ...place, sound: HASH, duration: part.frames / rate },
      { [HASH]: part },
    );
    expect(difference(whole, sound)).toBe(0);
  });

  test.each(recordingCases)('paste into %s from 16 kHz is what SoX resamples', async (_name, load) => {
    const sound = await load();
    const { frames, sampleRate: rate } = sound;
    const other = await sox(sound, 'rate', '-v', 16_000);
    const duration = other.frames / 16_000;
    const after = edited(
      sound,
      { op: 'paste', start: at(100, rate), end: at(frames, rate), sound: HASH, duration },
      { [HASH]: other },
    );
    expect(after.frames).toBe(100 + Math.round(duration * rate));
    const back = await sox(other, 'rate', '-v', rate);
    const [ours, theirs] = [channelsOf(after)[0].subarray(100), channelsOf(back)[0]];
    let gap = 0;
    let power = 0;
    for (let n = 1000; n < Math.min(ours.length, theirs.length) - 1000; n++) {
      gap += (ours[n] - theirs[n]) ** 2;
      power += theirs[n] ** 2;
    }
    // Filters differ in the last tenth below half the lower rate, where 16 kHz has let little through already.
    expect(10 * Math.log10(power / gap)).toBeGreaterThan(40);
  });
});

describe('paste', () => {
  const rate = 1000;
  const sound = signalOf([new Float32Array(10).fill(1), new Float32Array(10).fill(2)], rate);
  const place = { start: 0.002, end: 0.004, sound: HASH };

  test('mono goes into all channels, other numbers are mixed first', () => {
    const one = signalOf([Float32Array.of(5, 6)], rate);
    const three = signalOf([Float32Array.of(3, 0), Float32Array.of(6, 0), Float32Array.of(0, 9)], rate);
    for (const [pasted, expected] of [
      [one, [5, 6]],
      [three, [3, 3]],
    ] as const) {
      const after = channelsOf(edited(sound, { op: 'paste', ...place, duration: 0.002 }, { [HASH]: pasted }));
      expect(after.map((samples) => [...samples.slice(1, 5)])).toEqual([
        [1, ...expected, 1],
        [2, ...expected, 2],
      ]);
    }
  });
  test('its length is the one it was said to have', () => {
    const one = signalOf([Float32Array.of(5, 6, 7)], rate);
    const [short, long] = [0.002, 0.005].map(
      (duration) => channelsOf(edited(sound, { op: 'paste', ...place, duration }, { [HASH]: one }))[0],
    );
    expect([...short]).toEqual([1, 1, 5, 6, 1, 1, 1, 1, 1, 1]);
    expect([...long]).toEqual([1, 1, 5, 6, 7, 0, 0, 1, 1, 1, 1, 1, 1]);
  });
});
