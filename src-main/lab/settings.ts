import type { Store } from './store.ts';

/** Small things a lab remembers, by name. */
export function readSetting(store: Store, key: string): string | null {
  return (store.prepare('select value from setting where key = ?').pluck().get(key) as string | undefined) ?? null;
}

export function writeSetting(store: Store, key: string, value: string): void {
  store.prepare('insert or replace into setting (key, value) values (?, ?)').run(key, value);
}
