import { HarkError } from '#shared/domain/errors.ts';
import type { ByteSource } from './byte-source.ts';
import type { PcmEncoding } from './pcm.ts';

/** What a file says of its sound. */
export interface SoundInfo {
  /** WAV, AIFF, FLAC, ... by what the file is, whatever its name. */
  container: string;
  /** e.g. "PCM s16le", "G.711 mu-law", "Vorbis" */
  codec: string;
  /** Bits of a sample where the codec has such a thing. */
  bits: number | null;
  /** Hz */
  sampleRate: number;
  channels: number;
  /** Samples of one channel. */
  frames: number;
  /** What is odd about the file though it can be read, in sentences for the screen. */
  warnings: string[];
}

/** Samples that can be read where they are: of channel c, `offset` + c samples' bytes into the file. */
export interface PcmPlace {
  encoding: PcmEncoding;
  /** Bytes. */
  offset: number;
  /** Bytes from one sample of a channel to its next. */
  stride: number;
}

/** Takes samples, one array per channel, part after part; it may keep them, or change them in place. */
export type TakeSamples = (part: Float32Array[]) => void;

export interface OpenedSound {
  info: SoundInfo;
  /** Where the sound is not compressed. */
  pcm?: PcmPlace;
  /** Gives all samples in their order, full scale ±1. @returns what came up on the way */
  decode(take: TakeSamples): Promise<string[]>;
}

/** One kind of sound file. */
export interface SoundFormat {
  /** As in "is a FLAC file". */
  name: string;
  /** Endings such a file usually has, in lower case; used for a warning, never to recognise it. */
  extensions: readonly string[];
  match(source: ByteSource): boolean;
  /** Reads the header, as little of the rest as it can. @throws HarkError unreadable-file */
  open(source: ByteSource): Promise<OpenedSound> | OpenedSound;
}

/** The error for a file that is there but cannot be read; who knows its path adds it as `where`. */
export function unreadable(reason: string, remedy?: string, cause?: unknown): HarkError {
  return new HarkError('unreadable-file', reason, { remedy, cause });
}

export const CONVERT = 'Convert it to WAV or FLAC.';
const MOST_CHANNELS = 64;
const RATES = { least: 100, most: 1_536_000 };

/** Holds what a header states to what can be. @throws HarkError unreadable-file */
export function checkHeader({ sampleRate, channels }: { sampleRate: number; channels: number }): void {
  if (channels === 0) throw unreadable('Its header says it has 0 channels.');
  if (channels > MOST_CHANNELS)
    throw unreadable(`Its header says it has ${channels} channels; Hark reads up to ${MOST_CHANNELS}.`);
  if (!(sampleRate >= RATES.least && sampleRate <= RATES.most))
    throw unreadable(`Its header states a sampling rate of ${sampleRate} Hz, which cannot be.`);
}
