import { z } from 'zod';
import type { ComparisonState } from '#shared/domain/comparison.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { SweepSpec, type SweepState } from '#shared/domain/sweep.ts';
import type { Store } from './store.ts';

/** An ablation as the store keeps it. */
export interface SweepRow {
  id: number;
  name: string;
  dataset: number;
  datasetName: string;
  spec: SweepSpec;
  state: SweepState;
  error: string | null;
  /** Why levels could not be begun, by their index. */
  failures: Readonly<Record<string, string>>;
  createdAt: string;
}

const ROW = `sweep.id, sweep.name, dataset_id as dataset, dataset.name as datasetName, spec, sweep.state, error, failures,
  sweep.created_at as createdAt from sweep join dataset on dataset.id = dataset_id`;

/**
 * Writes an ablation down, none of its levels begun.
 * @param failures why levels cannot be begun, one a level; null: it can
 * @returns its id
 */
export function insertSweep(
  store: Store,
  name: string,
  spec: SweepSpec,
  failures: readonly (string | null)[] = [],
): number {
  const known = failures.flatMap((failure, level) => (failure === null ? [] : [[level, failure]]));
  const { lastInsertRowid } = store
    .prepare(
      `insert into sweep (name, dataset_id, spec, state, failures, created_at) values (?, ?, ?, 'running', ?, ?)`,
    )
    .run(
      ...[name, spec.base.dataset, JSON.stringify(spec)],
      ...[JSON.stringify(Object.fromEntries(known)), new Date().toISOString()],
    );
  return Number(lastInsertRowid);
}

/** @throws HarkError `not-found` */
export function sweepRow(store: Store, sweep: number): SweepRow {
  const row = store.prepare(`select ${ROW} where sweep.id = ?`).get(sweep);
  if (!row) throw new HarkError('not-found', 'This ablation is not in the lab.', { where: `ablation ${sweep}` });
  return parseRow(row as StoredRow);
}

/** All ablations, the newest first, without those of removed datasets. */
export function sweepRows(store: Store): SweepRow[] {
  const rows = store.prepare(`select ${ROW} where removed_at is null order by sweep.id desc`).all();
  return (rows as StoredRow[]).map(parseRow);
}

/** The ablations of a dataset, the oldest first. */
export function sweepsOf(store: Store, dataset: number): SweepRow[] {
  const rows = store.prepare(`select ${ROW} where dataset_id = ? order by sweep.id`).all(dataset);
  return (rows as StoredRow[]).map(parseRow);
}

/** Ablations of removed datasets: what goes with them when the history is cleared. */
export function removedSweeps(store: Store): number[] {
  return store
    .prepare(
      'select sweep.id from sweep join dataset on dataset.id = dataset_id where removed_at is not null order by 1',
    )
    .pluck()
    .all() as number[];
}

type StoredRow = Record<keyof SweepRow, string | number | null>;

function parseRow(row: StoredRow): SweepRow {
  return {
    ...(row as unknown as SweepRow),
    spec: SweepSpec.parse(JSON.parse(String(row.spec))),
    failures: z.record(z.string(), z.string()).parse(JSON.parse(String(row.failures))),
  };
}

/** The comparison of one level. */
export interface LevelComparison {
  comparison: number;
  level: number;
  state: ComparisonState;
  error: string | null;
  secondsSpent: number;
}

/** The comparisons of an ablation in the order of its levels; none for levels not begun, or whose comparison was deleted. */
export function levelComparisons(store: Store, sweep: number): LevelComparison[] {
  return store
    .prepare(
      `select id as comparison, sweep_level as level, state, error, seconds_spent as secondsSpent
      from comparison where sweep_id = ? order by sweep_level`,
    )
    .all(sweep) as LevelComparison[];
}

/** The ablation a comparison is a level of; null: of none, or there is no such comparison. */
export function sweepOf(store: Store, comparison: number): number | null {
  const sweep = store.prepare('select sweep_id from comparison where id = ?').pluck().get(comparison);
  return (sweep as number | null | undefined) ?? null;
}

export function nameSweep(store: Store, sweep: number, name: string): void {
  store.prepare('update sweep set name = ? where id = ?').run(name, sweep);
}

export function setSweepState(store: Store, sweep: number, state: SweepState, error: string | null = null): void {
  store.prepare('update sweep set state = ?, error = ? where id = ?').run(state, error, sweep);
}

/** Notes why a level could not be begun; null: it may be tried again. */
export function setLevelFailure(store: Store, sweep: number, level: number, failure: string | null): void {
  const path = `$."${level}"`;
  if (failure === null)
    store.prepare('update sweep set failures = json_remove(failures, ?) where id = ?').run(path, sweep);
  else store.prepare('update sweep set failures = json_set(failures, ?, ?) where id = ?').run(path, failure, sweep);
}

/** Deletes it with its comparisons and all that hangs on them; their files are the caller's. */
export function deleteSweep(store: Store, sweep: number): void {
  store.prepare('delete from sweep where id = ?').run(sweep);
}

/** What an ended process left at work is interrupted; called when a lab is opened, before anything is at work. */
export function markSweepsInterrupted(store: Store): void {
  store.exec(`update sweep set state = 'interrupted' where state = 'running'`);
}
