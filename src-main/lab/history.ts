import Database from 'better-sqlite3';
import type { HistoryStep, HistoryView } from '#shared/contract/lab.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { replay } from './journal.ts';
import type { Store } from './store.ts';

interface StepRow extends Omit<HistoryStep, 'undone'> {
  undone: number;
}

const STEP = 'select id, at, words, undone from step';
const toStep = (row: StepRow): HistoryStep => ({ ...row, undone: row.undone === 1 });

/** The lab's history, newest first: at most `limit` steps, of those before step `before`; and what it keeps in the lab. */
export function listHistory(
  store: Store,
  { limit = 200, before = null }: { limit?: number; before?: number | null } = {},
): HistoryView {
  const rows = store
    .prepare(`${STEP} where id < ? order by id desc limit ?`)
    .all(before ?? Number.MAX_SAFE_INTEGER, limit) as StepRow[];
  const total = store.prepare('select count(*) from step').pluck().get() as number;
  return { steps: rows.map(toStep), total, removed: removed(store) };
}

/** Takes back the newest step that stands; null when there is none. */
export function undoStep(store: Store): HistoryStep | null {
  return turnNext(store, `${STEP} where undone = 0 order by id desc limit 1`, 'before');
}

/** Does the oldest undone step again; null when there is none. */
export function redoStep(store: Store): HistoryStep | null {
  return turnNext(store, `${STEP} where undone = 1 order by id limit 1`, 'after');
}

/**
 * Undoes or does again, all or nothing, until a step is the last one that stands (null: none does).
 * @returns how many steps were turned
 * @throws HarkError `not-found` for a step that can no longer be done, `conflict`
 */
export function jumpToStep(store: Store, step: number | null): number {
  return store.transaction(() => {
    if (step !== null && !store.prepare('select 1 from step where id = ?').get(step))
      throw new HarkError('not-found', 'This step is no longer in the history.', { where: `step ${step}` });
    const later = store.prepare(`${STEP} where undone = 0 and id > ? order by id desc`).all(step ?? 0) as StepRow[];
    const earlier = store.prepare(`${STEP} where undone = 1 and id <= ? order by id`).all(step ?? 0) as StepRow[];
    for (const row of later) turn(store, row, 'before');
    for (const row of earlier) turn(store, row, 'after');
    return later.length + earlier.length;
  })();
}

/** Forgets all steps, and with them the datasets that were removed. @returns what is gone */
export function clearHistory(store: Store): { steps: number } & HistoryView['removed'] {
  return store.transaction(() => {
    const gone = removed(store);
    store.prepare('delete from dataset where removed_at is not null').run();
    return { ...gone, steps: store.prepare('delete from step').run().changes };
  })();
}

/** Comparisons of removed datasets: what goes with them when the history is cleared. */
export function removedComparisons(store: Store): number[] {
  return store
    .prepare(
      'select comparison.id from comparison join dataset on dataset.id = dataset_id where removed_at is not null order by 1',
    )
    .pluck()
    .all() as number[];
}

function removed(store: Store): HistoryView['removed'] {
  return store
    .prepare(
      `select count(*) as datasets, total((select count(*) from clip where dataset_id = dataset.id)) as clips,
        total((select count(*) from comparison where dataset_id = dataset.id)) as comparisons
      from dataset where removed_at is not null`,
    )
    .get() as HistoryView['removed'];
}

function turnNext(store: Store, query: string, way: 'before' | 'after'): HistoryStep | null {
  return store.transaction(() => {
    const row = store.prepare(query).get() as StepRow | undefined;
    return row ? turn(store, row, way) : null;
  })();
}

function turn(store: Store, row: StepRow, way: 'before' | 'after'): HistoryStep {
  try {
    replay(store, row.id, way);
  } catch (error) {
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))) throw error;
    throw new HarkError(
      'conflict',
      `This step cannot be ${way === 'before' ? 'undone' : 'done again'}: the lab has changed since.`,
      {
        where: row.words,
        cause: error,
      },
    );
  }
  const undone = way === 'before' ? 1 : 0;
  store.prepare('update step set undone = ? where id = ?').run(undone, row.id);
  return toStep({ ...row, undone });
}
