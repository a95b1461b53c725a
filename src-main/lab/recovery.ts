import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from '#shared/domain/dataset.ts';
import type { Store } from './store.ts';

/** Datasets whose files lie in the lab, by layout, and their folder in `audio`. */
const OWN_SOUND: readonly (readonly [Layout, string])[] = [
  ['sample', 'sample'],
  ['recorded', 'recordings'],
];

/**
 * What a lab needs when it is opened: imports that were cut off are `partial`, and what the lab made itself is found where the lab
 * now lies.
 * @param labFolder its real path, as imports keep it
 */
export function recoverStore(store: Store, labFolder: string): void {
  store.transaction(() => {
    store.prepare(`update dataset set state = 'partial' where state = 'importing'`).run();
    const move = store.prepare('update dataset set root = ? where layout = ?');
    for (const [layout, folder] of OWN_SOUND) move.run(path.join(labFolder, 'audio', folder), layout);
  })();
}

/** Folders of a lab that hold one folder a comparison, named by its number. */
const BY_COMPARISON = ['models', 'reports'];

/**
 * Takes away the files of comparisons that are no longer in the store. The store gives a free number out again, and a new run
 * must never find the checkpoints of an old one.
 */
export function sweepFiles(store: Store, labFolder: string): void {
  const known = new Set(store.prepare('select id from comparison').pluck().all().map(String));
  for (const folder of BY_COMPARISON.map((name) => path.join(labFolder, name)))
    for (const name of readdirSync(folder))
      if (/^\d+$/.test(name) && !known.has(name)) rmSync(path.join(folder, name), { recursive: true, force: true });
}
