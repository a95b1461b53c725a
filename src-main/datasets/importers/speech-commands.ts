import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Part } from '#shared/domain/split.ts';
import { soundFiles } from '../walk.ts';
import { type Importer, type ImportPlan, isBackground, wholeFile } from './importer.ts';

/** `0a7c2a8d_nohash_1.wav`: whoever spoke it, and which of theirs it is. */
const SPOKEN = /^([0-9a-z]+)_nohash_\d+\.\w+$/i;
const LISTS: [file: string, part: Part][] = [
  ['validation_list.txt', 'validation'],
  ['testing_list.txt', 'test'],
];

/** Google's Speech Commands (Warden, 2018): a folder per word, lists of validation and test files. */
export const speechCommands: Importer = {
  layout: 'speech-commands',
  looks:
    'a folder per word with files named HASH_nohash_N.wav, and validation_list.txt and testing_list.txt beside them',
  match(look) {
    const lists = LISTS.filter(([file]) => look.files.includes(file)).length;
    const sample = look.sounds.filter((file) => !isBackground(file)).slice(0, 1000);
    const spoken = sample.filter((file) => SPOKEN.test(path.posix.basename(file))).length;
    if (sample.length === 0 || spoken < sample.length / 2 || !sample.some((file) => file.includes('/'))) return null;
    const found = ['files named HASH_nohash_N', ...(lists ? [`${lists} of its two lists`] : [])];
    return { score: 0.8 + 0.1 * lists, reason: found.join(' and ') };
  },
  async open(look, { signal }) {
    const plan: ImportPlan = { clips: [], backgrounds: [], skipped: [] };
    const parts = await readLists(look.path);
    for (const file of await soundFiles(look.path, signal)) {
      const word = file.slice(0, Math.max(0, file.indexOf('/')));
      if (isBackground(file)) plan.backgrounds.push(file);
      else if (word === '') plan.skipped.push({ file, reason: 'Lies in no folder of a word.' });
      else {
        const speaker = SPOKEN.exec(path.posix.basename(file))?.[1].toLowerCase() ?? null;
        plan.clips.push(wholeFile(file, word, { speaker, official: parts && (parts.get(file) ?? 'train') }));
      }
    }
    return plan;
  },
};

/** The part of each file that stands in a list; null when there are no lists. */
async function readLists(folder: string): Promise<Map<string, Part> | null> {
  const parts = new Map<string, Part>();
  let found = false;
  for (const [name, part] of LISTS) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => null);
    if (text === null) continue;
    found = true;
    for (const line of text.split(/\r?\n/)) if (line.trim()) parts.set(line.trim().replaceAll('\\', '/'), part);
  }
  return found ? parts : null;
}
