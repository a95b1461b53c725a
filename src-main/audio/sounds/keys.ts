import { hash } from 'node:crypto';
import type { Edit } from '#shared/domain/edit.ts';
import type { ClipOfFile } from './types.ts';

/** Raised when decoding or an edit makes other samples than before. */
const ARITHMETIC = 1;

/** A name for what depends on these values and nothing else: 40 hex digits. */
export const keyOf = (...values: unknown[]): string => hash('sha1', JSON.stringify([ARITHMETIC, ...values]));

/** Keys of the sound of a clip's file, and of the clip's after each of the edits of its list: the first is of no edit. */
export function soundKeys(
  { path, contentHash, start, end }: Pick<ClipOfFile, 'path' | 'contentHash' | 'start' | 'end'>,
  edits: readonly Edit[],
): { file: string; steps: string[] } {
  const file = keyOf(path, contentHash);
  const steps = [keyOf(file, start ?? 0, end)];
  for (const edit of edits) steps.push(keyOf(steps.at(-1), edit));
  return { file, steps };
}
