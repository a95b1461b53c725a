import { open } from 'node:fs/promises';
import { HarkError } from '#shared/domain/errors.ts';

/** Labels of a hundred hours are a few megabytes; what is larger is something else. */
const LARGEST = 64 * 2 ** 20;

/** The text of a label file. @throws HarkError `not-found`, `unreadable-file` when it is too large or no text */
export async function readLabelFile(file: string): Promise<string> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new HarkError('not-found', 'This file cannot be opened.', { where: file, cause });
  });
  try {
    const { size } = await handle.stat();
    if (size > LARGEST)
      throw new HarkError('unreadable-file', `It has ${Math.round(size / 2 ** 20)} MB; a file of labels may have 64.`, {
        where: file,
        remedy: 'Divide it.',
      });
    return decodeText(await handle.readFile());
  } finally {
    await handle.close();
  }
}

const BOMS: [encoding: string, ...bytes: number[]][] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** Text by its byte order mark; without one UTF-8, and what is not that is taken for Windows' Latin. */
export function decodeText(bytes: Uint8Array): string {
  const marked = BOMS.find(([, ...mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return new TextDecoder(marked[0]).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The lines of a text that are not empty, with their numbers. */
export function linesOf(text: string): { line: number; words: string }[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((words, index) => ({ line: index + 1, words }))
    .filter(({ words }) => words.trim() !== '');
}

/** A decimal number, also with a decimal comma; NaN when it is none. */
export function decimal(text: string | undefined): number {
  const word = text?.trim().replace(',', '.') ?? '';
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word) ? Number(word) : NaN;
}

/** Seconds or Hz with six digits after the point: microseconds. */
export const sixDigits = (value: number): string => value.toFixed(6);

/** A word for formats in which a blank ends it. */
export const oneWord = (text: string): string => text.trim().replace(/\s+/g, '_');

/** A text for formats in which a line or a tab ends it. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
