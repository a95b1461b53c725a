import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { decodeFile } from '#main/audio/decode.ts';
import { mixDown } from '#main/audio/mono.ts';

/** Recordings and peers that benchmarks use: HARK_SHARED, else `shared` beside the project. */
export const SHARED = path.resolve(process.env['HARK_SHARED'] ?? path.join(import.meta.dirname, '../../shared'));

/** Clips in memory, all of one sampling rate. */
export interface Recordings {
  sampleRate: number;
  clips: Float32Array[];
}

/** The Free Spoken Digit Dataset, in the order of its names. @throws Error where it is not */
export function fsdd(): Promise<Recordings> {
  return decodeAll(filesIn('data/fsdd/recordings'));
}

/** `count` clips of exactly one second: the Speech Commands samples again and again, padded with zeros or cut. */
export async function oneSecondClips(count: number): Promise<Recordings> {
  const folder = 'data/speech-commands';
  const words = readdirSync(present(folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map(({ name }) => name)
    .sort();
  const { sampleRate, clips } = await decodeAll(words.flatMap((word) => filesIn(path.join(folder, word))));
  const seconds = Array.from({ length: count }, (_, index) => {
    const second = new Float32Array(sampleRate);
    second.set(clips[index % clips.length].subarray(0, sampleRate));
    return second;
  });
  return { sampleRate, clips: seconds };
}

async function decodeAll(files: readonly string[]): Promise<Recordings> {
  const clips: Float32Array[] = [];
  let sampleRate = 0;
  for (const file of files) {
    const sound = await decodeFile(file);
    if (sampleRate !== 0 && sound.sampleRate !== sampleRate) throw new Error(`${file} has another sampling rate`);
    sampleRate = sound.sampleRate;
    clips.push(mixDown(sound.channels));
  }
  return { sampleRate, clips };
}

function filesIn(folder: string): string[] {
  const place = present(folder);
  return readdirSync(place)
    .filter((name) => name.endsWith('.wav'))
    .sort()
    .map((name) => path.join(place, name));
}

function present(folder: string): string {
  const place = path.join(SHARED, folder);
  if (!existsSync(place)) throw new Error(`the recordings are not at ${place}; set HARK_SHARED`);
  return place;
}
