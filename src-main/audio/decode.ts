import path from 'node:path';
import { asHarkError, HarkError } from '#shared/domain/errors.ts';
import { aiff } from './formats/aiff.ts';
import { au } from './formats/au.ts';
import { bytesSource, MOST_BYTES, readWhole, tooLarge, withFile, type ByteSource } from './formats/byte-source.ts';
import { flac } from './formats/flac.ts';
import { unreadable, type OpenedSound, type SoundFormat, type SoundInfo } from './formats/format.ts';
import { mp3 } from './formats/mp3.ts';
import { mp4 } from './formats/mp4.ts';
import { whyNotSound } from './formats/not-sound.ts';
import { ogg } from './formats/ogg.ts';
import { sphere } from './formats/sphere.ts';
import { wav } from './formats/wav.ts';

/** Every kind of file that is read, by its content; the vaguest signature last. */
const FORMATS: readonly SoundFormat[] = [wav, flac, ogg, aiff, au, sphere, mp4, mp3];

/** Endings of names that hold sound, in lower case, without the dot: for choosing files, not for judging them. */
export const SOUND_EXTENSIONS: readonly string[] = FORMATS.flatMap((format) => format.extensions);

export interface DecodedAudio extends Omit<SoundInfo, 'channels'> {
  /** One array of `frames` samples per channel, full scale ±1. */
  channels: Float32Array[];
}

export interface SoundProbe extends SoundInfo {
  /** Seconds. */
  duration: number;
}

/**
 * The whole sound of a file.
 * @throws HarkError unreadable-file (what it is instead of sound, or what is wrong with it) or not-found, `where` the path
 */
export async function decodeFile(file: string): Promise<DecodedAudio> {
  return located(file, async () => decodeBytes(await readWhole(file), file));
}

/**
 * The same for bytes in memory.
 * @param name of the file they came from; only its ending is used, and only to say when it misleads
 */
export async function decodeBytes(bytes: Uint8Array, name: string): Promise<DecodedAudio> {
  return located(name, async () => {
    const sound = await openSound(bytesSource(bytes), name);
    const parts: Float32Array[][] = [];
    const warnings = await sound.decode((part) => parts.push(part));
    const channels = parts.length === 1 ? parts[0] : joined(parts);
    return { ...sound.info, channels, frames: channels[0].length, warnings: [...sound.info.warnings, ...warnings] };
  });
}

function joined(parts: readonly Float32Array[][]): Float32Array[] {
  const frames = parts.reduce((sum, part) => sum + part[0].length, 0);
  return parts[0].map((_, channel) => {
    const all = new Float32Array(frames);
    let filled = 0;
    for (const part of parts) {
      all.set(part[channel], filled);
      filled += part[channel].length;
    }
    return all;
  });
}

/**
 * What a file holds, from its header where the format has all in it (all but MP3 and MP4), else by decoding it.
 * @throws HarkError as `decodeFile`
 */
export async function probeFile(file: string): Promise<SoundProbe> {
  return located(file, () => withFile(file, (source) => probe(source, file)));
}

/** The same for bytes in memory. */
export async function probeBytes(bytes: Uint8Array, name: string): Promise<SoundProbe> {
  return located(name, () => probe(bytesSource(bytes), name));
}

async function probe(source: ByteSource, name: string): Promise<SoundProbe> {
  const { info } = await openSound(source, name);
  return { ...info, duration: info.frames / info.sampleRate };
}

/**
 * A sound's header, and how its samples are to be had.
 * @param name of the file; only its ending is used
 * @throws HarkError unreadable-file
 */
export async function openSound(source: ByteSource, name: string): Promise<OpenedSound> {
  const format = FORMATS.find((each) => each.match(source));
  if (!format) {
    const { reason, remedy } = whyNotSound(source);
    throw unreadable(reason, remedy);
  }
  const sound = await format.open(source);
  if (!sound.pcm && source.size > MOST_BYTES) throw tooLarge(source.size);
  const ending = path.extname(name).slice(1).toLowerCase();
  if (SOUND_EXTENSIONS.includes(ending) && !format.extensions.includes(ending))
    sound.info.warnings.push(`Its name ends in .${ending}, but what is inside is ${format.name}.`);
  return sound;
}

/** Adds the path to what goes wrong. A fault that is not a HarkError came out of damaged bytes. */
export async function located<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof HarkError && thrown.where !== undefined) throw thrown;
    const { kind, message, remedy, cause } = asHarkError(thrown);
    if (thrown instanceof HarkError) throw new HarkError(kind, message, { where, remedy, cause });
    throw new HarkError('unreadable-file', `It is damaged (${message}).`, { where, cause: thrown });
  }
}
