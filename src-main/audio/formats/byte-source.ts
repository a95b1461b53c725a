import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { HarkError } from '#shared/domain/errors.ts';
import { unreadable } from './format.ts';

/** A file's bytes, wherever they are. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer at the end, none beyond it. The result may share memory with the source. */
  read(offset: number, length: number): Uint8Array;
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + Math.max(0, length)) };
}

/** What is read into memory as a whole; once decoded it takes several times as much. Sound that is not compressed may be longer. */
export const MOST_BYTES = 2 ** 30;
const HEAD_BYTES = 65_536;

/** Runs `use` on a file without reading more of it than is asked for. @throws HarkError not-found, unreadable-file */
export async function withFile<T>(path: string, use: (source: ByteSource) => Promise<T> | T): Promise<T> {
  checkFile(path);
  const file = guard(() => openSync(path, 'r'));
  try {
    const size = fstatSync(file).size;
    const read = (offset: number, length: number): Uint8Array => {
      if (Math.min(length, size - offset) > MOST_BYTES) throw tooLarge(size);
      const wanted = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < wanted.length) {
        const count = guard(() => readSync(file, wanted, filled, wanted.length - filled, offset + filled));
        if (count === 0) break;
        filled += count;
      }
      return wanted.subarray(0, filled);
    };
    const head = read(0, HEAD_BYTES);
    return await use({
      size,
      read: (offset, length) =>
        offset + length <= head.length ? head.subarray(offset, offset + length) : read(offset, length),
    });
  } finally {
    closeSync(file);
  }
}

/** Up to this size a file is read at once: to wait for the disk's threads takes longer than the reading. */
const READ_AT_ONCE = 2 ** 18;

/** All bytes of a file. @throws HarkError not-found, unreadable-file */
export async function readWhole(path: string): Promise<Uint8Array> {
  const { size } = checkFile(path);
  if (size > MOST_BYTES) throw tooLarge(size);
  if (size <= READ_AT_ONCE) return guard(() => readFileSync(path));
  try {
    const file = await open(path, 'r');
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw explain(thrown);
  }
}

/** A pipe or a device would block, a folder has no sound. @returns size in bytes, time of the last change in ms */
export function checkFile(path: string): { size: number; mtimeMs: number } {
  const stat = guard(() => statSync(path));
  if (stat.isDirectory()) throw unreadable('This is a folder, not a file.');
  if (!stat.isFile()) throw unreadable('This is not an ordinary file.');
  return { size: stat.size, mtimeMs: stat.mtimeMs };
}

export const tooLarge = (size: number): HarkError =>
  unreadable(
    `The file is ${(size / 2 ** 30).toFixed(1)} GB; Hark reads compressed recordings up to 1 GB.`,
    'Cut it into shorter recordings, or convert it to WAV.',
  );

function guard<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw explain(thrown);
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'Permission to read it was denied.',
  EPERM: 'Permission to read it was denied.',
  EISDIR: 'This is a folder, not a file.',
  EIO: 'The disk reports an error while reading it.',
};

function explain(thrown: unknown): HarkError {
  if (thrown instanceof HarkError) return thrown;
  const code = (thrown as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new HarkError('not-found', 'The file is not there any more.', {
      remedy: 'Find it again, or leave it out.',
      cause: thrown,
    });
  return unreadable(REASONS[code] ?? `It cannot be read (${code || String(thrown)}).`, undefined, thrown);
}
