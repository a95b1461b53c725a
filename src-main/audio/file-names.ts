import { existsSync } from 'node:fs';
import path from 'node:path';

/** Names Windows keeps for devices, whatever their ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const LONGEST = 80;

/** A word as the name of a file on any system: letters, digits, `-`, `_` and dots within; never empty, never a device's name. */
export function safeName(word: string): string {
  const plain = word
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[._]+|[._]+$/g, '');
  const short = [...plain].slice(0, LONGEST).join('');
  return short === '' ? 'clip' : DEVICES.test(short.split('.')[0]) ? `${short}_` : short;
}

/**
 * A path in a folder that no file has: `stem.ending`, else `stem-2.ending`, and so on.
 * @param taken names given out but not yet written, lower case; the new one is added
 */
export function freePath(folder: string, stem: string, ending: string, taken = new Set<string>()): string {
  for (let count = 1; ; count++) {
    const name = `${stem}${count === 1 ? '' : `-${count}`}.${ending}`;
    const found = path.join(folder, name);
    // Names that differ in letter case alone are one file on some systems.
    if (taken.has(name.toLowerCase()) || existsSync(found)) continue;
    taken.add(name.toLowerCase());
    return found;
  }
}
