import { readSetting, writeSetting } from '#main/lab/settings.ts';
import type { Store } from '#main/lab/store.ts';
import { KeptMemoryRun, type MemoryTask } from '#shared/domain/memory.ts';

const key = (task: MemoryTask): string => `memory.${task}`;

/** The last finished experiment of a task; null where there is none, or it was kept by a version that wrote it otherwise. */
export function readKept(store: Store, task: MemoryTask): KeptMemoryRun | null {
  const kept = readSetting(store, key(task));
  if (kept === null) return null;
  try {
    return KeptMemoryRun.parse(JSON.parse(kept));
  } catch {
    return null;
  }
}

export function writeKept(store: Store, run: KeptMemoryRun): void {
  writeSetting(store, key(run.settings.task), JSON.stringify(run));
}
