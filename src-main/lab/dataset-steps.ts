import { HarkError } from '#shared/domain/errors.ts';
import { datasetRow } from './datasets.ts';
import { takeStep } from './journal.ts';
import type { Store } from './store.ts';

/** Renames a dataset; undoable. @throws HarkError `not-found` */
export function renameDataset(store: Store, dataset: number, name: string): void {
  const from = datasetRow(store, dataset).name;
  takeStep(store, `Rename dataset "${from}" to "${name}"`, (pen) => pen.update('dataset', dataset, { name }));
}

/**
 * Takes a dataset out of the lab; undoable until the history is cleared. The user's files stay.
 * @throws HarkError `not-found`, `conflict` while it is being imported
 */
export function removeDataset(store: Store, dataset: number): void {
  const { name, state } = datasetRow(store, dataset);
  if (state === 'importing')
    throw new HarkError('conflict', `"${name}" is being imported.`, { remedy: 'Stop the import first.' });
  takeStep(store, `Remove dataset "${name}"`, (pen) =>
    pen.update('dataset', dataset, { removed_at: new Date().toISOString() }),
  );
}
