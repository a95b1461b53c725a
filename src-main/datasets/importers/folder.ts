import path from 'node:path';
import type { Part } from '#shared/domain/split.ts';
import { soundFiles } from '../walk.ts';
import { type Importer, isBackground, type PlannedClip, wholeFile } from './importer.ts';

/** Names under which datasets that come in parts keep them. */
export const PART_NAMES: Record<string, Part> = {
  train: 'train',
  training: 'train',
  validation: 'validation',
  valid: 'validation',
  val: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  eval: 'test',
};

/** The official part of each top folder, where the folder is divided in parts: training and at least one other. */
function partsOf(folders: Iterable<string>): Map<string, Part> | null {
  const parts = new Map<string, Part>();
  for (const folder of folders) {
    const part = PART_NAMES[folder.toLowerCase()];
    if (part) parts.set(folder, part);
  }
  const found = new Set(parts.values());
  return found.has('train') && found.size > 1 ? parts : null;
}

/** A folder per class, deeper folders allowed; train, validation and test folders above them are official parts. */
export const folderPerClass: Importer = {
  layout: 'folder',
  looks: 'a folder per class with sound files in it (with train, validation and test folders above them, if you like)',
  match(look) {
    if (look.sounds.length === 0) return null;
    const clips = clipsOf(look.path, look.sounds);
    const classes = new Set(clips.map((clip) => clip.label)).size;
    if (classes < 2) return { score: 0.1, reason: 'sound files, but of one class' };
    const parts = clips.some((clip) => clip.official) ? ', in official parts' : '';
    return { score: 0.5, reason: `${classes} folders with sound files${parts}` };
  },
  async open(look, { signal }) {
    const files = await soundFiles(look.path, signal);
    return { clips: clipsOf(look.path, files), backgrounds: files.filter(isBackground), skipped: [] };
  },
};

/** A file that lies in no class folder is of the class the folder itself names. */
function clipsOf(root: string, sounds: string[]): PlannedClip[] {
  const files = sounds.filter((file) => !isBackground(file));
  const parts = partsOf(new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0])));
  return files.map((file) => {
    const folders = file.split('/').slice(0, -1);
    const official = parts?.get(folders[0] ?? '') ?? null;
    if (official) folders.shift();
    return wholeFile(file, folders[0] ?? path.basename(root), { official });
  });
}
