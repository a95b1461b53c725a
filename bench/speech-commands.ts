import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { Random } from '#shared/math/random.ts';

/** The words of Speech Commands v2 (Warden, 2018). */
const WORDS = (
  'backward bed bird cat dog down eight five follow forward four go happy house learn left marvin nine no off on one ' +
  'right seven sheila six stop three tree two up visual wow yes zero'
).split(' ');
const SPEAKERS = 2618;
const RATE = 16_000;
const HEADER_BYTES = 44;
/** Of one file. */
export const CLIP_BYTES = HEADER_BYTES + 2 * RATE;
const BACKGROUND = '_background_noise_';
/** Up to which hundredth of the speakers each list goes, from where the one before ends. */
const LISTS = { 'validation_list.txt': 10, 'testing_list.txt': 20 };

/**
 * Writes a folder in the layout of Speech Commands: 35 words, speaker hashes as names, lists by whole speakers, background noise.
 * Each clip is one second mixed of two of the samples, shifted and scaled, and has its number in its lowest bits: no two are alike.
 * @param samples a real folder of that layout
 * @returns the clips' files, relative to `folder`, in an order in which the first n are of all words
 */
export function writeSpeechCommands(folder: string, clips: number, samples: string): string[] {
  const sounds = readSamples(samples);
  for (const word of WORDS) mkdirSync(path.join(folder, word), { recursive: true });
  const wav = encodeWav([new Float32Array(RATE)], RATE);
  const pcm = new Int16Array(wav.buffer, HEADER_BYTES, RATE);
  const files = Array.from({ length: clips }, (_, clip) => fileOf(clip));
  files.forEach((file, clip) => {
    mix(sounds, clip, pcm);
    writeFileSync(path.join(folder, file), wav);
  });
  writeRest(folder, files, samples);
  return files;
}

/** The same folder with some of its clips, the files being the same on disk. */
export function linkSpeechCommands(folder: string, from: string, files: readonly string[], samples: string): void {
  for (const word of WORDS) mkdirSync(path.join(folder, word), { recursive: true });
  for (const file of files) linkSync(path.join(from, file), path.join(folder, file));
  writeRest(folder, files, samples);
}

function fileOf(clip: number): string {
  const nth = Math.floor(clip / WORDS.length);
  const speaker = createHash('sha1')
    .update(`speaker ${nth % SPEAKERS}`)
    .digest('hex')
    .slice(0, 8);
  return `${WORDS[clip % WORDS.length]}/${speaker}_nohash_${Math.floor(nth / SPEAKERS)}.wav`;
}

/** Lists by whole speakers, as Google's are, and the background. */
function writeRest(folder: string, files: readonly string[], samples: string): void {
  const share = (file: string) => Number.parseInt(path.basename(file).slice(0, 8), 16) % 100;
  let from = 0;
  for (const [list, to] of Object.entries(LISTS)) {
    const listed = files.filter((file) => share(file) >= from && share(file) < to);
    writeFileSync(path.join(folder, list), `${listed.join('\n')}\n`);
    from = to;
  }
  mkdirSync(path.join(folder, BACKGROUND));
  for (const noise of readdirSync(path.join(samples, BACKGROUND)))
    copyFileSync(path.join(samples, BACKGROUND, noise), path.join(folder, BACKGROUND, noise));
}

/** The samples of each word, one second each, zeros behind the shorter ones. */
function readSamples(folder: string): Int16Array[][] {
  const words = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== BACKGROUND,
  );
  return words.map(({ name }) =>
    readdirSync(path.join(folder, name)).map((file) => {
      const bytes = readFileSync(path.join(folder, name, file));
      const sound = new Int16Array(RATE);
      const frames = Math.min(RATE, (bytes.length - HEADER_BYTES) >> 1);
      for (let i = 0; i < frames; i++) sound[i] = bytes.readInt16LE(HEADER_BYTES + 2 * i);
      return sound;
    }),
  );
}

function mix(sounds: Int16Array[][], clip: number, out: Int16Array): void {
  const random = new Random(clip, 'mix');
  // Clips of one word are made of the clips of one word, so that there is something to learn.
  const voice = random.pick(sounds[(clip % WORDS.length) % sounds.length]);
  const other = random.pick(random.pick(sounds));
  const [gain, under, shift] = [random.between(0.5, 0.9), random.between(0.02, 0.1), random.below(RATE / 4)];
  for (let i = 0; i < RATE; i++) {
    const at = i < shift ? i - shift + RATE : i - shift;
    out[i] = gain * voice[i] + under * other[at];
  }
  for (let bit = 0; bit < 32; bit++) out[bit] = (out[bit] & ~1) | ((clip >>> bit) & 1);
}
