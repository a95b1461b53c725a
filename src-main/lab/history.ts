import type { HistoryStep } from '#shared/contract/lab.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { datasetRemove, datasetRename } from './dataset-steps.ts';
import { type StepKind, type StepPayload, type StepRow, toHistoryStep } from './journal.ts';
import { labelImport } from './label-import.ts';
import { clipRelabel } from './labels.ts';
import type { Store } from './store.ts';

/** All kinds of step a history may hold. */
const kinds = new Map<string, StepKind<never>>(
  [clipRelabel, labelImport, datasetRename, datasetRemove].map((kind) => [kind.kind, kind]),
);

/** The lab's history, newest first; at most `limit` steps. */
export function listHistory(store: Store, limit = 200): HistoryStep[] {
  const rows = store.prepare('select * from step order by id desc limit ?').all(limit) as StepRow[];
  return rows.map(toHistoryStep);
}

/** Takes back the newest step that stands; null when there is none. */
export function undoStep(store: Store): HistoryStep | null {
  return turn(store, 'select * from step where undone = 0 order by id desc limit 1', 'revert');
}

/** Does the oldest undone step again; null when there is none. */
export function redoStep(store: Store): HistoryStep | null {
  return turn(store, 'select * from step where undone = 1 order by id limit 1', 'apply');
}

function turn(store: Store, query: string, way: 'apply' | 'revert'): HistoryStep | null {
  return store.transaction(() => {
    const row = store.prepare(query).get() as StepRow | undefined;
    if (!row) return null;
    const kind = kinds.get(row.kind) as StepKind | undefined;
    if (!kind) throw new HarkError('internal', `The history holds a step of an unknown kind, "${row.kind}".`);
    kind[way](store, JSON.parse(row.payload) as StepPayload);
    const undone = way === 'revert' ? 1 : 0;
    store.prepare('update step set undone = ? where id = ?').run(undone, row.id);
    return toHistoryStep({ ...row, undone });
  })();
}
