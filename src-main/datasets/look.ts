import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';
import { isPassedOver, isSoundName, walk } from './walk.ts';

/** How many sound files a first look counts at most. */
const MOST_SEEN = 10_000;

/** A first look at what the user pointed at; layouts are recognised by it. */
export interface FolderLook {
  /** Absolute real path of the folder, or of the one file pointed at. */
  path: string;
  isFile: boolean;
  /** Names at the top of the folder, hidden ones left out. */
  folders: string[];
  files: string[];
  /** Sound files, relative to the folder; the first 10,000. */
  sounds: string[];
}

/** @throws HarkError `not-found` or `unreadable-file` when there is nothing there to look at */
export async function lookAt(target: string, signal?: AbortSignal): Promise<FolderLook> {
  const real = await realpath(path.resolve(target)).catch((cause: unknown) => {
    throw new HarkError('not-found', 'There is no such file or folder.', { where: target, cause });
  });
  const kind = await stat(real);
  if (kind.isFile()) return { path: real, isFile: true, folders: [], files: [], sounds: [] };
  const entries = await readdir(real, { withFileTypes: true }).catch((cause: unknown) => {
    throw new HarkError('unreadable-file', 'This folder cannot be read.', {
      where: target,
      remedy: 'Give yourself the right to read it.',
      cause,
    });
  });
  const look: FolderLook = { path: real, isFile: false, folders: [], files: [], sounds: [] };
  for (const entry of entries) {
    if (isPassedOver(entry.name)) continue;
    (entry.isDirectory() ? look.folders : look.files).push(entry.name);
  }
  for await (const file of walk(real, signal)) {
    if (isSoundName(file) && look.sounds.push(file) === MOST_SEEN) break;
  }
  return look;
}
