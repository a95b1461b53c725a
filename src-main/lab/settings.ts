import { EngineSettings } from '#shared/domain/system.ts';
import type { Store } from './store.ts';

/** Small things a lab remembers, by name. */
export function readSetting(store: Store, key: string): string | null {
  return (store.prepare('select value from setting where key = ?').pluck().get(key) as string | undefined) ?? null;
}

export function writeSetting(store: Store, key: string, value: string): void {
  store.prepare('insert or replace into setting (key, value) values (?, ?)').run(key, value);
}

export function removeSetting(store: Store, key: string): void {
  store.prepare('delete from setting where key = ?').run(key);
}

const ENGINE = 'engine';

/** The lab's choice of engine; Hark's own where none was made, or what was kept makes no sense any more. */
export function readEngineSettings(store: Store): EngineSettings {
  let kept: unknown = {};
  try {
    kept = JSON.parse(readSetting(store, ENGINE) ?? '{}');
  } catch {
    // As if nothing had been kept.
  }
  const parsed = EngineSettings.safeParse(kept);
  return parsed.success ? parsed.data : EngineSettings.parse({});
}

export function writeEngineSettings(store: Store, settings: EngineSettings): void {
  writeSetting(store, ENGINE, JSON.stringify(settings));
}
