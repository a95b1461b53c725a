import { z } from 'zod';
import { ComparisonSpec, type ComparisonState } from '#shared/domain/comparison.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { type FactorId, FACTORS, type LevelValue } from '#shared/domain/factors.ts';
import { SplitCounts, type Part } from '#shared/domain/split.ts';
import type { Skipped } from '#shared/domain/dataset.ts';
import { insertRuns, type NewRun } from './runs.ts';
import type { Store } from './store.ts';

/** A comparison as the store keeps it. */
export interface ComparisonRow {
  id: number;
  name: string;
  tags: string[];
  pinned: boolean;
  dataset: number;
  datasetName: string;
  /** The ablation it is of, and what its level is called there. */
  sweep: { id: number; name: string; level: string } | null;
  spec: ComparisonSpec;
  state: ComparisonState;
  error: string | null;
  createdAt: string;
  split: SplitCounts;
  classes: string[];
  /** Features per frame. */
  inputSize: number;
  /** '' until a trainer has told. */
  backend: string;
  skipped: Skipped[];
  secondsSpent: number;
}

/** The part and label a clip had when the comparison began. */
export interface ComparisonClip {
  clip: number;
  part: Part;
  label: string;
}

/** The same with the edits it had: its features are of the sound as it was. */
export interface NewComparisonClip extends ComparisonClip {
  edits: readonly Edit[];
}

/** Which level of which ablation a comparison is. */
export interface SweepPlace {
  sweep: number;
  /** Counted from 0. */
  level: number;
}

export interface NewComparison {
  name: string;
  spec: ComparisonSpec;
  split: SplitCounts;
  classes: string[];
  inputSize: number;
  clips: NewComparisonClip[];
  runs: NewRun[];
}

const ROW = `comparison.id, comparison.name, tags, pinned, comparison.dataset_id as dataset, dataset.name as datasetName,
  comparison.spec, comparison.state, comparison.error, comparison.created_at as createdAt, split_counts as split, classes,
  input_size as inputSize, backend, skipped, seconds_spent as secondsSpent, sweep_id as sweepId, sweep.name as sweepName,
  sweep.spec ->> '$.factor' as factor, sweep.spec -> ('$.levels[' || sweep_level || ']') as level
  from comparison join dataset on dataset.id = comparison.dataset_id left join sweep on sweep.id = sweep_id`;

