import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeBytes, decodeFile, probeFile } from '#main/audio/decode.ts';
import { encodeWav, wavHeader } from '#main/audio/encode/wav.ts';
import { writeSound } from '#main/audio/encode/sound.ts';
import { channelsOf, signalOf, silentSignal, type Signal } from '#main/audio/signal/signal.ts';
import { wav } from '#main/audio/formats/wav.ts';
import { Random } from '#shared/math/random.ts';
import { describePrograms, run } from '../../support/programs.ts';
import { recordingCases } from '../../support/recordings.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hark-encode-'));
afterAll(() => rmSync(folder, { recursive: true }));
const random = new Random(3, 'encode');
const noise = (frames: number, size = 1.1) => Float32Array.from({ length: frames }, () => random.between(-size, size));

/** A sample as an integer of so many bits, as a number. */
const rounded = (signal: Signal, bits: number) => {
  const full = 2 ** (bits - 1);
  return channelsOf(signal).map((samples) =>
    samples.map((value) => Math.max(-full, Math.min(full - 1, Math.round(value * full))) / full + 0),
  );
};
const written = async (signal: Signal, coding: Parameters<typeof writeSound>[2]) => {
  const file = path.join(folder, `sound.${coding}`);
  writeSound(signal, file, coding);
  return { file, ...(await decodeFile(file)) };
};
/** Raw integers as another program decodes them. */
const integers = (file: string, bits: 16 | 24, program: 'sox' | 'ffmpeg'): Buffer => {
  const raw = path.join(folder, 'raw');
  if (program === 'sox') run('sox', ['-D', file, '-t', 'raw', '-e', 'signed-integer', '-b', String(bits), '-L', raw]);
  else run('ffmpeg', ['-v', 'error', '-y', '-i', file, '-f', `s${bits}le`, raw]);
  return readFileSync(raw);
};

describe('WAV', () => {
  test.each([
    ['pcm16', 16],
    ['pcm24', 24],
  ] as const)('%s is rounded and clipped', async (coding, bits) => {
    for (const channels of [1, 2, 3]) {
      const signal = signalOf(
        Array.from({ length: channels }, () => noise(70_001)),
        44_100,
      );
      const back = await written(signal, coding);
      expect(back).toMatchObject({ bits, sampleRate: 44_100, frames: 70_001, warnings: [] });
      back.channels.forEach((samples, channel) => expect(samples).toEqual(rounded(signal, bits)[channel]));
      expect(readFileSync(back.file)).toEqual(Buffer.from(encodeWav(channelsOf(signal), 44_100, coding)));
    }
  });
  test('float32 is kept to the bit', async () => {
    const signal = signalOf([noise(1001, 3), noise(1001, 3)], 16_000);
    expect((await written(signal, 'float32')).channels).toEqual(channelsOf(signal));
  });
  test('over 4 GB is RF64', () => {
    const shape = { frames: 2 ** 31, channels: 1, sampleRate: 48_000 };
    const header = wavHeader(shape, 'float32');
    const size = header.length + 4 * shape.frames;
    const source = { size, read: (from: number, count: number) => header.subarray(from, from + count) };
    expect(wav.match(source)).toBe(true);
    expect(wav.open(source)).toMatchObject({ info: { frames: 2 ** 31, channels: 1, warnings: [] } });
  });
});

