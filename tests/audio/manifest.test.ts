import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { decodeBytes, decodeFile, probeFile } from '#main/audio/decode.ts';
import { describeShared, hasShared, sharedPath } from '../support/shared.ts';

interface Row {
  file: string;
  container: string;
  codec: string;
  rate: string;
  channels: string;
  bits: string;
  samples: string;
  expected_duration_s: string;
  tolerance_s: string;
  acceptable: 'decode' | 'reject' | 'decode-or-reject';
}

/** What a person reads for each file that is refused: the whole sentence, and what to do. */
const REFUSED: Record<string, [reason: string, remedy: string | undefined]> = {
  'no-samples.wav': ['It has a header but holds no sound.', 'Record it again, or leave it out.'],
  'zero-length.wav': ['The file is empty.', 'Get it again from where it came from.'],
  'text-named.wav': ['This is a text file, not sound.', 'Leave it out.'],
  'truncated-header.wav': ['It ends inside its fmt chunk.', undefined],
  'no-data-chunk.wav': ['It has no data chunk, so there is no sound in it.', undefined],
  'no-fmt-chunk.wav': ['It has no fmt chunk, so its coding is unknown.', undefined],
  'unknown-codec-tag.wav': [
    'Its sound is coded as format tag 0x7A7A, which Hark cannot read.',
    'Convert it to WAV or FLAC.',
  ],
  'zero-channels.wav': ['Its header says it has 0 channels.', undefined],
  'git-lfs-pointer.wav': [
    'This is a Git LFS pointer, not sound: the recording itself was never fetched.',
    'Run "git lfs pull" in its folder.',
  ],
  '._35d1b6ee_nohash_1.wav': ['This is a macOS side file (AppleDouble), not sound.', 'Leave it out.'],
};

/** What is said beside each file that is read though something about it is odd. */
const WARNED: Record<string, string> = {
  'nist-sphere-named.wav': 'Its name ends in .wav, but what is inside is NIST SPHERE.',
  'mp3-named.wav': 'Its name ends in .wav, but what is inside is MP3.',
  'truncated-data.wav': 'The file is cut short: 5333 of 16000 samples are there. Only those are used.',
};

/** Where the manifest's word for a codec is looser or finer than ours. */
const CODECS: Record<string, string> = { 'AAC-LC': 'AAC', 'PCM s16': 'PCM s16le', PCM: 'PCM s16le' };

const folder = (name: string) => sharedPath('data', 'formats', name);
const rows = hasShared
  ? Papa.parse<Row>(readFileSync(folder('manifest.csv'), 'utf8').trim(), { header: true }).data
  : [];

describeShared('the table of real files', () => {
  test('holds 51 files', () => expect(rows.length).toBe(51));

  for (const row of rows) {
    const file = folder(row.file);
    if (row.file in REFUSED)
      test(`${row.file} is refused`, async () => {
        expect(row.acceptable).not.toBe('decode');
        const [message, remedy] = REFUSED[row.file];
        const refusal = { name: 'HarkError', kind: 'unreadable-file', message, remedy, where: file };
        await expect(decodeFile(file)).rejects.toMatchObject(refusal);
        await expect(probeFile(file)).rejects.toMatchObject(refusal);
      });
    else
      test(`${row.file} is read`, async () => {
        expect(row.acceptable).not.toBe('reject');
        const sound = await decodeFile(file);
        expect(sound).toMatchObject({
          container: row.container,
          codec: CODECS[row.codec] ?? row.codec,
          sampleRate: Number(row.rate),
        });
        expect(sound.bits).toBe(row.bits === '' ? null : Number(row.bits));
        expect(sound.channels.length).toBe(Number(row.channels));
        for (const channel of sound.channels) expect(channel.length).toBe(sound.frames);
        if (Number(row.tolerance_s) === 0) expect(sound.frames).toBe(Number(row.samples));
        expect(Math.abs(sound.frames / sound.sampleRate - Number(row.expected_duration_s))).toBeLessThanOrEqual(
          Number(row.tolerance_s) + 1e-6,
        );
        expect(sound.channels.every((channel) => channel.every((value) => Math.abs(value) <= 1.5))).toBe(true);
        expect(sound.warnings).toEqual(WARNED[row.file] ? [WARNED[row.file]] : []);

        const probe = await probeFile(file);
        expect(probe).toEqual({ ...sound, channels: sound.channels.length, duration: sound.frames / sound.sampleRate });
      });
  }
});

