import { keepPreviousData, useQueries, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { AttentionView, GradientsView } from '#shared/contract/inspect.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import type { RunView } from '#shared/domain/run.ts';
import { fetchSaliency, fetchSignals, type Course, type LayerSignals, type Saliency } from '../../../client/bulk.ts';
import { api, client } from '../../../client/client.ts';
import { useHabits, useInspect } from '../state.ts';
import { decisionOf, type Decision } from './decision.ts';
import { orderUnits } from './order.ts';
import { firstCourseOf, leaveCourses, useCourses } from './use-courses.ts';

/** What is known of a network over the clip, as far as it is there. */
export interface InsideNetwork {
  run: RunView;
  signals: LayerSignals | null;
  /** Units from the top down, the same for all signals of the layer. */
  order: Int32Array | null;
  course: Course | null;
  decision: Decision | null;
  /** How much of the loss reaches each state; null also where it is not asked for, or there are no states. */
  gradients: GradientsView | null;
  /** null also where it has none. */
  attention: AttentionView | null;
  /** null also where it is not asked for. */
  saliency: Saliency | null;
  /** What is shown is still of the clip or layer before. */
  stale: { signals: boolean; course: boolean };
  error: unknown;
  retry(): void;
}

/** What is asked of a run over a clip. */
const signalsOf = ({ id, model }: RunView, clip: number, { layer, reverse }: { layer: number; reverse: boolean }) => {
  const backwards = reverse && model.cell !== 'dnn';
  return {
    queryKey: ['inside', 'signals', id, clip, layer, backwards],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      fetchSignals(id, clip, { layer, ...(backwards && { reverse: true as const }) }, signal),
  };
};

/** Asks ahead for all that the first picture of a clip needs, before anything is drawn anew. */
export function askAhead(known: QueryClient, runs: readonly RunView[], clip: number): void {
  const { layer, reverse } = useInspect.getState();
  leaveCourses(known, clip);
  for (const run of runs) {
    void known.prefetchQuery(signalsOf(run, clip, { layer, reverse }));
    void known.prefetchQuery(firstCourseOf(run, clip));
  }
  void known.prefetchQuery(api.library.clip.queryOptions({ input: { clip } }));
}

/** Asks ahead, while it is not yet known what clip that is. */
export function usePrefetched(runs: readonly RunView[], clip: number | null): void {
  const { layer, reverse } = useInspect();
  const known = useQueryClient();
  const which = runs.map(({ id }) => id).join();
  useEffect(() => {
    if (clip !== null) askAhead(known, runs, clip);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `which` says which runs
  }, [known, which, clip, layer, reverse]);
}

/** The networks of a seed that can be looked into, and of them those in sight. @param cell null: all of them */
export function networksOf({ runs }: ComparisonView, seed: number | null, cell: Cell | null) {
  const tested = runs.filter((run) => run.result !== null && run.seed === seed);
  const chosen = tested.find((run) => run.cell === cell) ?? tested[0];
  return { tested, inSight: cell === null ? tested : chosen ? [chosen] : [] };
}

/** What networks do over a clip, in the layer and direction in sight. */
export function useNetworks(runs: readonly RunView[], clip: number, truth: string): InsideNetwork[] {
  const { layer, reverse, target } = useInspect();
  const method = useHabits((state) => state.saliency);
  const by = useHabits((state) => state.order);
  const signals = useQueries({
    queries: runs.map((run) => ({
      ...signalsOf(run, clip, { layer, reverse }),
      placeholderData: keepPreviousData<LayerSignals>,
    })),
  });
  const courses = useCourses(runs, clip);
  const saliencies = useQueries({
    queries: runs.map(({ id }) => ({
      queryKey: ['inside', 'saliency', id, clip, method, target],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchSaliency(id, clip, { method: method!, ...(target !== null && { target }) }, signal),
      enabled: method !== null,
      placeholderData: keepPreviousData,
    })),
  });
  const source = useHabits((state) => state.gradients);
  const gradients = useQueries({
    queries: runs.map(({ id, cell }) => ({
      queryKey: ['inside', 'gradients', id, clip, truth, source],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.inspect.gradients({ run: id, clip, label: truth, from: source! }, { signal }),
      enabled: source !== null && cell !== 'dnn',
      placeholderData: keepPreviousData<GradientsView>,
    })),
  });
  const attentions = useQueries({
    queries: runs.map(({ id, model }) => ({
      queryKey: ['inside', 'attention', id, clip],
      queryFn: ({ signal }: { signal: AbortSignal }) => client.inspect.attention({ run: id, clip }, { signal }),
      enabled: model.pooling === 'attention',
      placeholderData: keepPreviousData<AttentionView>,
    })),
  });
  // Sorting takes some milliseconds: only when what is sorted is another.
  const orders = useMemo(
    () => signals.map(({ data }) => data && orderUnits(by, { ...data, values: data.values.get('hidden')! })),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the list is new each time, what is in it is not
    [by, ...signals.map(({ data }) => data)],
  );
  return runs.map((run, index) => {
    const [ofLayer, saliency] = [signals[index], saliencies[index]];
    const { course, ...ofCourse } = courses[index];
    const attention = attentions[index];
    const asked = [ofLayer, ...ofCourse.queries, saliency, gradients[index], attention];
    return {
      run,
      signals: ofLayer.data ?? null,
      order: orders[index] ?? null,
      course,
      decision: course && decisionOf(course),
      gradients: source === null ? null : (gradients[index].data ?? null),
      attention: run.model.pooling === 'attention' ? (attention.data ?? null) : null,
      saliency: method === null ? null : (saliency.data ?? null),
      stale: { signals: ofLayer.isPlaceholderData || ofLayer.isPending, course: ofCourse.stale },
      error: asked.find(({ error }) => error !== null)?.error ?? null,
      retry: () => void Promise.all(asked.map((query) => query.isError && query.refetch())),
    };
  });
}
