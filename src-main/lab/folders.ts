import { existsSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { FolderListing } from '#shared/contract/files.ts';
import { HarkError } from '#shared/domain/errors.ts';

const MANIFESTS = ['.csv', '.tsv'];

/**
 * What lies in a folder, for the window's own dialog where the system's cannot be had.
 * @param folder null: the home folder
 * @throws HarkError `not-found` or `unreadable-file`
 */
export async function listFolder(folder: string | null): Promise<FolderListing> {
  const wanted = path.resolve(folder ?? homedir());
  const place = await realpath(wanted).catch((cause: unknown) => {
    throw new HarkError('not-found', 'There is no such folder.', { where: wanted, cause });
  });
  const found = await readdir(place, { withFileTypes: true }).catch((cause: unknown) => {
    throw new HarkError('unreadable-file', 'This folder cannot be read.', { where: place, cause });
  });
  const seen = await Promise.all(
    found
      .filter((entry) => !entry.name.startsWith('.'))
      .map(async (entry) => {
        const file = path.join(place, entry.name);
        const kind = entry.isSymbolicLink() ? await stat(file).catch(() => null) : entry;
        return { name: entry.name, path: file, folder: kind?.isDirectory() ?? false };
      }),
  );
  const parent = path.dirname(place);
  return {
    path: place,
    parent: parent === place ? null : parent,
    entries: seen
      .filter(({ name, folder: isFolder }) => isFolder || MANIFESTS.includes(path.extname(name).toLowerCase()))
      .sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name, 'en', { numeric: true })),
    places: places(),
  };
}

/** Places to start from: those that are there. */
function places(): FolderListing['places'] {
  const home = homedir();
  const own = ['Desktop', 'Documents', 'Downloads', 'Music'].map((name) => ({ name, path: path.join(home, name) }));
  const roots =
    process.platform === 'win32'
      ? Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:\\`).map((drive) => ({
          name: drive,
          path: drive,
        }))
      : [{ name: 'Computer', path: '/' }];
  return [{ name: 'Home', path: home }, ...own, ...roots].filter((place) => existsSync(place.path));
}
