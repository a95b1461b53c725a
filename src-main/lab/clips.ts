import { hash } from 'node:crypto';
import path from 'node:path';
import type { ClipDetail, ClipQuery, ClipRow, LabelEntry } from '#shared/domain/clip.ts';
import type { Layout } from '#shared/domain/dataset.ts';
import type { Edit, SoundShape } from '#shared/domain/edit.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { ClipState } from '#shared/domain/region.ts';
import type { Part } from '#shared/domain/split.ts';
import { datasetFolder, datasetRow } from './datasets.ts';
import { fitEdits, soundBehind } from './shapes.ts';
import type { Store } from './store.ts';

/** All that splitting, reading and training need of a clip. */
export interface ClipRecord {
  id: number;
  /** Path relative to the dataset's folder. */
  file: string;
  /** Absolute path. */
  path: string;
  label: string;
  speaker: string | null;
  /** What the clip was cut from, where several share it. */
  source: string | null;
  official: Part | null;
  /** Which fold of the dataset's own it is in. */
  fold: string | null;
  contentHash: string;
  sampleRate: number;
  /** Seconds. */
  duration: number;
  /** Seconds into the file, where the clip is a part of it. */
  start: number | null;
  end: number | null;
  missing: boolean;
  /** The clip this one was split from. */
  parent: number | null;
  state: ClipState;
  /** The list of edits, oldest first. */
  edits: readonly Edit[];
}

const RECORD = `clip.id, file, clip.label, speaker, source, official, fold, content_hash as contentHash,
  sample_rate as sampleRate, duration, start, "end", missing, parent_id as parent, clip.state, clip.edits`;

const ROW = `clip.id, file, label, speaker, duration, sample_rate as sampleRate, official, missing,
  label <> imported_label as relabelled, edits <> '[]' as edited, clip.state,
  exists (select 1 from clip other where other.dataset_id = clip.dataset_id
    and other.content_hash = clip.content_hash and other.edits = clip.edits and other.id <> clip.id) as duplicate`;

/** Ties are broken the way the index runs, so that no page needs a sort. */
const ORDERS: Record<ClipQuery['sort'], string[]> = {
  file: ['file', 'id'],
  label: ['label', 'file', 'id'],
  speaker: ['speaker', 'file', 'id'],
  duration: ['duration', 'id'],
  sampleRate: ['sample_rate', 'id'],
};

const ONLY: Record<ClipQuery['only'], string | null> = {
  all: null,
  missing: 'missing = 1',
  relabelled: 'label <> imported_label',
  duplicate: `(content_hash, edits) in
    (select content_hash, edits from clip where dataset_id = @dataset group by content_hash, edits having count(*) > 1)`,
  edited: `edits <> '[]'`,
};

/** One page of a dataset's clips, and how many there are in all that answer the query. */
export function listClips(store: Store, query: ClipQuery): { total: number; rows: ClipRow[] } {
  const values: Record<string, string | number> = { dataset: query.dataset };
  const conditions = ['dataset_id = @dataset'];
  const only = ONLY[query.only];
  if (only) conditions.push(only);
  if (query.label !== null) {
    conditions.push('label = @label');
    values['label'] = query.label;
  }
  if (query.speaker !== null) {
    conditions.push('speaker = @speaker');
    values['speaker'] = query.speaker;
  }
  if (query.state !== null) {
    conditions.push('state = @state');
    values['state'] = query.state;
  }
  const words = query.search.split(/\s+/).filter(Boolean);
  words.forEach((word, index) => (values[`word${index}`] = `%${word.replace(/[\\%_]/g, '\\$&')}%`));
  if (words.length > 0) conditions.push(`id in (${searchSql(words.length)})`);
  const where = conditions.join(' and ');
  const order = ORDERS[query.sort].map((column) => `${column} ${query.descending ? 'desc' : 'asc'}`).join(', ');
  const { total } = store.prepare(`select count(*) as total from clip where ${where}`).get(values) as { total: number };
  const rows = store
    .prepare(`select ${ROW} from clip where ${where} order by ${order} limit @limit offset @offset`)
    .all({ ...values, limit: query.limit, offset: query.offset }) as StoredRow[];
  return { total, rows: rows.map(toClipRow) };
}

