import { type AnyValues, type Entity, Rows, type Values } from './rows.ts';
import type { Store } from './store.ts';

/** Columns that are JSON lists which mostly grow at their end: of them the log keeps the tail that changed. */
const LISTS: readonly string[] = ['clip.edits', 'label_set.classes'];

/** The part of a list from a place on. */
interface Tail {
  from: number;
  items: unknown[];
}
type Logged = Record<string, AnyValues[string] | Tail>;

/** Writes rows, and notes in the step at hand what they were before and are after. */
export class Pen {
  readonly rows: Rows;
  readonly #store: Store;
  #step: number | null = null;
  #position = 0;

  constructor(store: Store) {
    this.#store = store;
    this.rows = new Rows(store);
  }

  /** @returns the row's id, which it keeps when it is undone and done again */
  insert<E extends Entity>(entity: E, values: Values<E>): number {
    const id = this.rows.insert(entity, null, values as AnyValues);
    this.#log(entity, id, null, values as AnyValues);
    return id;
  }

  /** What a row has already changes nothing. @returns whether anything was changed */
  update<E extends Entity>(entity: E, id: number, values: Values<E>): boolean {
    const now = this.rows.read(entity, id, Object.keys(values));
    if (!now) return false;
    const changed = Object.entries(values as AnyValues).filter(([column, value]) => now[column] !== value);
    if (changed.length === 0) return false;
    const after = Object.fromEntries(changed);
    this.rows.update(entity, id, after);
    const [was, is]: [Logged, Logged] = [{}, {}];
    for (const [column, value] of changed)
      if (LISTS.includes(`${entity}.${column}`)) [was[column], is[column]] = tails(now[column], value);
      else [was[column], is[column]] = [now[column], value];
    this.#log(entity, id, was, is);
    return true;
  }

  /** What hangs on the row must have been removed before it. */
  remove(entity: Entity, id: number): void {
    const values = this.rows.read(entity, id);
    if (!values) return;
    this.rows.remove(entity, id);
    this.#log(entity, id, values, null);
  }

  /** Ends the step; one that changed nothing leaves no trace. */
  close(words: () => string): void {
    if (this.#step !== null) this.rows.prepare('update step set words = ? where id = ?').run(words(), this.#step);
  }

  #log(entity: Entity, id: number, before: Logged | null, after: Logged | null): void {
    this.#step ??= this.#begin();
    this.rows
      .prepare('insert into step_change values (?, ?, ?, ?, ?, ?)')
      .run(this.#step, this.#position++, entity, id, json(before), json(after));
  }

  /** Steps that had been undone cannot be done again after another. */
  #begin(): number {
    this.#store.prepare('delete from step where undone = 1').run();
    const step = this.#store.prepare(`insert into step (at, words) values (?, '')`).run(new Date().toISOString());
    return Number(step.lastInsertRowid);
  }
}

/**
 * Does what `write` does and keeps it as one step of the lab's history, in one transaction. Steps that had been undone can no longer
 * be done again after it.
 * @param words what the history calls it; asked for when all is written
 */
export function takeStep<T>(store: Store, words: string | ((result: T) => string), write: (pen: Pen) => T): T {
  return store.transaction(() => {
    const pen = new Pen(store);
    const result = write(pen);
    pen.close(() => (typeof words === 'string' ? words : words(result)));
    return result;
  })();
}

interface Change {
  position: number;
  entity: Entity;
  row_id: number;
  before: string | null;
  after: string | null;
}

/** Changes read at once: a step may hold hundreds of thousands. */
const PAGE = 10_000;

/** Writes a step's rows as they were before it (the last first), or as they were after it. */
export function replay(store: Store, step: number, way: 'before' | 'after'): void {
  const rows = new Rows(store);
  const [beyond, order] = way === 'after' ? ['>', 'asc'] : ['<', 'desc'];
  const page = store.prepare(
    `select position, entity, row_id, before, after from step_change
    where step_id = ? and position ${beyond} ? order by position ${order} limit ${PAGE}`,
  );
  let at = way === 'after' ? -1 : Number.MAX_SAFE_INTEGER;
  for (;;) {
    const changes = page.all(step, at) as Change[];
    for (const { entity, row_id: id, before, after } of changes) {
      const [from, to] = way === 'after' ? [before, after] : [after, before];
      if (to === null) rows.remove(entity, id);
      else if (from === null) rows.insert(entity, id, JSON.parse(to) as AnyValues);
      else restore(rows, entity, id, JSON.parse(to) as Logged);
    }
    if (changes.length < PAGE) return;
    at = changes[PAGE - 1].position;
  }
}

function restore(rows: Rows, entity: Entity, id: number, logged: Logged): void {
  const values: AnyValues = {};
  for (const [column, value] of Object.entries(logged))
    values[column] =
      typeof value === 'object' && value !== null
        ? JSON.stringify([...list(rows.read(entity, id, [column])?.[column]).slice(0, value.from), ...value.items])
        : value;
  rows.update(entity, id, values);
}

/** Two lists without the beginning they share. */
function tails(before: unknown, after: unknown): [Tail, Tail] {
  const [a, b] = [list(before), list(after)];
  const differs = a.findIndex((item, index) => index >= b.length || JSON.stringify(item) !== JSON.stringify(b[index]));
  const from = differs < 0 ? a.length : differs;
  return [
    { from, items: a.slice(from) },
    { from, items: b.slice(from) },
  ];
}

const list = (text: unknown): unknown[] => (typeof text === 'string' ? (JSON.parse(text) as unknown[]) : []);
const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
