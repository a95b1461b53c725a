import type { Statement } from 'better-sqlite3';
import { HarkError } from '#shared/domain/errors.ts';
import { freshId } from './fresh-id.ts';
import { reshaper } from './shapes.ts';
import type { Store } from './store.ts';

/** What a step of the history may change: tables (see `tableOf`) and their columns. */
const ENTITIES = {
  dataset: ['name', 'removed_at'],
  clip: ['parent_id', 'source', 'label', 'imported_label', 'edits', 'state', 'note'],
  /** A clip of a file of its own. */
  recording: [
    ...['dataset_id', 'file', 'size', 'mtime_ms', 'content_hash', 'container', 'codec', 'sample_rate'],
    ...['channels', 'bits', 'frames', 'duration', 'speaker', 'label', 'imported_label', 'warnings'],
  ],
  label: ['clip_id', 'set_id', 'label', 'set_by', 'set_at', 'undone'],
  label_set: ['dataset_id', 'name', 'classes'],
  set_label: ['set_id', 'clip_id', 'label'],
  tier: ['dataset_id', 'name', 'kind', 'position'],
  region: ['clip_id', 'tier_id', 'start', 'end', 'f_min', 'f_max', 'label', 'note', 'set_by', 'set_at'],
  suspect: ['verdict'],
} as const;
export type Entity = keyof typeof ENTITIES;

export type Value = string | number | null;
export type Values<E extends Entity = Entity> = Partial<Record<(typeof ENTITIES)[E][number], Value>>;
/** The same when what is written is not known to the compiler: from the log. */
export type AnyValues = Record<string, Value>;

const tableOf = (entity: Entity): Exclude<Entity, 'recording'> => (entity === 'recording' ? 'clip' : entity);

/** What a clip that is split off has of the clip it comes from. */
const OF_PARENT = `dataset_id, file, start, "end", size, mtime_ms, content_hash, container, codec, bits, speaker, official, fold,
  missing, warnings, frames, sample_rate, channels, duration`;

/** Reads and writes rows by table and number, with statements prepared once. */
export class Rows {
  readonly store: Store;
  readonly #statements = new Map<string, Statement>();
  readonly #reshape: (clip: number) => void;

  constructor(store: Store) {
    this.store = store;
    this.#reshape = reshaper(store);
  }

  prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.store.prepare(sql)));
    return statement;
  }

  /** The columns asked for; undefined where there is no such row. */
  read(entity: Entity, id: number, columns: readonly string[] = ENTITIES[entity]): AnyValues | undefined {
    const sql = `select ${quoted(entity, columns).join(', ')} from ${tableOf(entity)} where id = ?`;
    return this.prepare(sql).get(id) as AnyValues | undefined;
  }

  /** @param id null: a new one @returns its id */
  insert(entity: Entity, id: number | null, values: AnyValues): number {
    const columns = quoted(entity, Object.keys(values));
    const table = tableOf(entity);
    const number = id === null ? (table === 'clip' || table === 'label' ? freshId(table) : 'null') : '?';
    const marks = columns.map(() => '?').join(', ');
    const given = [...(id === null ? [] : [id]), ...Object.values(values)];
    if (entity !== 'clip') {
      const struck = entity === 'label' ? 'on conflict (id) do update set undone = excluded.undone' : '';
      const sql = `insert into ${table} (id, ${columns.join(', ')}) values (${number}, ${marks}) ${struck}`;
      return Number(this.prepare(sql).run(...given).lastInsertRowid);
    }
    // Its file is its parent's, as it is known now.
    const sql = `insert into clip (id, ${columns.join(', ')}, ${OF_PARENT}, source_frames, source_rate, source_channels)
      select ${number}, ${marks}, ${OF_PARENT}, coalesce(source_frames, frames), coalesce(source_rate, sample_rate),
        coalesce(source_channels, channels) from clip where id = ?`;
    const clip = Number(this.prepare(sql).run(...given, values['parent_id']).lastInsertRowid);
    this.#reshape(clip);
    return clip;
  }

  update(entity: Entity, id: number, values: AnyValues): void {
    const set = quoted(entity, Object.keys(values)).map((column) => `${column} = ?`);
    this.prepare(`update ${tableOf(entity)} set ${set.join(', ')} where id = ?`).run(...Object.values(values), id);
    if (entity === 'clip' && 'edits' in values) this.#reshape(id);
  }

  /** An entry of a label's history is struck out, not forgotten. */
  remove(entity: Entity, id: number): void {
    if (entity === 'label') this.prepare('update label set undone = 1 where id = ?').run(id);
    else this.prepare(`delete from ${tableOf(entity)} where id = ?`).run(id);
  }
}

/** @throws HarkError `internal` for what no step may change */
function quoted(entity: Entity, columns: readonly string[]): string[] {
  const known: readonly string[] | undefined = ENTITIES[entity];
  return columns.map((column) => {
    if (known?.includes(column)) return `"${column}"`;
    throw new HarkError('internal', `The history cannot change "${entity}.${column}".`);
  });
}