/** Ids of the clips that all words occur in, from the index of words alone. */
function searchSql(words: number): string {
  const likes = Array.from(
    { length: words },
    (_, index) => `(file || ' ' || label || ' ' || coalesce(speaker, '')) like @word${index} escape '\\'`,
  );
  return `select id from clip indexed by clip_words where dataset_id = @dataset and ${likes.join(' and ')}`;
}

type StoredRow = Record<keyof ClipRow, never>;

function toClipRow(row: StoredRow): ClipRow {
  const { missing, relabelled, duplicate, edited } = row;
  return {
    ...row,
    ...{ missing: missing === 1, relabelled: relabelled === 1, duplicate: duplicate === 1, edited: edited === 1 },
  };
}

/** A clip with its file's properties and its label's history (oldest first). @throws HarkError `not-found` */
export function clipDetail(store: Store, clip: number): ClipDetail {
  const row = store
    .prepare(
      `select ${ROW}, dataset_id as dataset, content_hash as contentHash, container, codec, channels, bits, frames,
        start, "end", warnings, dataset.layout, dataset.root
      from clip join dataset on dataset.id = dataset_id where clip.id = ?`,
    )
    .get(clip) as (StoredRow & { layout: Layout; root: string; warnings: string } & ClipDetail) | undefined;
  if (!row) throw missingClip(clip);
  const { layout, root, ...rest } = row;
  const { source, edits } = soundBehind(store, clip);
  return {
    ...rest,
    ...toClipRow(rest),
    path: path.resolve(datasetFolder(layout, root), row.file),
    version: soundVersion({ ...row, edits }),
    warnings: [...(JSON.parse(row.warnings as unknown as string) as string[]), ...misfit(source, edits)],
    history: labelHistory(store, clip),
  };
}

/** Another word for another sound of a clip: its content, the span of it, and the edits. Part of the addresses of its bulk data. */
export const soundVersion = ({ contentHash, start, end, edits }: SoundOrigin): string =>
  hash('sha1', JSON.stringify([contentHash, start, end, edits]));

export type SoundOrigin = Pick<ClipRecord, 'contentHash' | 'start' | 'end' | 'edits'>;

/** That the edits of a clip no longer fit its file, in words. */
function misfit(source: SoundShape, edits: readonly Edit[]): string[] {
  const fit = fitEdits(source, edits);
  if (!fit.error) return [];
  const words = editWords(edits[fit.edits]);
  return [
    `The file has changed, and edit ${fit.edits + 1} of ${edits.length} (${words}) no longer fits it: ${fit.error.message} The edits are kept, but the sound cannot be made before this one and those after it are taken back.`,
  ];
}

/** One clip as splitting and reading need it. @throws HarkError `not-found` */
export function clipRecord(store: Store, clip: number): ClipRecord {
  const row = store
    .prepare(
      `select ${RECORD}, dataset.layout, dataset.root from clip join dataset on dataset.id = dataset_id where clip.id = ?`,
    )
    .get(clip) as (StoredClip & { layout: Layout; root: string }) | undefined;
  if (!row) throw missingClip(clip);
  return new DatasetClip(datasetFolder(row.layout, row.root), row, (word) => word);
}

/** All clips of a dataset, in the order of their files. @throws HarkError `not-found` */
export function datasetClips(store: Store, dataset: number): ClipRecord[] {
  return records(store, dataset, `select ${RECORD} from clip where dataset_id = ? order by file, id`, dataset);
}

/**
 * The clips of a comparison that are still in the lab, with the edits they had when it began: what is trained on stays the same,
 * whatever has been edited since.
 * @throws HarkError `not-found` for its dataset
 */
export function comparedClips(store: Store, comparison: number, dataset: number): ClipRecord[] {
  const compared = RECORD.replace('clip.edits', `coalesce(comparison_clip.edits, '[]') as edits`);
  const sql = `select ${compared} from comparison_clip join clip on clip.id = clip_id
    where comparison_id = ? order by file, id`;
  return records(store, dataset, sql, comparison);
}

/** The same as they are edited now. */
export function clipsAsEdited(store: Store, comparison: number, dataset: number): ClipRecord[] {
  const sql = `select ${RECORD} from comparison_clip join clip on clip.id = clip_id
    where comparison_id = ? order by file, id`;
  return records(store, dataset, sql, comparison);
}

