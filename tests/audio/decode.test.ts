import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeBytes, decodeFile, probeFile } from '#main/audio/decode.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { hashBytes, hashFile } from '#main/audio/hash.ts';
import { inspectFile } from '#main/audio/inspect.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hark-decode-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, bytes: Uint8Array | string) => {
  const where = path.join(folder, name);
  writeFileSync(where, bytes);
  return where;
};
const text = (words: string) => Buffer.from(words, 'latin1');
const wav = encodeWav([Float32Array.from({ length: 800 }, (_, n) => Math.sin(n))], 8000);

describe('what is not sound is called what it is', () => {
  test.each([
    ['video.wav', text('RIFF\0\0\0\0AVI LIST'), 'video (AVI)'],
    ['page.mp3', text('<!DOCTYPE html><html>'), 'text file'],
    ['song.mid', text('MThd\0\0\0\x06'), 'MIDI'],
    ['clip.webm', Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 1), 'WebM'],
    ['clip.aac', Uint8Array.of(0xff, 0xf1, 0x50, 0x80, 1, 2), 'raw AAC'],
    ['all.zip', text('PK\x03\x04\0\0'), 'ZIP'],
    ['short.wav', text('RIFF\x10\0'), 'ends inside its header'],
    ['noise.bin', Uint8Array.of(1, 2, 3, 250, 251, 0, 0, 9), 'not a kind of sound file'],
    ['tagged.mp3', Buffer.concat([text('ID3\x04\0\0\0\0\0\x02'), Buffer.alloc(60)]), 'no MPEG sound'],
    ['speex.ogg', Buffer.concat([text('OggS'), Buffer.alloc(22), text('\x01\x1eSpeex   ')]), 'Speex'],
    ['theora.ogg', Buffer.concat([text('OggS'), Buffer.alloc(22), text('\x01\x1e\x80theora')]), 'video'],
    [
      'shorten.sph',
      text(
        'NIST_1A\n   1024\nsample_rate -i 16000\nsample_n_bytes -i 2\nsample_coding -s26 pcm,embedded-shorten-v2.00\nend_head\n',
      ),
      'shorten',
    ],
  ])('%s', async (name, bytes, words) => {
    await expect(decodeBytes(bytes, name)).rejects.toMatchObject({
      kind: 'unreadable-file',
      where: name,
      message: expect.stringContaining(words) as string,
    });
  });
});

describe('files that cannot be opened', () => {
  test('one that is gone is not-found, with its path', async () => {
    const gone = path.join(folder, 'gone.wav');
    for (const read of [decodeFile, probeFile])
      await expect(read(gone)).rejects.toMatchObject({ kind: 'not-found', where: gone });
    expect(await inspectFile(gone)).toMatchObject({ path: gone, refusal: { kind: 'not-found' } });
  });
  test('a folder named like a sound', async () => {
    mkdirSync(path.join(folder, 'dir.wav'));
    await expect(decodeFile(path.join(folder, 'dir.wav'))).rejects.toMatchObject({
      message: 'This is a folder, not a file.',
    });
  });
  test.skipIf(process.platform === 'win32')('a pipe does not block', async () => {
    const pipe = path.join(folder, 'pipe.wav');
    execFileSync('mkfifo', [pipe]);
    await expect(probeFile(pipe)).rejects.toMatchObject({ message: 'This is not an ordinary file.' });
  });
  test('a file too large for memory is refused before it is read', async () => {
    const large = file('large.wav', wav);
    truncateSync(large, 3 * 2 ** 30);
    await expect(decodeFile(large)).rejects.toMatchObject({ message: expect.stringContaining('3.0 GB') as string });
  });
});

describe('hash and inspection', () => {
  test('the hash is of the bytes, however they are read', async () => {
    const big = new Uint8Array(3_000_000).map((_, n) => n % 251);
    expect(await hashFile(file('big.bin', big))).toBe(hashBytes(big));
    expect(hashBytes(text('abc'))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  });
  test('one look gives size, time, hash and what is inside', async () => {
    const where = file('ok.wav', wav);
    expect(await inspectFile(where)).toMatchObject({
      path: where,
      size: wav.length,
      mtimeMs: expect.any(Number) as number,
      hash: hashBytes(wav),
      probe: { container: 'WAV', sampleRate: 8000, channels: 1, frames: 800, duration: 0.1, warnings: [] },
    });
    expect(await inspectFile(file('note.txt', 'hello'))).toMatchObject({
      refusal: { kind: 'unreadable-file', reason: 'This is a text file, not sound.' },
    });
  });
});
