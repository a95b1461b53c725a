import { setImmediate } from 'node:timers/promises';
import { sweepsOf } from '#main/lab/sweeps.ts';
import type { Store } from '#main/lab/store.ts';
import type { CellSummary, PairedTest } from '#shared/domain/comparison.ts';
import type { FactorId } from '#shared/domain/factors.ts';
import { MEMORY_TASKS, type KeptMemoryRun } from '#shared/domain/memory.ts';
import { describeSplit } from '#shared/domain/split.ts';
import type { SweepView } from '#shared/domain/sweep.ts';
import type { MemoryLaboratory } from '../memory/memory.ts';
import type { Sweeps } from '../sweeps/types.ts';
import type { TestedComparison } from '../tested.ts';

/** What one comparison came to. */
export interface ComparisonEvidence {
  id: number;
  name: string;
  /** The setting that the ablation changes which it is a level of; null: of none. */
  ablates: FactorId | null;
  splitWords: string;
  /** What stands on both sides of the split, in words; null: nothing does. */
  leakNote: string | null;
  /** Context frames of the DNN. */
  context: number;
  /** One a tested cell. */
  summary: readonly CellSummary[];
  tests: readonly PairedTest[];
}

/** All that a lab's own results have to say of a dataset. */
export interface Evidence {
  /** The newest first, as all lists here. */
  comparisons: readonly ComparisonEvidence[];
  /** Those of which two levels at least have been tested. */
  sweeps: readonly SweepView[];
  memory: readonly KeptMemoryRun[];
}

export interface EvidenceSources {
  store: Store;
  sweeps: Pick<Sweeps, 'view'>;
  memory: Pick<MemoryLaboratory, 'view'>;
}

/** Reads what there is, an ablation at a time, so that others are served between. */
export async function gatherEvidence(
  { store, sweeps, memory }: EvidenceSources,
  dataset: number,
  tested: readonly TestedComparison[],
): Promise<Evidence> {
  const views: SweepView[] = [];
  const factors = new Map<number, FactorId>();
  for (const { id, spec } of sweepsOf(store, dataset)) {
    await setImmediate();
    factors.set(id, spec.factor);
    const view = sweeps.view(id);
    if (view.levels.filter(({ summary }) => summary.length > 0).length >= 2) views.unshift(view);
  }
  return {
    comparisons: tested
      .map(({ row: { id, name, sweep, spec, split }, results }) => ({
        ...{ id, name, ablates: (sweep && factors.get(sweep.id)) ?? null, splitWords: describeSplit(spec.split) },
        ...{ leakNote: split.leaks > 0 ? split.leakNote : null, context: spec.model.context },
        ...results,
      }))
      .reverse(),
    sweeps: views,
    memory: MEMORY_TASKS.flatMap((task) => memory.view(task).last ?? []),
  };
}
