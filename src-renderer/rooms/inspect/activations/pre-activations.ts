import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ActivationId } from '#shared/math/activations.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import { fetchSignals, type LayerSignals } from '../../../client/bulk.ts';
import { useInspect } from '../state.ts';
import type { ValueHistogram } from './activation-chart.tsx';
import { RANGE } from './state.ts';

const BARS = 48;

/** What must have gone in for this to come out; of what is saturated in single precision, something beyond the range. */
const INVERSE: Partial<Record<ActivationId, (value: number) => number>> = {
  sigmoid: (value) => 2 * unsquashed(2 * value - 1),
  tanh: (value) => unsquashed(value),
};
const unsquashed = (value: number): number => Math.atanh(Math.max(-1 + 1e-7, Math.min(1 - 1e-7, value)));

/** Signals of a cell that come out of a function as they are: gates of sigmoid, candidates (and all of a plain RNN) of tanh. */
function signalsThrough(id: ActivationId, cell: Cell): string[] {
  const kinds = SIGNALS[cell];
  if (id === 'sigmoid') return kinds.filter(({ range }) => range === 'gate').map((signal) => signal.id);
  if (id === 'tanh')
    return cell === 'rnn' ? ['hidden'] : kinds.some((one) => one.id === 'candidate') ? ['candidate'] : [];
  return [];
}

/** A histogram over the range in sight; what lies beyond it is in the outermost bars. */
export function preActivationsOf(id: ActivationId, cell: Cell, { values }: Pick<LayerSignals, 'values'>) {
  const inverse = INVERSE[id];
  const through = signalsThrough(id, cell);
  if (!inverse || through.length === 0) return null;
  const { min, max } = RANGE;
  const counts = new Array<number>(BARS).fill(0);
  let n = 0;
  for (const signal of through)
    for (const value of values.get(signal)!) {
      const bar = Math.floor(((inverse(value) - min) / (max - min)) * BARS);
      counts[Math.max(0, Math.min(BARS - 1, bar))]++;
      n++;
    }
  const edges = Array.from({ length: BARS + 1 }, (_, edge) => min + ((max - min) * edge) / BARS);
  return { histogram: { edges, counts } satisfies ValueHistogram, n, signals: through };
}

/** What went into the functions in the layer that was looked at last; null before anything was. */
export function usePreActivations() {
  const { last, layer, reverse } = useInspect();
  const backwards = reverse && last?.cell !== 'dnn';
  const query = useQuery({
    queryKey: ['inside', 'signals', last?.run, last?.clip, layer, backwards],
    queryFn: ({ signal }) =>
      fetchSignals(last!.run, last!.clip, { layer, ...(backwards && { reverse: true as const }) }, signal),
    enabled: last !== null,
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  return useMemo(
    () => (last && data ? { ...last, layer, of: (id: ActivationId) => preActivationsOf(id, last.cell, data) } : null),
    [last, data, layer],
  );
}
