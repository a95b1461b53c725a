import type { Lab } from '#main/lab/lab.ts';
import { runRow } from '#main/lab/runs.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { BEST_WEIGHTS } from './trained.ts';

/** The file of a run's best weights, absolute. @throws HarkError `not-found` for the run, `conflict` where it has no finished weights */
export function weightsOfRun(lab: Lab, run: number): string {
  const { comparison, state } = runRow(lab.store, run);
  if (state !== 'done' && state !== 'stopped')
    throw new HarkError('conflict', `This run is ${state}: it has no finished weights yet.`, { where: `run ${run}` });
  return lab.path('models', String(comparison), String(run), BEST_WEIGHTS);
}
