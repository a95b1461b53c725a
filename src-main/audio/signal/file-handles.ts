import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { HarkError } from '#shared/domain/errors.ts';

/** Files this thread reads from, in the order of use: a window that scrolls reads the same ones again and again. */
const open = new Map<string, OpenFile>();
const MOST_OPEN = 32;
/** ms after which it is looked whether a path still leads to the file that is open. */
const LOOK_AGAIN = 1000;

interface OpenFile {
  handle: number;
  file: number;
  looked: number;
}

/** Fills `bytes` from `offset` on. @throws HarkError not-found, unreadable-file when there are not so many */
export function readFileAt<Bytes extends Uint8Array>(path: string, offset: number, bytes: Bytes): Bytes {
  const handle = handleOf(path);
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(handle, bytes, filled, bytes.length - filled, offset + filled);
    if (count === 0)
      throw new HarkError('unreadable-file', 'The file became shorter while it was in use.', {
        where: path,
        remedy: 'Import its folder again.',
      });
    filled += count;
  }
  return bytes;
}

/** Lets go of a file that is to be deleted, or of all. */
export function forgetFile(path?: string): void {
  for (const [name, { handle }] of open)
    if (path === undefined || name === path) {
      closeSync(handle);
      open.delete(name);
    }
}

function handleOf(path: string): number {
  let known = open.get(path);
  const now = performance.now();
  try {
    if (known && now - known.looked > LOOK_AGAIN) {
      known.looked = now;
      // A file that was written anew and put in the place of the old one.
      if (statSync(path).ino !== known.file) {
        forgetFile(path);
        known = undefined;
      }
    }
    if (!known) {
      const handle = openSync(path, 'r');
      known = { handle, file: fstatSync(handle).ino, looked: now };
    }
  } catch (cause) {
    forgetFile(path);
    throw new HarkError('not-found', 'The file is not there any more.', {
      where: path,
      remedy: 'Find it again, or leave it out.',
      cause,
    });
  }
  // The last one used comes last.
  open.delete(path);
  open.set(path, known);
  if (open.size > MOST_OPEN) forgetFile(open.keys().next().value);
  return known.handle;
}
