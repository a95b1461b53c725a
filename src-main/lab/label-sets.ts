import { HarkError } from '#shared/domain/errors.ts';
import { type LabelSet, OWN_LABELS } from '#shared/domain/region.ts';
import { classNames } from '#shared/domain/class-names.ts';
import { datasetRow } from './datasets.ts';
import { type Pen, takeStep } from './journal.ts';
import type { Reads, Store } from './store.ts';

interface StoredSet {
  id: number;
  dataset: number;
  /** null: the order of the clips' own classes. */
  name: string | null;
  classes: string;
}

const SET = 'select id, dataset_id as dataset, name, classes from label_set';

/** Label sets of a dataset: the clips' own first, then by name. Classes in use that no order names come last. @throws HarkError `not-found` */
export function labelSets(store: Store, dataset: number): LabelSet[] {
  datasetRow(store, dataset);
  const stored = store.prepare(`${SET} where dataset_id = ? and name is not null order by name, id`).all(dataset);
  return [
    { id: null, name: OWN_LABELS, classes: classesOf(store, dataset, null) },
    ...(stored as StoredSet[]).map(({ id, name }) => ({ id, name: name!, classes: classesOf(store, dataset, id) })),
  ];
}

/**
 * Makes a label set (without an id, by a name no set has) or changes one; of the clips' own (no id, `OWN_LABELS`) the classes alone.
 * Undoable.
 * @throws HarkError `not-found`, `conflict` for a name another set has
 */
export function putLabelSet(store: Store, dataset: number, { id, name, classes }: LabelSet): LabelSet {
  datasetRow(store, dataset);
  const named = storedSet(store, dataset, name === OWN_LABELS ? null : name);
  if (id !== null) {
    const { dataset: home } = labelSetRow(store, id);
    if (home !== dataset) throw missingSet(id);
    if (name === OWN_LABELS || (named && named.id !== id))
      throw new HarkError('conflict', `There is a label set "${name}" already.`, {
        where: 'name',
        remedy: 'Choose another name.',
      });
  }
  const words = id === null && !named && name !== OWN_LABELS ? `Add label set "${name}"` : `Change label set "${name}"`;
  const set = takeStep(store, words, (pen) => {
    const values = { name: name === OWN_LABELS ? null : name, classes: JSON.stringify([...new Set(classes)]) };
    const at = id ?? named?.id;
    if (at === undefined) return pen.insert('label_set', { dataset_id: dataset, ...values });
    pen.update('label_set', at, values);
    return at;
  });
  const own = name === OWN_LABELS;
  return { id: own ? null : set, name, classes: classesOf(store, dataset, own ? null : set) };
}

/** Takes a label set away with all its labels; undoable. @throws HarkError `not-found` */
export function removeLabelSet(store: Store, set: number): void {
  const { name } = labelSetRow(store, set);
  const ids = (sql: string) => store.prepare(sql).pluck().all(set) as number[];
  takeStep(store, `Remove label set "${name}"`, (pen) => {
    for (const id of ids('select id from label where set_id = ?')) pen.remove('label', id);
    for (const id of ids('select id from set_label where set_id = ?')) pen.remove('set_label', id);
    pen.remove('label_set', set);
  });
}

/** A further set; not the row that orders the clips' own classes. @throws HarkError `not-found` */
export function labelSetRow(store: Reads, set: number): StoredSet & { name: string } {
  const row = store.prepare(`${SET} where id = ? and name is not null`).get(set) as
    (StoredSet & { name: string }) | undefined;
  if (!row) throw missingSet(set);
  return row;
}

/** A class that a set does not know takes the next key: said before the first clip gets it. @param set null: the clips' own */
export function addClass(pen: Pen, dataset: number, set: number | null, label: string): void {
  const { store } = pen.rows;
  const known = classesOf(store, dataset, set);
  if (known.includes(label)) return;
  const classes = JSON.stringify([...known, label]);
  const row = set ?? storedSet(store, dataset, null)?.id;
  if (row === undefined) pen.insert('label_set', { dataset_id: dataset, name: null, classes });
  else pen.update('label_set', row, { classes });
}

function classesOf(store: Store, dataset: number, set: number | null): string[] {
  const row = set === null ? storedSet(store, dataset, null) : labelSetRow(store, set);
  const ordered = row ? (JSON.parse(row.classes) as string[]) : [];
  const used =
    set === null
      ? store.prepare('select distinct label from clip where dataset_id = ?').all(dataset)
      : store.prepare('select distinct label from set_label where set_id = ?').all(set);
  return [...new Set([...ordered, ...classNames(used as { label: string }[])])];
}

function storedSet(store: Store, dataset: number, name: string | null): StoredSet | undefined {
  return store.prepare(`${SET} where dataset_id = ? and name is ?`).get(dataset, name) as StoredSet | undefined;
}

function missingSet(set: number): HarkError {
  return new HarkError('not-found', 'This label set is not in the lab.', { where: `label set ${set}` });
}
