import { HarkError } from '#shared/domain/errors.ts';
import type { KeptMemoryRun, MemoryRun, MemorySettings, MemoryTask, MemoryView } from '#shared/domain/memory.ts';
import type { ExperimentContext } from '../context.ts';
import { readKept, writeKept } from './kept.ts';
import { emptyRun, runExperiment, type ExperimentWork } from './run.ts';

/** The memory laboratory of an open lab. */
export interface MemoryLaboratory {
  view(task: MemoryTask): MemoryView;
  /**
   * Runs an experiment and keeps what came out; stopped or failed, what was kept before stays.
   * @param changed called when `view` answers something new
   * @throws HarkError `conflict` while one is under way, and as `runExperiment`
   */
  run(settings: MemorySettings, work: ExperimentWork, changed: () => void): Promise<KeptMemoryRun>;
}

export function createMemory(context: Pick<ExperimentContext, 'lab' | 'host' | 'turns'>): MemoryLaboratory {
  const { store } = context.lab;
  let running: MemoryRun | null = null;
  return {
    view: (task) => ({ running, last: readKept(store, task) }),
    async run(settings, work, changed) {
      if (running)
        throw new HarkError('conflict', 'An experiment is under way.', { remedy: 'Wait for its end, or stop it.' });
      const onPoint = (run: MemoryRun) => {
        running = run;
        changed();
      };
      onPoint(emptyRun(settings));
      try {
        const kept = await runExperiment(context, settings, { ...work, onPoint });
        writeKept(store, kept);
        return kept;
      } finally {
        running = null;
        changed();
      }
    },
  };
}