describe('FLAC', () => {
  test('gives any samples back to the bit', async () => {
    const kinds = fc.constantFrom('noise', 'silence', 'constant', 'ramp', 'tone', 'square', 'clicks');
    const makers: Record<string, (n: number) => number> = {
      noise: () => random.between(-1, 1),
      silence: () => 0,
      constant: () => 0.25,
      ramp: (n) => ((n % 4000) - 2000) / 2048,
      tone: (n) => 0.9 * Math.sin(n / 7),
      square: (n) => (n % 100 < 50 ? 1 : -1),
      clicks: (n) => (n % 997 === 0 ? -1 : 0),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(kinds, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9000 }),
        fc.boolean(),
        fc.constantFrom(8000, 44_100, 192_000),
        async (channels, frames, short, sampleRate) => {
          const floats = signalOf(
            channels.map((kind) => Float32Array.from({ length: frames }, (_, n) => makers[kind](n))),
            sampleRate,
          );
          const bits = short ? 16 : 24;
          const exact = signalOf(rounded(floats, bits), sampleRate);
          const back = await written(exact, 'flac');
          expect(back).toMatchObject({ frames, sampleRate, warnings: [] });
          back.channels.forEach((samples, channel) =>
            expect(samples.every((value, n) => value === channelsOf(exact)[channel][n])).toBe(true),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
  test('has 16 bits where they are enough', async () => {
    const signal = signalOf(rounded(signalOf([noise(5000)], 8000), 16), 8000);
    expect((await probeFile((await written(signal, 'flac')).file)).bits).toBe(16);
    expect((await probeFile((await written(signalOf([noise(5000)], 8000), 'flac')).file)).bits).toBe(24);
  });
  test('of more than eight channels is refused, and no file is left', () => {
    const file = path.join(folder, 'nine.flac');
    const nine = silentSignal({ frames: 10, sampleRate: 8000, channels: 9 });
    expect(() => writeSound(nine, file, 'flac')).toThrow(expect.objectContaining({ kind: 'bad-input' }));
    expect([file, `${file}.part`].some((name) => existsSync(name))).toBe(false);
  });
});

test('where no file can be written it says so', () => {
  const sound = silentSignal({ frames: 10, sampleRate: 8000, channels: 1 });
  expect(() => writeSound(sound, path.join(folder, 'nowhere', 'a.wav'), 'pcm16')).toThrow(
    expect.objectContaining({ kind: 'unavailable', message: 'The folder is not there.' }),
  );
});

describePrograms('what is written, read by SoX and ffmpeg', () => {
  test.each(recordingCases)('%s', async (_name, load) => {
    const sound = await load();
    const loud = signalOf(
      channelsOf(sound).map((samples) => samples.map((value) => value * 1.7)),
      sound.sampleRate,
    );
    for (const [bits, coding] of [
      [16, 'pcm16'],
      [24, 'pcm24'],
    ] as const) {
      const exact = signalOf(rounded(loud, bits), sound.sampleRate);
      const samples = encodeWav(channelsOf(exact), sound.sampleRate, coding).subarray(44);
      for (const written of [coding, 'flac'] as const) {
        const file = path.join(folder, `real.${written === 'flac' ? 'flac' : 'wav'}`);
        writeSound(exact, file, written);
        for (const program of ['sox', 'ffmpeg'] as const)
          expect(
            integers(file, bits, program).equals(
              Buffer.from(samples.subarray(0, (bits / 8) * exact.frames * exact.channels.length)),
            ),
          ).toBe(true);
        if (written === 'flac') {
          // The sum of the samples in the header: ffmpeg does not look at it, SoX's library does not either.
          const sum = run('ffmpeg', ['-v', 'error', '-i', file, '-f', 'md5', '-c:a', `pcm_s${bits}le`, '-']).trim();
          expect(readFileSync(file).subarray(26, 42).toString('hex')).toBe(sum.replace('MD5=', ''));
          expect(readFileSync(file).length).toBeLessThan(0.95 * samples.length);
        }
      }
    }
  });
  test('RF64 of 5 GB by ffmpeg', () => {
    const file = path.join(folder, 'large.wav');
    const shape = { frames: 1_300_000_000, channels: 1, sampleRate: 48_000 };
    const header = wavHeader(shape, 'float32');
    writeFileSync(file, header);
    // Nothing is written but the header: the file is a hole.
    truncateSync(file, header.length + 4 * shape.frames);
    const said = run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file]);
    expect(Number(said)).toBeCloseTo(shape.frames / shape.sampleRate, 3);
  });
});

test('a WAV in memory is read as it was', async () => {
  const [samples] = rounded(signalOf([noise(100)], 8000), 24);
  expect((await decodeBytes(encodeWav([samples], 8000, 'pcm24'), 'a.wav')).channels[0]).toEqual(samples);
});
