import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';
import { lockLab } from './lock.ts';
import { recoverStore, sweepFiles } from './recovery.ts';
import { openStore, type Store } from './store.ts';

/** What lies in a lab's folder. */
export const LAB_FOLDERS = ['features', 'models', 'audio', 'reports', 'scratch'] as const;
export type LabFolder = (typeof LAB_FOLDERS)[number];

/** An open lab: its store, and the places of its files. */
export interface Lab {
  readonly folder: string;
  readonly store: Store;
  path(folder: LabFolder, ...parts: string[]): string;
  close(): void;
}

/**
 * Opens the lab in `folder`, making it where there is none, and holds it for this process.
 * @param host who opens it, for the message a second process shows
 * @throws HarkError `lab-busy`, `conflict`, `unreadable-file`, or `bad-input` when the folder cannot be made
 */
export async function openLab(folder: string, host: string): Promise<Lab> {
  try {
    for (const name of LAB_FOLDERS) mkdirSync(path.join(folder, name), { recursive: true });
  } catch (error) {
    throw new HarkError('bad-input', 'The lab’s folder cannot be written.', {
      where: folder,
      remedy: 'Choose another with --lab DIR, or give yourself the right to write there.',
      cause: error,
    });
  }
  const lock = lockLab(folder, host);
  try {
    const store = await openStore(path.join(folder, 'lab.sqlite'));
    recoverStore(store, realpathSync(folder));
    sweepFiles(store, folder);
    return {
      folder,
      store,
      path: (name, ...parts) => path.join(folder, name, ...parts),
      close() {
        store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
