import { asHarkError, type ErrorKind } from '#shared/domain/errors.ts';
import { checkFile, readWhole } from './byte-source.ts';
import { probeBytes, type SoundProbe } from './decode.ts';
import { hashBytes } from './hash.ts';

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

/** Reads a file once and says what it is; what cannot be read becomes a refusal, never an exception. */
export async function inspectFile(path: string): Promise<Inspection> {
  try {
    const { size, mtimeMs } = checkFile(path);
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
