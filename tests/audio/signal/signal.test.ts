import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile } from '#main/audio/decode.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { mixDown } from '#main/audio/mono.ts';
import { openSignal } from '#main/audio/open.ts';
import { PCM, readPcm, type PcmEncoding } from '#main/audio/formats/pcm.ts';
import { mixedSamples, readMixed } from '#main/audio/signal/mixed.ts';
import {
  channelsOf,
  joined,
  readSignal,
  shapeOf,
  signalFrom,
  signalOf,
  sliced,
  type Signal,
} from '#main/audio/signal/signal.ts';
import { memorySink, spillingSink } from '#main/audio/signal/sink.ts';
import { wavPart, wavSize } from '#main/audio/encode/wav-part.ts';
import { temporaryFolder } from '../../support/lab.ts';
import { describeShared, sharedPath } from '../../support/shared.ts';

const stereo = fc
  .array(fc.tuple(fc.float({ noNaN: true, min: -1, max: 1 }), fc.float({ noNaN: true, min: -1, max: 1 })), {
    maxLength: 60,
  })
  .map((pairs) => [0, 1].map((channel) => Float32Array.from(pairs, (pair) => pair[channel])));
const rate = 100;

describe('a signal', () => {
  test('cut and joined in any way is the arrays cut and joined so', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: -5, max: 130 }), fc.integer({ min: -5, max: 130 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(stereo, stereo, steps, (a, b, cuts) => {
        let signal: Signal = joined(signalOf(a, rate), signalOf(b, rate));
        let arrays = a.map((samples, channel) => [...samples, ...b[channel]]);
        for (const [from, end] of cuts) {
          const [low, high] = [Math.max(0, from), Math.max(0, from, end)];
          signal = joined(sliced(signal, low, high), sliced(signal, high, Infinity), sliced(signal, 0, low));
          arrays = arrays.map((x) => [...x.slice(low, high), ...x.slice(high), ...x.slice(0, low)]);
          expect(shapeOf(signal)).toEqual({ frames: arrays[0].length, sampleRate: rate, channels: 2 });
        }
        expect(channelsOf(signal).map((samples) => [...samples])).toEqual(arrays);
        expect([...mixedSamples(signal)]).toEqual([...mixDown(channelsOf(signal))]);
        expect([...mixedSamples(signal, 1)]).toEqual(arrays[1]);
      }),
    );
  });

  test('beyond its ends there is silence', () => {
    const signal = signalOf([Float32Array.of(1, 2, 3)], rate);
    expect([...readSignal(signal, 0, -2, new Float32Array(7))]).toEqual([0, 0, 1, 2, 3, 0, 0]);
    expect([...readMixed(signal, null, 2, new Float32Array(2).fill(9))]).toEqual([3, 0]);
  });
});

describe('sinks', () => {
  test('what becomes too long for memory goes on elsewhere, whole', () => {
    fc.assert(
      fc.property(
        fc.array(
          stereo.filter(([left]) => left.length > 0),
          { maxLength: 6 },
        ),
        fc.nat(200),
        (blocks, most) => {
          let others = 0;
          const sink = spillingSink(most, (channels) => (others++, memorySink(channels)))(2);
          const reused = [new Float32Array(60), new Float32Array(60)];
          for (const block of blocks)
            sink.write(
              block.map(
                (samples, channel) => (reused[channel].set(samples), reused[channel].subarray(0, samples.length)),
              ),
            );
          const { sources, frames } = sink.end();
          const expected = [0, 1].map((channel) => blocks.flatMap((block) => [...block[channel]]));
          expect(channelsOf(signalFrom(sources, frames, rate)).map((samples) => [...samples])).toEqual(expected);
          expect(others).toBe(2 * expected[0].length > most ? 1 : 0);
        },
      ),
    );
  });
});

