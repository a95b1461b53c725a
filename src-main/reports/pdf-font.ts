import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Roboto as pdfmake brings it: Latin, Greek and Cyrillic. */
const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);

export const FONT_FILES = {
  normal: path.join(folder, 'Roboto-Regular.ttf'),
  bold: path.join(folder, 'Roboto-Medium.ttf'),
  italics: path.join(folder, 'Roboto-Italic.ttf'),
  bolditalics: path.join(folder, 'Roboto-MediumItalic.ttf'),
};

/** Code point ranges a TrueType font maps to a glyph, from its format 4 table of characters (OpenType, `cmap`). */
function characterRanges(file: string): [number, number][] {
  const bytes = readFileSync(file);
  const tables = Array.from({ length: bytes.readUInt16BE(4) }, (_, index) => 12 + index * 16);
  const record = tables.find((at) => bytes.toString('latin1', at, at + 4) === 'cmap');
  if (record === undefined) return [];
  const cmap = bytes.readUInt32BE(record + 8);
  const subtables = Array.from(
    { length: bytes.readUInt16BE(cmap + 2) },
    (_, index) => cmap + bytes.readUInt32BE(cmap + 8 + index * 8),
  );
  const table = subtables.find((at) => bytes.readUInt16BE(at) === 4);
  if (table === undefined) return [];
  const segments = bytes.readUInt16BE(table + 6) / 2;
  return Array.from({ length: segments }, (_, index): [number, number] => [
    bytes.readUInt16BE(table + 16 + segments * 2 + index * 2),
    bytes.readUInt16BE(table + 14 + index * 2),
  ]).filter(([first]) => first !== 0xffff);
}

let ranges: [number, number][] | undefined;

/** Whether the PDF's font has a glyph for a character. */
export function hasGlyph(character: string): boolean {
  ranges ??= characterRanges(FONT_FILES.normal);
  const code = character.codePointAt(0)!;
  return ranges.some(([first, last]) => first <= code && code <= last);
}

// Direction marks and isolates order text on a screen and are nothing in print.
const INVISIBLE = /[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
/** Signs of our own that the font lacks. */
const SUBSTITUTES: Record<string, string> = { '→': '›', '✗': '×', '\u2423': '_', '₁': '1', '₂': '2' };

/**
 * Text the font can print: a run of characters it lacks becomes their numbers, as in ‹U+4F60 U+597D›, at most four of
 * them. `onMissing` is told of each.
 */
export function printable(text: string, onMissing: () => void): string {
  let printed = '';
  let missing: string[] = [];
  const flush = () => {
    if (missing.length === 0) return;
    onMissing();
    const codes = missing.slice(0, 4).map((c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
    printed += `‹${codes.join(' ')}${missing.length > 4 ? ' …' : ''}›`;
    missing = [];
  };
  for (const character of text.replace(INVISIBLE, '').normalize('NFC')) {
    if (character === '\n' || hasGlyph(character)) {
      flush();
      printed += character;
    } else if (SUBSTITUTES[character]) {
      flush();
      printed += SUBSTITUTES[character];
    } else missing.push(character);
  }
  flush();
  return printed;
}
