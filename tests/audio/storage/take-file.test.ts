import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFile } from '#main/audio/decode.ts';
import { channelsOf } from '#main/audio/signal/signal.ts';
import { closeTake, TakeFile, takeSignal } from '#main/audio/storage/take-file.ts';
import { temporaryFolder } from '../../support/lab.ts';

const bytesOf = (samples: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(samples).buffer);
const STEREO = { sampleRate: 48_000, channels: 2 };

test('a take is a readable file after every part, and the same samples when it is closed', async () => {
  const file = path.join(temporaryFolder(), 'take.wav');
  const take = new TakeFile(file, STEREO);
  take.append(0, bytesOf([0.5, -0.5, 0.25, -0.25]));
  const cutOff = `${file}.cut.wav`;
  copyFileSync(file, cutOff);
  const half = await decodeFile(cutOff);
  expect({ rate: half.sampleRate, channels: half.channels }).toEqual({
    rate: 48_000,
    channels: [Float32Array.of(0.5, 0.25), Float32Array.of(-0.5, -0.25)],
  });
  take.append(2, bytesOf([0.125, -1.5]));
  take.end();
  closeTake(file);
  const whole = await decodeFile(file);
  expect(whole.channels).toEqual([Float32Array.of(0.5, 0.25, 0.125), Float32Array.of(-0.5, -0.25, -1.5)]);
  expect(whole.warnings).toEqual([]);
  expect(readFileSync(file).readUInt32LE(40)).toBe(24);
});

test('parts in any split, each sent again at will, are the samples once', () => {
  const parts = fc.array(
    fc.tuple(fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { maxLength: 20 }), fc.boolean()),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(parts, (sent) => {
      const file = path.join(temporaryFolder(), 'take.wav');
      const take = new TakeFile(file, { sampleRate: 8000, channels: 1 });
      const all: number[] = [];
      for (const [samples, again] of sent) {
        const at = all.length;
        take.append(at, bytesOf(samples));
        if (again) take.append(at, bytesOf(samples));
        all.push(...samples);
      }
      expect(take.frames).toBe(all.length);
      take.end();
      const signal = takeSignal(file);
      expect(channelsOf(signal)).toEqual([Float32Array.from(all)]);
    }),
    { numRuns: 40 },
  );
});

test('half a sample, a gap, and a part after the end are refused', () => {
  const take = new TakeFile(path.join(temporaryFolder(), 'take.wav'), STEREO);
  expect(() => take.append(0, new Uint8Array(12))).toThrow(expect.objectContaining({ kind: 'bad-input' }));
  expect(() => take.append(1, bytesOf([0, 0]))).toThrow(expect.objectContaining({ kind: 'bad-input', where: 'at' }));
  take.end();
  expect(() => take.append(0, bytesOf([0, 0]))).toThrow(expect.objectContaining({ kind: 'conflict' }));
});

test('a part that was cut off within a sample is left out; what is no take is refused', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'take.wav');
  const take = new TakeFile(file, STEREO);
  take.append(0, bytesOf([0.5, -0.5]));
  take.end();
  appendFileSync(file, new Uint8Array(5));
  expect(takeSignal(file).frames).toBe(1);
  closeTake(file);
  expect(readFileSync(file)).toHaveLength(44 + 8);
  const other = path.join(folder, 'other.wav');
  for (const content of ['', 'RIFF', 'x'.repeat(100)]) {
    writeFileSync(other, content);
    expect(() => takeSignal(other)).toThrow(expect.objectContaining({ kind: 'unreadable-file' }));
  }
});
