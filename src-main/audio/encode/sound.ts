import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { HarkError } from '#shared/domain/errors.ts';
import { FlacEncoder } from './flac.ts';
import { wavHeader, wavSamples, type WavCoding } from './wav.ts';
import { silenceNonNumbers } from '../finite.ts';
import { readSignal, shapeOf, type Signal } from '../signal/signal.ts';

export type SoundCoding = WavCoding | 'flac';

/** Endings of the names of files, without the dot. */
export const SOUND_ENDING: Record<SoundCoding, string> = {
  pcm16: 'wav',
  pcm24: 'wav',
  float32: 'wav',
  flac: 'flac',
};

const BLOCK = 65_536;

/**
 * Writes a sound to a file, block by block, whatever its length. Integers are rounded (no dither) and clipped at full scale; WAV over
 * 4 GB becomes RF64. FLAC has 16 bits where those hold every sample exactly, else 24. The file is there whole or not at all.
 * @throws HarkError unavailable if it cannot be written; bad-input if the coding cannot hold the sound
 */
export function writeSound(
  signal: Signal,
  path: string,
  coding: SoundCoding,
  progress?: (share: number) => void,
): void {
  const partial = `${path}.part`;
  const file = guarded(path, () => openSync(partial, 'w'));
  try {
    try {
      const put = (bytes: Uint8Array, at: number | null = null) =>
        guarded(path, () => {
          for (let done = 0; done < bytes.length;)
            done += writeSync(file, bytes, done, bytes.length - done, at === null ? null : at + done);
        });
      if (coding === 'flac') writeFlac(signal, put, progress);
      else writeWav(signal, coding, put, progress);
    } finally {
      closeSync(file);
    }
    guarded(path, () => renameSync(partial, path));
  } catch (thrown) {
    rmSync(partial, { force: true });
    throw thrown;
  }
}

/** Puts bytes at the end of the file, or at a place in it. */
type Put = (bytes: Uint8Array, at?: number) => void;

function writeWav(signal: Signal, coding: WavCoding, put: Put, progress?: (share: number) => void): void {
  put(wavHeader(shapeOf(signal), coding));
  let bytes = 0;
  for (const block of blocks(signal, progress)) {
    const samples = wavSamples(block, coding);
    bytes += samples.length;
    put(samples);
  }
  if (bytes % 2 === 1) put(new Uint8Array(1));
}

function writeFlac(signal: Signal, put: Put, progress?: (share: number) => void): void {
  const encoder = new FlacEncoder(shapeOf(signal), fits16(signal) ? 16 : 24);
  put(encoder.header());
  for (const block of blocks(signal, progress)) encoder.push(block).forEach((frame) => put(frame));
  encoder.end().forEach((frame) => put(frame));
  put(encoder.header(), 0);
}

/** Whether 16 bits hold every sample exactly. */
function fits16(signal: Signal): boolean {
  for (const block of blocks(signal))
    for (const samples of block)
      for (let n = 0; n < samples.length; n++) {
        const scaled = samples[n] * 32_768;
        if (scaled !== Math.trunc(scaled) || scaled > 32_767 || scaled < -32_768) return false;
      }
  return true;
}

function* blocks(signal: Signal, progress?: (share: number) => void): Generator<Float32Array[]> {
  for (let at = 0; at < signal.frames; at += BLOCK) {
    const count = Math.min(BLOCK, signal.frames - at);
    const block = signal.channels.map((_, channel) => readSignal(signal, channel, at, new Float32Array(count)));
    silenceNonNumbers(block);
    yield block;
    progress?.((at + count) / signal.frames);
  }
}

const REASONS: Record<string, string> = {
  ENOSPC: 'There is no room left on the disk.',
  EACCES: 'Permission to write there was denied.',
  EPERM: 'Permission to write there was denied.',
  EROFS: 'The disk can only be read.',
  ENOENT: 'The folder is not there.',
};

function guarded<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? '';
    throw new HarkError('unavailable', REASONS[code] ?? `The file cannot be written (${code || String(thrown)}).`, {
      where: path,
      remedy: 'Choose another folder.',
      cause: thrown,
    });
  }
}
