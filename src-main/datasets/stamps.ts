import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { FileStamp } from '#main/lab/importing.ts';

/** How a file stands now, without reading it; null when there is none. */
export async function stampOf(file: string): Promise<FileStamp | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? { size: found.size, mtimeMs: found.mtimeMs } : null;
}

export const sameStamp = (a: FileStamp | undefined, b: FileStamp): boolean =>
  a?.size === b.size && a.mtimeMs === b.mtimeMs;

/** A part of a file is content of its own: the file's hash and the span's bounds (seconds), hashed. */
export function spanHash(fileHash: string, start: number | null, end: number | null): string {
  return start === null && end === null ? fileHash : hash('sha1', `${fileHash} ${start} ${end}`);
}
