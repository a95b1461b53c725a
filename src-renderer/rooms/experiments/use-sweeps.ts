import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { FactorId } from '#shared/domain/factors.ts';
import type { SweepSpec } from '#shared/domain/sweep.ts';
import { invalidate } from '../../app/changes.ts';
import { paths } from '../../app/paths.ts';
import { useSelection } from '../../app/selection.ts';
import { tellError } from '../../app/tell.tsx';
import { api, client, queries } from '../../client/client.ts';

/** The dataset in use: undefined while it is asked for, null where the lab has none. */
export function useDatasetInUse() {
  const inUse = useSelection((state) => state.dataset);
  const datasets = useQuery(api.library.datasets.queryOptions());
  const dataset = datasets.data && (datasets.data.find(({ id }) => id === inUse) ?? datasets.data[0] ?? null);
  return { dataset, error: datasets.error, retry: () => void datasets.refetch() };
}

/** Starts an ablation, as set or (by its factor) as preset, and goes to its page. */
export function useStart() {
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: async (wanted: SweepSpec | { dataset: number; factor: FactorId }) =>
      client.experiments.start('levels' in wanted ? wanted : await client.experiments.defaults(wanted)),
    onSuccess: ({ sweep }) => {
      invalidate(['experiments', 'comparisons']);
      navigate(paths.ablation(sweep));
    },
  });
}

type Step = 'pause' | 'resume' | 'stop';

/** Pause, resume or stop; the newest state is asked for when the lab has done it. */
export function useSteps(sweep: number) {
  return useMutation({
    mutationFn: (step: Step) => client.experiments[step]({ sweep }),
    onError: (error) => tellError(error),
    onSettled: () => invalidate(['experiments', 'comparisons']),
  });
}

export function useRename() {
  return useMutation({
    mutationFn: (change: { sweep: number; name: string }) => client.experiments.rename(change),
    onError: (error) => tellError(error),
    onSettled: () => invalidate(['experiments', 'comparisons']),
  });
}

/** Asks again what the lab's results say when there are others; not at each epoch of a training. */
export function useResultsFollowed(dataset: number | undefined): void {
  const comparisons = useQuery(api.compare.list.queryOptions());
  const sweeps = useQuery(api.experiments.list.queryOptions());
  const tested = comparisons.data
    ?.filter((one) => one.dataset === dataset)
    .map(({ id, name, accuracy }) => [id, name, ...accuracy.map(({ cell, runs }) => `${cell} ${runs}`)].join());
  const ablated = sweeps.data
    ?.filter((one) => one.dataset === dataset)
    .map(({ id, name, state, done }) => [id, name, state, done].join());
  const known = tested && ablated && [...tested, ...ablated].join(';');
  useEffect(() => {
    if (known === undefined) return;
    void queries.invalidateQueries({ queryKey: api.experiments.tradeOffs.key() });
    void queries.invalidateQueries({ queryKey: api.experiments.advice.key() });
  }, [known]);
}
