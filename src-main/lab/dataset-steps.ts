import { HarkError } from '#shared/domain/errors.ts';
import { datasetRow } from './datasets.ts';
import { doStep, type StepKind } from './journal.ts';
import type { Store } from './store.ts';

interface Renaming {
  dataset: number;
  from: string;
  to: string;
}

export const datasetRename: StepKind<Renaming> = {
  kind: 'dataset.rename',
  words: ({ from, to }) => `Rename dataset "${from}" to "${to}"`,
  apply: (store, { dataset, to }) => setName(store, dataset, to),
  revert: (store, { dataset, from }) => setName(store, dataset, from),
};

interface Removal {
  dataset: number;
  name: string;
  at: string;
}

export const datasetRemove: StepKind<Removal> = {
  kind: 'dataset.remove',
  words: ({ name }) => `Remove dataset "${name}"`,
  apply: (store, { dataset, at }) => setRemoved(store, dataset, at),
  revert: (store, { dataset }) => setRemoved(store, dataset, null),
};

/** Renames a dataset; undoable. @throws HarkError `not-found` */
export function renameDataset(store: Store, dataset: number, name: string): void {
  const from = datasetRow(store, dataset).name;
  if (name !== from) doStep(store, datasetRename, { dataset, from, to: name });
}

/**
 * Takes a dataset out of the lab; undoable until the lab is next opened, when it is purged. The user's files stay.
 * @throws HarkError `not-found`, `conflict` while it is being imported
 */
export function removeDataset(store: Store, dataset: number): void {
  const { name, state } = datasetRow(store, dataset);
  if (state === 'importing')
    throw new HarkError('conflict', `"${name}" is being imported.`, { remedy: 'Stop the import first.' });
  doStep(store, datasetRemove, { dataset, name, at: new Date().toISOString() });
}

function setName(store: Store, dataset: number, name: string): void {
  store.prepare('update dataset set name = ? where id = ?').run(name, dataset);
}

function setRemoved(store: Store, dataset: number, at: string | null): void {
  store.prepare('update dataset set removed_at = ? where id = ?').run(at, dataset);
}
