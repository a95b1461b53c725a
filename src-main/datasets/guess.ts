import path from 'node:path';
import type { FolderGuess } from '#shared/contract/files.ts';
import { datasetByRoot } from '#main/lab/datasets.ts';
import type { Store } from '#main/lab/store.ts';
import { importers, recognise } from './importers/index.ts';
import { lookAt } from './look.ts';

/** What lies in a folder (or manifest), before it is imported. @throws HarkError `not-found`, `unreadable-file` */
export async function guessFolder(store: Store, target: string): Promise<FolderGuess> {
  const look = await lookAt(target);
  const matches = await recognise(look);
  const roots = [look.path, ...importers.flatMap((importer) => importer.root?.(look) ?? [])];
  const known = roots.map((root) => datasetByRoot(store, root)).find((row) => row !== null);
  return {
    path: look.path,
    name: path.basename(look.path) || look.path,
    layouts: matches.map(({ importer, reason }) => ({ layout: importer.layout, reason })),
    soundFiles: look.sounds.length,
    dataset: known?.id ?? null,
  };
}