/** @param sql asked with `id` @throws HarkError `not-found` for the dataset */
function records(store: Store, dataset: number, sql: string, id: number): ClipRecord[] {
  const { layout, root } = datasetRow(store, dataset);
  const folder = datasetFolder(layout, root);
  // SQLite makes every word anew in every row.
  const words = new Map<string | null, string | null>();
  const shared = <Word extends string | null>(word: Word) =>
    (words.get(word) ?? words.set(word, word).get(word)) as Word;
  return Array.from(
    store.prepare(sql).iterate(id) as Iterable<StoredClip>,
    (row) => new DatasetClip(folder, row, shared),
  );
}

type StoredClip = Omit<ClipRecord, 'path' | 'edits'> & { edits: string };

const UNEDITED: readonly Edit[] = [];

/** A record of one of many: small, for there are 100,000 of them in memory while a comparison is planned. */
class DatasetClip implements ClipRecord {
  readonly #folder: string;
  readonly id: number;
  readonly file: string;
  readonly label: string;
  readonly speaker: string | null;
  readonly source: string | null;
  readonly official: Part | null;
  readonly fold: string | null;
  readonly contentHash: string;
  readonly sampleRate: number;
  readonly duration: number;
  readonly start: number | null;
  readonly end: number | null;
  readonly missing: boolean;
  readonly parent: number | null;
  readonly state: ClipState;
  readonly edits: readonly Edit[];

  /** @param shared answers one and the same object for equal words */
  constructor(folder: string, row: StoredClip, shared: <Word extends string | null>(word: Word) => Word) {
    this.#folder = folder;
    this.id = row.id;
    this.file = row.file;
    this.label = shared(row.label);
    this.speaker = shared(row.speaker);
    this.source = row.source;
    this.official = shared(row.official);
    this.fold = shared(row.fold);
    this.contentHash = row.contentHash;
    this.sampleRate = row.sampleRate;
    this.duration = row.duration;
    this.start = row.start;
    this.end = row.end;
    this.missing = Boolean(row.missing);
    this.parent = row.parent;
    this.state = shared(row.state);
    // Of most clips there are none.
    this.edits = row.edits === '[]' ? UNEDITED : (JSON.parse(row.edits) as Edit[]);
  }

  get path(): string {
    return path.resolve(this.#folder, this.file);
  }
}

/** Those that networks are trained and tested on: all but the rejected. */
export const acceptedClips = (clips: readonly ClipRecord[]): ClipRecord[] =>
  clips.filter(({ state }) => state !== 'rejected');

/** How many clips of a dataset are noted as missing. */
export function missingIn(store: Store, dataset: number): number {
  return store.prepare('select count(*) from clip where dataset_id = ? and missing = 1').pluck().get(dataset) as number;
}

/** Notes that a clip's file was found to be gone, or to be there again. */
export function markMissing(store: Store, clip: number, missing: boolean): void {
  store.prepare('update clip set missing = ? where id = ?').run(Number(missing), clip);
}

/** A clip's file has been found at another place, relative to the dataset's folder; what was split from the clip goes with it. */
export function moveClip(store: Store, clip: number, file: string): void {
  const move = store.prepare('update clip set file = ?, missing = 0 where id = ?');
  for (const id of sameSpan(store, clip)) move.run(file, id);
}

/** A clip, and all that were split from it or from those: the clips of one span of one file. */
export function sameSpan(store: Store, clip: number): number[] {
  return store
    .prepare(
      `select other.id from clip join clip other on other.dataset_id = clip.dataset_id and other.file = clip.file
        and other.start is clip.start and other."end" is clip."end"
      where clip.id = ? order by other.id`,
    )
    .pluck()
    .all(clip) as number[];
}

function labelHistory(store: Store, clip: number): LabelEntry[] {
  const rows = store
    .prepare(
      `select id, label, set_id as "set", set_by as setBy, set_at as setAt, undone from label
      where clip_id = ? order by id`,
    )
    .all(clip) as (Omit<LabelEntry, 'undone'> & { undone: number })[];
  return rows.map((row) => ({ ...row, undone: row.undone === 1 }));
}

export function missingClip(clip: number): HarkError {
  return new HarkError('not-found', 'This clip is no longer in the lab.', { where: `clip ${clip}` });
}
