import Database from 'better-sqlite3';
import { HarkError } from '#shared/domain/errors.ts';
import { migrations } from './migrations/index.ts';

/** The lab's SQLite store. Queries live in the files beside this one, one a table family. */
export type Store = Database.Database;

/** What reads only: the store itself, or one that keeps its statements for the next time. */
export interface Reads {
  prepare(sql: string): Database.Statement;
}

/**
 * Opens (or makes) the store and brings its schema up to date, one transaction a migration; before an older store is
 * migrated, a copy is kept beside it.
 * @throws HarkError `conflict` when it was written by a newer Hark, `unreadable-file` when it is damaged
 */
export async function openStore(file: string): Promise<Store> {
  const store = new Database(file);
  try {
    store.pragma('journal_mode = wal');
    store.pragma('synchronous = normal');
    store.pragma('foreign_keys = on');
    const version = store.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length)
      throw new HarkError('conflict', 'This lab was written by a newer Hark.', {
        where: file,
        remedy: 'Install the newer Hark to open it.',
      });
    if (version > 0 && version < migrations.length) await store.backup(`${file}.before-migration-${version + 1}`);
    migrations.slice(version).forEach((migration, index) =>
      store.transaction(() => {
        store.exec(migration);
        store.pragma(`user_version = ${version + index + 1}`);
      })(),
    );
    return store;
  } catch (error) {
    store.close();
    if (
      error instanceof Database.SqliteError &&
      ['SQLITE_NOTADB', 'SQLITE_CORRUPT'].some((code) => error.code.startsWith(code))
    )
      throw new HarkError('unreadable-file', 'The lab’s store is damaged or is not a Hark lab.', {
        where: file,
        remedy: 'Put back a copy of lab.sqlite, or open another folder as the lab.',
        cause: error,
      });
    throw error;
  }
}
