import { createHash, hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { checkFile } from './formats/byte-source.ts';

const ALGORITHM = 'sha1';
const STEP_BYTES = 2 ** 20;

/**
 * Names content: equal bytes, equal hash. SHA-1, 40 hex digits; it guards against accidents, not against forgery.
 */
export function hashBytes(bytes: Uint8Array): string {
  return hash(ALGORITHM, bytes, 'hex');
}

/** The same of a file, a megabyte at a time. @throws HarkError not-found, unreadable-file */
export async function hashFile(path: string): Promise<string> {
  checkFile(path);
  const sum = createHash(ALGORITHM);
  const file = await open(path, 'r');
  try {
    const step = new Uint8Array(STEP_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(step, 0, step.length);
      if (bytesRead === 0) return sum.digest('hex');
      sum.update(step.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
