import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '#shared/domain/errors.ts';

/** Endings a sound file may have, also of kinds Hark cannot read: those are listed as skipped instead of ignored. */
const SOUND_ENDINGS = new Set(
  'wav wave w64 rf64 bwf flac mp3 mp2 ogg oga opus m4a m4b aac aif aiff aifc au snd sph nist caf wma amr ape wv weba mka'.split(
    ' ',
  ),
);

export function isSoundName(name: string): boolean {
  return SOUND_ENDINGS.has(path.extname(name).slice(1).toLowerCase());
}

/** Hidden files, what macOS leaves beside files (`._name`, `__MACOSX`), and what Windows leaves in folders. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX' || /^(thumbs\.db|desktop\.ini|\$recycle\.bin)$/i.test(name);
}

/** Code point order, the same on every machine. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * All files under a folder but those passed over, relative to it with `/` between folders, in the order of their names.
 * A link to a folder outside is entered once; one that leads back inside (or above) is not, so that loops end.
 * A folder that may not be read is left out.
 */
export async function* walk(root: string, signal?: AbortSignal): AsyncGenerator<string> {
  const realRoot = await realpath(root);
  const entered = new Set<string>();
  yield* enter(realRoot, '', false);

  async function* enter(real: string, relative: string, linked: boolean): AsyncGenerator<string> {
    throwIfCancelled(signal);
    if (linked && (entered.has(real) || contains(realRoot, real) || contains(real, realRoot))) return;
    if (linked) entered.add(real);
    for (const entry of await entriesOf(real)) {
      if (isPassedOver(entry.name)) continue;
      const place = path.join(real, entry.name);
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) yield* enter(place, name, linked);
      else if (entry.isFile()) yield name;
      else if (entry.isSymbolicLink()) {
        const target = await stat(place).catch(() => null);
        if (target?.isDirectory()) yield* enter(await realpath(place), name, true);
        // One that leads nowhere is a file that cannot be read: whoever reads it says so.
        else if (!target || target.isFile()) yield name;
      }
    }
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => byName(a.name, b.name));
}

function contains(outer: string, inner: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** Sound files under a folder, see `walk`. */
export async function soundFiles(root: string, signal?: AbortSignal): Promise<string[]> {
  const files: string[] = [];
  for await (const file of walk(root, signal)) if (isSoundName(file)) files.push(file);
  return files;
}

/** A file relative to a folder with `/` between folders; the absolute one where there is no way (another drive). */
export function relativeTo(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}
