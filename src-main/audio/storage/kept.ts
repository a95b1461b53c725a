import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';
import { checkFile } from '../formats/byte-source.ts';
import { writeSound } from '../encode/sound.ts';
import { hashFile } from '../hash.ts';
import { pcmSignal } from '../open.ts';
import { readFileAt } from '../signal/file-handles.ts';
import type { Signal } from '../signal/signal.ts';
import { wav } from '../formats/wav.ts';

const keptFile = (folder: string, hash: string) => path.join(folder, `${hash}.wav`);

/**
 * Keeps sound for the person who copied it: a float32 WAV file by the hash of its bytes. It is never pruned.
 * @returns its hash, and its length in seconds
 */
export async function keepSound(
  folder: string,
  signal: Signal,
): Promise<{ sound: string; duration: number; sampleRate: number }> {
  mkdirSync(folder, { recursive: true });
  const unfinished = path.join(folder, `${randomBytes(8).toString('hex')}.new`);
  try {
    writeSound(signal, unfinished, 'float32');
    const sound = await hashFile(unfinished);
    renameSync(unfinished, keptFile(folder, sound));
    return { sound, duration: signal.frames / signal.sampleRate, sampleRate: signal.sampleRate };
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Sound that was kept, read from where it lies. @throws HarkError not-found, unreadable-file */
export function keptSound(folder: string, hash: string): Signal {
  const file = keptFile(folder, hash);
  if (!existsSync(file))
    throw new HarkError('not-found', 'Sound that this edit needs is no longer in the lab.', {
      where: file,
      remedy: 'Take the edit back, or copy the sound again.',
    });
  const { size } = checkFile(file);
  const read = (offset: number, length: number) =>
    readFileAt(file, offset, new Uint8Array(Math.max(0, Math.min(length, size - offset))));
  return pcmSignal(file, wav.open({ size, read }));
}
