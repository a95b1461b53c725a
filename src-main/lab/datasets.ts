import path from 'node:path';
import type { DatasetSummary, Layout, Skipped } from '#shared/domain/dataset.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { sortFolds } from '#shared/domain/split.ts';
import type { Store } from './store.ts';

export interface DatasetRow {
  id: number;
  name: string;
  layout: Layout;
  root: string;
  createdAt: string;
  state: DatasetSummary['state'];
}

const COLUMNS = 'id, name, layout, root, created_at as createdAt, state';

/** The folder a dataset's files are relative to: its root, or where its manifest lies. */
export function datasetFolder(layout: Layout, root: string): string {
  return layout === 'csv' ? path.dirname(root) : root;
}

/** @throws HarkError `not-found`, also for one that was removed */
export function datasetRow(store: Store, dataset: number): DatasetRow {
  const row = store.prepare(`select ${COLUMNS} from dataset where id = ? and removed_at is null`).get(dataset);
  if (!row)
    throw new HarkError('not-found', 'This dataset is not in the lab.', {
      where: `dataset ${dataset}`,
      remedy: 'Undo its removal, or import its folder again.',
    });
  return row as DatasetRow;
}

/** The dataset imported from this folder or manifest (an absolute real path), if there is one. */
export function datasetByRoot(store: Store, root: string): DatasetRow | null {
  const row = store
    .prepare(`select ${COLUMNS} from dataset where root = ? and removed_at is null order by id`)
    .get(root);
  return (row as DatasetRow | undefined) ?? null;
}

/** The datasets of a name (letter case ignored), for those who name one instead of numbering it. */
export function datasetsByName(store: Store, name: string): DatasetRow[] {
  return store
    .prepare(`select ${COLUMNS} from dataset where name = ? collate nocase and removed_at is null order by id`)
    .all(name) as DatasetRow[];
}

/** All datasets, oldest first. */
export function listDatasets(store: Store): DatasetSummary[] {
  const rows = store.prepare(`select ${COLUMNS} from dataset where removed_at is null order by id`).all();
  return (rows as DatasetRow[]).map((row) => summarise(store, row));
}

/** @throws HarkError `not-found` */
export function getDataset(store: Store, dataset: number): DatasetSummary {
  return summarise(store, datasetRow(store, dataset));
}

/** Files that stayed out of a dataset, and why. */
export function listSkipped(store: Store, dataset: number): Skipped[] {
  return store.prepare('select file, reason from skipped where dataset_id = ? order by file').all(dataset) as Skipped[];
}

/** All of a dataset's files have been found under another root. */
export function moveDataset(store: Store, dataset: number, root: string): void {
  store.prepare('update dataset set root = ? where id = ?').run(root, dataset);
}

function summarise(store: Store, row: DatasetRow): DatasetSummary {
  const figures = store
    .prepare(
      `select count(*) as clips, count(distinct label) as classes, count(distinct speaker) as speakers,
        total(duration) as seconds, total(missing) as missing, count(official) > 0 as official
      from clip where dataset_id = ?`,
    )
    .get(row.id) as Record<'clips' | 'classes' | 'speakers' | 'seconds' | 'missing' | 'official', number>;
  const rates = store.prepare('select distinct sample_rate from clip where dataset_id = ? order by 1').pluck();
  const folds = store.prepare('select distinct fold from clip where dataset_id = ? and fold is not null').pluck();
  const skipped = store.prepare('select count(*) from skipped where dataset_id = ?').pluck();
  return {
    ...row,
    ...figures,
    official: figures.official === 1,
    folds: sortFolds(folds.all(row.id) as string[]),
    sampleRates: rates.all(row.id) as number[],
    skipped: skipped.get(row.id) as number,
  };
}
