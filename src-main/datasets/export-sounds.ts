import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Done, ExportCoding } from '#shared/contract/studio.ts';
import { asHarkError, type ErrorKind, HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import { SOUND_ENDING } from '#main/audio/encode/sound.ts';
import { freePath, safeName } from '#main/audio/file-names.ts';
import { type Signal, sliced } from '#main/audio/signal/signal.ts';
import { clipRecord, type ClipRecord } from '#main/lab/clips.ts';
import { clipRegions } from '#main/lab/regions.ts';
import type { Store } from '#main/lab/store.ts';

export interface ExportOptions {
  clips: readonly number[];
  coding: ExportCoding;
  /** Absolute path; made where there is none. */
  folder: string;
  /** A file for each labelled region instead of one for each clip. */
  regions: boolean;
  /** A clip's sound as edited. */
  render(clip: number): Promise<Signal>;
  /** The file is there whole or not at all. */
  write(sound: Signal, file: string, coding: ExportCoding): Promise<void>;
  signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** What is not the fault of one clip: a full disk, a stop. */
const ENDS_ALL: readonly ErrorKind[] = ['unavailable', 'internal', 'cancelled'];

/**
 * Writes clips as they sound now, or their labelled regions, into files of names of their own: nothing that is there is written
 * over. A clip that cannot be read is left out, with the reason. When it is stopped, the files that are written stay.
 * @throws HarkError bad-input or unavailable when the folder cannot be written, cancelled
 */
export async function exportSounds(
  store: Store,
  options: ExportOptions,
): Promise<Done & { folder: string; files: string[] }> {
  const { clips, folder, coding, signal } = options;
  await makeFolder(folder);
  const taken = new Set<string>();
  const [files, skipped]: [string[], Done['skipped']] = [[], []];
  for (const [index, clip] of clips.entries()) {
    throwIfCancelled(signal);
    options.onProgress?.(index, clips.length);
    let file = `clip ${clip}`;
    try {
      const record = clipRecord(store, clip);
      file = record.file;
      const sound = await options.render(clip);
      for (const { name, sound: part } of options.regions ? regionsOf(store, record, sound) : [whole(record, sound)]) {
        throwIfCancelled(signal);
        const target = freePath(folder, name, SOUND_ENDING[coding], taken);
        await options.write(part, target, coding);
        files.push(target);
      }
    } catch (thrown) {
      const { kind, message } = asHarkError(thrown);
      if (ENDS_ALL.includes(kind)) throw thrown;
      skipped.push({ clip, file, reason: message });
    }
  }
  options.onProgress?.(clips.length, clips.length);
  return { done: clips.length - skipped.length, skipped, folder, files };
}

interface NamedSound {
  /** Without its ending. */
  name: string;
  sound: Signal;
}

const stemOf = ({ file }: ClipRecord): string => safeName(path.posix.parse(file).name);

const whole = (record: ClipRecord, sound: Signal): NamedSound => ({ name: stemOf(record), sound });

/** @throws HarkError bad-input when the clip has none */
function regionsOf(store: Store, record: ClipRecord, sound: Signal): NamedSound[] {
  const labelled = clipRegions(store, record.id).filter(({ start, end, label }) => end > start && label.trim() !== '');
  if (labelled.length === 0) throw new HarkError('bad-input', 'It has no labelled regions.');
  const sample = (seconds: number) => Math.round(seconds * sound.sampleRate);
  return labelled.map(({ start, end, label }) => ({
    name: `${stemOf(record)}_${safeName(label)}`,
    sound: sliced(sound, sample(start), sample(end)),
  }));
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new HarkError('bad-input', 'This folder cannot be written.', {
      where: folder,
      remedy: 'Choose another one, or give yourself the right to write there.',
      cause,
    });
  }
}
