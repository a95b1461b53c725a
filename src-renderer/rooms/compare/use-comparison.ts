import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { invalidate } from '../../app/changes.ts';
import { tellError } from '../../app/tell.tsx';
import { api, client, queries } from '../../client/client.ts';
import { useStream } from '../../client/streams.ts';
import { isLive } from './words.ts';

/** A comparison as it stands now; while it trains, as its stream tells it. */
export function useComparison(comparison: number) {
  const options = api.compare.get.queryOptions({ input: { comparison } });
  const query = useQuery(options);
  const live = query.data !== undefined && isLive(query.data.state);
  const { value, error, ended } = useStream<ComparisonView>(live ? ['watch', comparison] : null, (stream) =>
    client.compare.watch({ comparison }, stream),
  );
  useEffect(() => {
    if (value) queries.setQueryData(api.compare.get.queryKey({ input: { comparison } }), value);
  }, [value, comparison]);
  // What the stream told last may be from just before the end.
  useEffect(() => {
    if (ended && !error) invalidate(['comparisons']);
  }, [ended, error]);
  return { ...query, streamError: error };
}

type Step = 'pause' | 'resume' | 'stop';

/** Pause, resume or stop; the newest state is asked for when the lab has done it. */
export function useTraining(comparison: number) {
  return useMutation({
    mutationFn: (step: Step) => client.compare[step]({ comparison }),
    onError: (error) => tellError(error),
    onSettled: () => invalidate(['comparisons']),
  });
}

/** Changes name, tags or pin of a comparison. */
export function useUpdate() {
  return useMutation({
    mutationFn: (change: Parameters<typeof client.compare.update>[0]) => client.compare.update(change),
    onError: (error) => tellError(error),
    onSettled: () => invalidate(['comparisons']),
  });
}
