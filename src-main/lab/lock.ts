import Database from 'better-sqlite3';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';

/** Who holds a lab, for the message a second process shows. */
interface Holder {
  pid: number;
  host: string;
  since: string;
}

/**
 * Holds a lab for this process. The lock is SQLite's own on a file beside the store, so the system lets go of it
 * however the process ends; what stands in `lab.open.json` is for people only.
 * @throws HarkError `lab-busy` when another process holds it
 */
export function lockLab(folder: string, host: string): { release(): void } {
  const holderPath = path.join(folder, 'lab.open.json');
  const lock = new Database(path.join(folder, 'lab.lock'), { timeout: 500 });
  try {
    lock.pragma('journal_mode = delete');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    const holder = readHolder(holderPath);
    const who = holder ? ` (process ${holder.pid}, ${holder.host}, since ${holder.since})` : '';
    throw new HarkError('lab-busy', `This lab is open in another Hark${who}.`, {
      where: folder,
      remedy: 'Close it there, or open another lab with --lab DIR.',
      cause: error,
    });
  }
  const holder: Holder = { pid: process.pid, host, since: new Date().toISOString() };
  writeFileSync(holderPath, JSON.stringify(holder));
  return {
    release() {
      rmSync(holderPath, { force: true });
      lock.exec('rollback');
      lock.close();
    },
  };
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}
