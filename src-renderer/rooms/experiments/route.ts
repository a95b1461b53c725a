import { FACTOR_IDS, type FactorId } from '#shared/domain/factors.ts';

/** What an address of the room's first page names: an ablation, or the factor a new one is set up for. */
export interface ExperimentsRoute {
  sweep: number | null;
  factor: FactorId | null;
}

/** `/experiments/ablations/12`, `/experiments/new/hiddenSize`; what cannot be read is left out rather than refused. */
export function readRoute(location: string): ExperimentsRoute {
  const [, sweep] = /^\/experiments\/ablations\/([1-9]\d*)$/.exec(location) ?? [];
  const [, named] = /^\/experiments\/new\/(\w+)$/.exec(location) ?? [];
  return { sweep: sweep ? Number(sweep) : null, factor: FACTOR_IDS.find((id) => id === named) ?? null };
}