describeShared('one recording in many forms is one sound', () => {
  const decoded = async (name: string) => (await decodeFile(folder(name))).channels;
  const gap = (a: Float32Array, b: Float32Array) =>
    a.reduce((worst, value, n) => Math.max(worst, Math.abs(value - b[n])), 0);
  const correlation = (a: Float32Array, b: Float32Array) => {
    const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, n) => sum + value * y[n], 0);
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  };

  test.each([
    'pcm24-16000-mono.wav',
    'pcm32-16000-mono.wav',
    'float32-16000-mono.wav',
    'float64-16000-mono.wav',
    'pcm16-16000-extensible.wav',
    'list-chunk-before-data.wav',
    'odd-chunk-with-pad-byte.wav',
    'trailing-bytes-after-data.wav',
    'streamed-size-ffffffff.wav',
    'nist-sphere-16000.sph',
  ])('%s has the samples of the plain case', async (name) => {
    expect(gap((await decoded('pcm16-16000-mono.wav'))[0], (await decoded(name))[0])).toBe(0);
  });
  test('FLAC is lossless, both channels', async () => {
    const [left, right] = await decoded('pcm16-44100-stereo.wav');
    const flac = await decoded('flac-44100-stereo.flac');
    expect(gap(left, flac[0])).toBe(0);
    expect(gap(right, flac[1])).toBe(0);
    expect(gap(left, right)).toBeGreaterThan(0.01);
  });
  test('IMA ADPCM, A-law and mu-law come close', async () => {
    expect(
      correlation((await decoded('pcm16-16000-mono.wav'))[0], (await decoded('ima-adpcm-16000-mono.wav'))[0]),
    ).toBeGreaterThan(0.99);
    const [muLaw] = await decoded('ulaw-8000-mono.wav');
    expect(correlation((await decoded('pcm8-8000-mono.wav'))[0], muLaw)).toBeGreaterThan(0.99);
    expect(gap(muLaw, (await decoded('au-ulaw-8000-mono.au'))[0])).toBeLessThan(0.02);
    expect(gap(muLaw, (await decoded('alaw-8000-mono.wav'))[0])).toBeLessThan(0.02);
  });
  // Encoder delay that was not removed would shift the sound and ruin the correlation.
  test.each(['mp3-cbr128-44100-stereo.mp3', 'vorbis-44100-mono.ogg', 'aac-44100-stereo.m4a'])(
    '%s is not shifted',
    async (name) => {
      expect(correlation((await decoded('pcm16-44100-stereo.wav'))[0], (await decoded(name))[0])).toBeGreaterThan(0.99);
    },
  );
  test('24-bit and 32-bit files of one source agree', async () => {
    const wav24 = await decoded('debian/pluck-pcm24.wav');
    for (const [channel, samples] of (await decoded('debian/pluck-pcm32.wav')).entries())
      expect(gap(samples, wav24[channel])).toBeLessThan(2e-7);
    for (const [channel, samples] of (await decoded('debian/pluck-pcm24.au')).entries())
      expect(gap(samples, wav24[channel])).toBe(0);
    for (const [channel, samples] of (await decoded('debian/pluck-pcm8.wav')).entries())
      expect(gap(samples, wav24[channel])).toBeLessThan(0.01);
    for (const [channel, samples] of (await decoded('debian/pluck-ulaw.aifc')).entries())
      expect(gap(samples, wav24[channel])).toBeLessThan(0.03);
  });
});

describeShared('compressed files that are damaged', () => {
  test.each([
    'flac-44100-stereo.flac',
    'mp3-cbr128-44100-stereo.mp3',
    'vorbis-44100-mono.ogg',
    'opus-16000-mono.opus',
    'aac-44100-stereo.m4a',
  ])('%s cut anywhere gives less sound or a refusal', async (name) => {
    const whole = new Uint8Array(readFileSync(folder(name)));
    const full = (await decodeBytes(whole, name)).frames;
    for (const part of [0.002, 0.01, 0.05, 0.3, 0.8]) {
      const bytes = whole.slice(0, Math.floor(part * whole.length));
      const result = await decodeBytes(bytes, path.basename(name)).catch((thrown: Error) => thrown);
      if (result instanceof Error) expect(result.name).toBe('HarkError');
      else expect(result.frames).toBeLessThanOrEqual(full);
    }
  });
});