/** Writes a comparison down with its runs and the clips it is fixed to. @returns its id */
export function insertComparison(store: Store, comparison: NewComparison, place: SweepPlace | null = null): number {
  const { name, spec, split, classes, inputSize, clips, runs } = comparison;
  return store.transaction(() => {
    const { lastInsertRowid } = store
      .prepare(
        `insert into comparison (name, dataset_id, spec, state, created_at, split_counts, classes, input_size, sweep_id, sweep_level)
        values (?, ?, ?, 'preparing', ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        name,
        spec.dataset,
        JSON.stringify(spec),
        new Date().toISOString(),
        JSON.stringify(split),
        JSON.stringify(classes),
        inputSize,
        place?.sweep ?? null,
        place?.level ?? null,
      );
    const id = Number(lastInsertRowid);
    const insert = store.prepare(
      'insert into comparison_clip (comparison_id, clip_id, part, label, edits) values (?, ?, ?, ?, ?)',
    );
    for (const { clip, part, label, edits } of clips)
      insert.run(id, clip, part, label, edits.length > 0 ? JSON.stringify(edits) : null);
    insertRuns(store, id, runs);
    return id;
  })();
}

/** @throws HarkError `not-found` */
export function comparisonRow(store: Store, comparison: number): ComparisonRow {
  const row = store.prepare(`select ${ROW} where comparison.id = ?`).get(comparison);
  if (!row)
    throw new HarkError('not-found', 'This comparison is not in the lab.', { where: `comparison ${comparison}` });
  return parseRow(row as StoredRow);
}

/** All comparisons, the newest first; those of a dataset that was removed come back with it when the removal is undone. */
export function comparisonRows(store: Store): ComparisonRow[] {
  return (store.prepare(`select ${ROW} where removed_at is null order by comparison.id desc`).all() as StoredRow[]).map(
    parseRow,
  );
}

/** The comparisons of a dataset, the oldest first. */
export function comparisonsOf(store: Store, dataset: number): ComparisonRow[] {
  const rows = store.prepare(`select ${ROW} where comparison.dataset_id = ? order by comparison.id`).all(dataset);
  return (rows as StoredRow[]).map(parseRow);
}

interface StoredRow extends Record<Exclude<keyof ComparisonRow, 'sweep'>, string | number | null> {
  sweepId: number | null;
  /** These three are null with it. */
  sweepName: string | null;
  factor: FactorId | null;
  /** JSON. */
  level: string | null;
}

function parseRow(stored: StoredRow): ComparisonRow {
  const json = (text: string | number | null): unknown => JSON.parse(String(text));
  const { sweep, ...row } = splitSweep(stored);
  return {
    ...(row as unknown as ComparisonRow),
    sweep,
    tags: z.array(z.string()).parse(json(row.tags)),
    pinned: row.pinned === 1,
    spec: ComparisonSpec.parse(json(row.spec)),
    split: SplitCounts.parse(json(row.split)),
    classes: z.array(z.string()).parse(json(row.classes)),
    skipped: z.array(z.object({ file: z.string(), reason: z.string() })).parse(json(row.skipped)),
  };
}

function splitSweep({ sweepId, sweepName, factor, level, ...row }: StoredRow) {
  const sweep = sweepId === null ? null : { id: sweepId, name: sweepName!, level: levelWords(factor!, level!) };
  return { ...row, sweep };
}

const levelWords = (factor: FactorId, level: string) => FACTORS[factor].words(JSON.parse(level) as LevelValue);

export function nameComparison(
  store: Store,
  comparison: number,
  { name, tags, pinned }: { name?: string | undefined; tags?: string[] | undefined; pinned?: boolean | undefined },
): void {
  store
    .prepare(
      'update comparison set name = coalesce(?, name), tags = coalesce(?, tags), pinned = coalesce(?, pinned) where id = ?',
    )
    .run(name ?? null, tags ? JSON.stringify(tags) : null, pinned === undefined ? null : Number(pinned), comparison);
}

export function setComparisonState(
  store: Store,
  comparison: number,
  state: ComparisonState,
  error: string | null = null,
): void {
  store.prepare('update comparison set state = ?, error = ? where id = ?').run(state, error, comparison);
}

export function setComparisonBackend(store: Store, comparison: number, backend: string): void {
  store.prepare('update comparison set backend = ? where id = ?').run(backend, comparison);
}

export function addSecondsSpent(store: Store, comparison: number, seconds: number): void {
  store.prepare('update comparison set seconds_spent = seconds_spent + ? where id = ?').run(seconds, comparison);
}

/** Takes clips that could not be read out of a comparison that has not begun to train. */
export function leaveOutClips(store: Store, comparison: number, clips: (Skipped & { clip: number })[]): void {
  if (clips.length === 0) return;
  store.transaction(() => {
    const { skipped, split } = comparisonRow(store, comparison);
    const remove = store.prepare('delete from comparison_clip where comparison_id = ? and clip_id = ?');
    for (const { clip } of clips) remove.run(comparison, clip);
    const counted = store
      .prepare('select part, count(*) from comparison_clip where comparison_id = ? group by part')
      .raw()
      .all(comparison) as [Part, number][];
    const counts: SplitCounts = { ...split, train: 0, validation: 0, test: 0, ...Object.fromEntries(counted) };
    const all = [...skipped, ...clips.map(({ file, reason }) => ({ file, reason }))];
    store
      .prepare('update comparison set skipped = ?, split_counts = ? where id = ?')
      .run(JSON.stringify(all), JSON.stringify(counts), comparison);
  })();
}

/** In the order of their ids. */
export function comparisonClips(store: Store, comparison: number): ComparisonClip[] {
  return store
    .prepare('select clip_id as clip, part, label from comparison_clip where comparison_id = ? order by clip_id')
    .all(comparison) as ComparisonClip[];
}

/** How many of a comparison's clips bear another label now than when it began. */
export function changedLabels(store: Store, comparison: number): number {
  return store
    .prepare(
      `select count(*) from comparison_clip join clip on clip.id = clip_id
      where comparison_id = ? and clip.label <> comparison_clip.label`,
    )
    .pluck()
    .get(comparison) as number;
}

/** How many of a comparison's clips were edited when it began, and how many have other edits now. */
export function clipEdits(store: Store, comparison: number): { edited: number; changed: number } {
  return store
    .prepare(
      `select count(comparison_clip.edits) as edited,
        total(coalesce(comparison_clip.edits, '[]') <> clip.edits) as changed
      from comparison_clip left join clip on clip.id = clip_id where comparison_id = ?`,
    )
    .get(comparison) as { edited: number; changed: number };
}

/** Deletes it with its runs and all that hangs on them; its files are the caller's. */
export function deleteComparison(store: Store, comparison: number): void {
  store.prepare('delete from comparison where id = ?').run(comparison);
}

/** What an ended process left at work is interrupted; called when a lab is opened, before anything is at work. */
export function markInterrupted(store: Store): void {
  store.transaction(() => {
    store.exec(`update comparison set state = 'interrupted' where state in ('preparing', 'training')`);
    store.exec(`update run set state = 'interrupted' where state = 'training'`);
  })();
}
