import type { ClassCount, DatasetSummary, Layout, Skipped } from '#shared/domain/dataset.ts';
import type { Part } from '#shared/domain/split.ts';
import { sameSpan } from './clips.ts';
import { freshId } from './fresh-id.ts';
import { reshaper } from './shapes.ts';
import type { Store } from './store.ts';

/** Size in bytes and time of change: what tells an unchanged file without reading it. */
export interface FileStamp {
  size: number;
  mtimeMs: number;
}

/** What was read from a sound file. */
export interface FileFacts extends FileStamp {
  contentHash: string;
  container: string;
  codec: string;
  sampleRate: number;
  channels: number;
  bits: number | null;
  frames: number;
  /** Seconds. */
  duration: number;
  warnings: string[];
}

export interface NewClip extends FileFacts {
  file: string;
  label: string;
  speaker: string | null;
  source: string | null;
  official: Part | null;
  /** Which fold of the dataset's own it is in. */
  fold: string | null;
  note: string;
  start: number | null;
  end: number | null;
}

export interface NewBackground extends FileStamp {
  file: string;
  contentHash: string;
  sampleRate: number;
  duration: number;
}

export type SkippedFile = Skipped & FileStamp;

/** A clip's place in its dataset, as one word. */
export const clipKey = (file: string, start: number | null, end: number | null): string =>
  start === null && end === null ? file : `${file}\n${start ?? ''}\n${end ?? ''}`;

/** What a dataset holds of one file. */
export interface KnownFile {
  stamp: FileStamp;
  /** Its clips' ids by `clipKey`. */
  clips: Map<string, number>;
}

/** What a dataset held before an import, so that only what is new is read. */
export interface KnownFiles {
  /** Files with clips in the dataset. */
  readonly count: number;
  /** What there is of these files, looked up when it is asked for: no memory goes with the number of clips. */
  of(files: readonly string[]): Map<string, KnownFile>;
  backgrounds: Map<string, FileStamp>;
  skipped: Map<string, FileStamp>;
}

export function createDataset(store: Store, name: string, layout: Layout, root: string): number {
  const { lastInsertRowid } = store
    .prepare(`insert into dataset (name, layout, root, created_at, state) values (?, ?, ?, ?, 'importing')`)
    .run(name, layout, root, new Date().toISOString());
  return Number(lastInsertRowid);
}

export function setDatasetState(store: Store, dataset: number, state: DatasetSummary['state']): void {
  store.prepare('update dataset set state = ? where id = ?').run(state, dataset);
}

/** Lets SQLite look at how clips are spread, so that it picks the right index; a glance, not a scan. */
export function analyseClips(store: Store): void {
  store.pragma('analysis_limit = 400');
  store.exec('analyze clip');
}

/** Takes back a dataset that an import has just made and that nothing went into. */
export function discardDataset(store: Store, dataset: number): void {
  store.prepare('delete from dataset where id = ?').run(dataset);
}

export function knownFiles(store: Store, dataset: number): KnownFiles {
  const clips = store
    .prepare(
      `select file, id, start, "end", size, mtime_ms from clip
      where dataset_id = ? and parent_id is null and file in (select value from json_each(?))`,
    )
    .raw();
  const stampsIn = (table: 'background' | 'skipped') => {
    const rows = store
      .prepare(`select file, size, mtime_ms as mtimeMs from ${table} where dataset_id = ?`)
      .iterate(dataset) as Iterable<{ file: string } & FileStamp>;
    const stamps = new Map<string, FileStamp>();
    for (const { file, size, mtimeMs } of rows) stamps.set(file, { size, mtimeMs });
    return stamps;
  };
  return {
    count: store.prepare('select count(distinct file) from clip where dataset_id = ?').pluck().get(dataset) as number,
    of(files) {
      const found = new Map<string, KnownFile>();
      type Row = [file: string, id: number, start: number | null, end: number | null, size: number, mtimeMs: number];
      for (const [file, id, start, end, size, mtimeMs] of clips.all(dataset, JSON.stringify(files)) as Row[]) {
        let known = found.get(file);
        if (!known) found.set(file, (known = { stamp: { size, mtimeMs }, clips: new Map() }));
        known.stamp = { size, mtimeMs };
        known.clips.set(clipKey(file, start, end), id);
      }
      return found;
    },
    backgrounds: stampsIn('background'),
    skipped: stampsIn('skipped'),
  };
}

/** Prepared statements that write what an import has read. */
export interface ImportWriter {
  /** @returns the clip's id */
  addClip(clip: NewClip): number;
  /** The file behind a clip (and what was split from it) has changed: its facts are new, its labels, edits and regions stay. */
  refreshClip(id: number, facts: FileFacts): void;
  addBackground(background: NewBackground): void;
  addSkipped(skipped: SkippedFile): void;
  dropSkipped(file: string): void;
}

export function importWriter(store: Store, dataset: number): ImportWriter {
  const at = new Date().toISOString();
  const clip = store.prepare(
    `insert into clip (id, dataset_id, file, start, "end", size, mtime_ms, content_hash, container, codec, sample_rate,
      channels, bits, frames, duration, speaker, source, official, fold, note, label, imported_label, warnings)
    values (${freshId('clip')}, @dataset, @file, @start, @end, @size, @mtimeMs, @contentHash, @container, @codec,
      @sampleRate, @channels, @bits, @frames, @duration, @speaker, @source, @official, @fold, @note, @label, @label, @warnings)`,
  );
  const label = store.prepare(
    `insert into label (id, clip_id, label, set_by, set_at) values (${freshId('label')}, ?, ?, 'import', ?)`,
  );
  const refresh = store.prepare(
    `update clip set size = @size, mtime_ms = @mtimeMs, content_hash = @contentHash, container = @container,
      codec = @codec, source_rate = @sampleRate, source_channels = @channels, bits = @bits, source_frames = @frames,
      warnings = @warnings, missing = 0 where id = @id`,
  );
  const reshape = reshaper(store);
  const background = store.prepare(
    `insert or replace into background (dataset_id, file, size, mtime_ms, content_hash, sample_rate, duration)
    values (@dataset, @file, @size, @mtimeMs, @contentHash, @sampleRate, @duration)`,
  );
  const skipped = store.prepare(
    `insert or replace into skipped (dataset_id, file, reason, size, mtime_ms) values (@dataset, @file, @reason, @size, @mtimeMs)`,
  );
  const unskip = store.prepare('delete from skipped where dataset_id = ? and file = ?');
  return {
    addClip(values) {
      const { lastInsertRowid } = clip.run({ ...values, dataset, warnings: JSON.stringify(values.warnings) });
      label.run(lastInsertRowid, values.label, at);
      return Number(lastInsertRowid);
    },
    refreshClip(clip, facts) {
      for (const id of sameSpan(store, clip)) {
        refresh.run({ ...facts, id, warnings: JSON.stringify(facts.warnings) });
        reshape(id);
      }
    },
    addBackground: (values) => void background.run({ ...values, dataset }),
    addSkipped: (values) => void skipped.run({ ...values, dataset }),
    dropSkipped: (file) => void unskip.run(dataset, file),
  };
}

export function classCounts(store: Store, dataset: number): ClassCount[] {
  return store
    .prepare('select label as name, count(*) as clips from clip where dataset_id = ? group by label order by label')
    .all(dataset) as ClassCount[];
}
