import { asHarkError, type ErrorKind } from '#shared/domain/errors.ts';
import { checkFile, readWhole } from './formats/byte-source.ts';
import { probeBytes, probeFile, type SoundProbe } from './decode.ts';
import { hashBytes, hashFile } from './hash.ts';

/** Why a file is left out, in words for the list of what was skipped. */
export interface Refusal {
  kind: ErrorKind;
  reason: string;
  remedy?: string;
}

/** All an importer wants to know of one file; plain data, so that it crosses threads. */
export type Inspection =
  | { path: string; size: number; mtimeMs: number; hash: string; probe: SoundProbe; refusal?: undefined }
  | { path: string; refusal: Refusal; probe?: undefined };

/** Larger files are not held in memory: read for their hash, and again for their header. */
const READ_WHOLE = 2 ** 26;

/** Reads a file once and says what it is; what cannot be read becomes a refusal, never an exception. */
export async function inspectFile(path: string): Promise<Inspection> {
  try {
    const { size, mtimeMs } = checkFile(path);
    if (size > READ_WHOLE) return { path, size, mtimeMs, hash: await hashFile(path), probe: await probeFile(path) };
    const bytes = await readWhole(path);
    return { path, size, mtimeMs, hash: hashBytes(bytes), probe: await probeBytes(bytes, path) };
  } catch (thrown) {
    return { path, refusal: refusalOf(thrown) };
  }
}

export function refusalOf(thrown: unknown): Refusal {
  const { kind, message, remedy } = asHarkError(thrown);
  return { kind, reason: message, remedy };
}
