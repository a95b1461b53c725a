import type { SoundPool } from '#main/audio/sound-pool.ts';
import { FeatureCache } from '#main/features/cache.ts';
import type { Host } from '#main/lab/host.ts';
import type { Lab } from '#main/lab/lab.ts';
import { Turns } from './turns.ts';

/** What all that trains in a lab shares: one writer of its feature cache, and one order of turns at the machine. */
export interface ExperimentContext {
  lab: Lab;
  host: Host;
  pool: SoundPool;
  readonly cache: FeatureCache;
  turns: Turns;
  /** Once everything that trains has ended. */
  close(): void;
}

export function createContext({
  lab,
  host,
  pool,
}: Pick<ExperimentContext, 'lab' | 'host' | 'pool'>): ExperimentContext {
  let cache: FeatureCache | null = null;
  return {
    ...{ lab, host, pool, turns: new Turns() },
    // Opened when it is first needed: most of what is asked of a lab has no use for it.
    get cache() {
      return (cache ??= FeatureCache.open(lab.path('features')));
    },
    close: () => cache?.close(),
  };
}