describe('PCM read where it lies', () => {
  test.each(Object.keys(PCM) as PcmEncoding[])(
    '%s: the quick way is the plain way, at any offset and stride',
    (encoding) => {
      const { bytes: size, read } = PCM[encoding];
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: 200, maxLength: 200 }),
          fc.nat(9),
          fc.integer({ min: 1, max: 3 }),
          (bytes, offset, channels) => {
            const stride = size * channels;
            const out = new Float32Array(Math.floor((190 - size) / stride));
            readPcm(encoding, bytes.subarray(offset), stride, out);
            const view = new DataView(bytes.buffer, offset);
            for (let n = 0; n < out.length; n++) {
              const expected = Math.fround(read(view, n * stride));
              expect(out[n]).toBe(encoding.startsWith('f') && !(Math.abs(expected) <= 2 ** 32) ? 0 : expected);
            }
          },
        ),
        { numRuns: 50 },
      );
    },
  );

  test('a file of floats that are no numbers is silent there', async () => {
    const file = path.join(temporaryFolder(), 'wrong.wav');
    writeFileSync(file, encodeWav([Float32Array.of(0.5, NaN, Infinity, -0.25)], 8000, 'float32'));
    expect([...channelsOf(await openSignal(file, memorySink))[0]]).toEqual([0.5, 0, 0, -0.25]);
  });

  test('a file that was put in the place of another is read anew', async () => {
    const file = path.join(temporaryFolder(), 'a.wav');
    writeFileSync(file, encodeWav([new Float32Array(9).fill(0.5)], 8000));
    const signal = await openSignal(file, memorySink);
    expect(channelsOf(signal)[0][3]).toBe(0.5);
    writeFileSync(file, '');
    expect(() => channelsOf(signal)).toThrow(
      expect.objectContaining({ kind: 'unreadable-file', where: file }) as Error,
    );
  });
});

describeShared('real files', () => {
  const read = [
    ...['aiff-44100-mono.aiff', 'alaw-8000-mono.wav', 'au-ulaw-8000-mono.au', 'float32-16000-mono.wav'],
    ...['float64-16000-mono.wav', 'nist-sphere-16000.sph', 'pcm16-16000-extensible.wav', 'pcm16-44100-stereo.wav'],
    ...['pcm24-16000-mono.wav', 'pcm24-48000-stereo-extensible.wav', 'pcm32-16000-mono.wav', 'pcm8-8000-mono.wav'],
    ...['truncated-data.wav', 'streamed-size-ffffffff.wav', 'ulaw-8000-mono.wav', 'one-sample.wav'],
  ];
  const decoded = [
    ...['flac-44100-stereo.flac', 'mp3-cbr128-44100-stereo.mp3', 'vorbis-44100-mono.ogg', 'opus-16000-mono.opus'],
    ...['aac-44100-stereo.m4a', 'ima-adpcm-16000-mono.wav'],
  ];
  test.each([...read, ...decoded])('%s as a signal is the file decoded', async (name) => {
    const file = sharedPath('data', 'formats', name);
    const signal = await openSignal(file, memorySink);
    const { channels, sampleRate } = await decodeFile(file);
    expect(signal.sampleRate).toBe(sampleRate);
    expect(channelsOf(signal)).toEqual(channels);
    const kind = read.includes(name) ? 'file' : 'memory';
    expect(signal.channels.every((pieces) => pieces.every(({ source }) => source.kind === kind))).toBe(true);
  });
});

describe('a WAV file made as it is read', () => {
  test.each(['pcm16', 'pcm24', 'float32'] as const)('%s: parts of any size are the whole', (coding) => {
    fc.assert(
      fc.property(stereo, fc.integer({ min: 1, max: 40 }), (channels, size) => {
        const signal = signalOf(channels, rate);
        const whole = encodeWav(channels, rate, coding);
        expect(whole.length).toBe(wavSize(shapeOf(signal), coding));
        const parts: number[] = [];
        for (let at = 0; at < whole.length; at += size)
          parts.push(...wavPart(signal, coding, at, Math.min(whole.length, at + size) - 1));
        expect(parts).toEqual([...whole]);
      }),
    );
  });
});
