import { useQuery, type QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import type { WalkProgress } from '#shared/domain/clip-map.ts';
import { queries } from '../../client/client.ts';

/** What work under way says: how far it is, at the end what came of it. */
type Told<Result> = { kind: 'progress'; progress: WalkProgress } | { kind: 'result'; result: Result };

interface Options<Result, Data> {
  key: QueryKey;
  /** Begins the work; who leaves it stops it. */
  open(options: { signal: AbortSignal }): Promise<AsyncIterable<Told<Result>>>;
  /** What is fetched after it. */
  then(result: Result, signal: AbortSignal): Promise<Data>;
  /** Whether it is asked for at all. */
  when?: boolean;
}

export interface Walked<Data> {
  /** The newest there is; of another question while the answer to this one is made (`stale`). */
  data: Data | undefined;
  stale: boolean;
  /** null: nothing is under way. */
  progress: WalkProgress | 'beginning' | null;
  error: unknown;
  /** Whether the person has stopped it. */
  stopped: boolean;
  stop(): void;
  retry(): void;
}

/** Work that goes through many clips in the lab, as long as the component is on screen. */
export function useWalk<Result, Data>({ key, open, then, when = true }: Options<Result, Data>): Walked<Data> {
  const [told, setTold] = useState<{ of: string; progress: WalkProgress } | null>(null);
  const of = JSON.stringify(key);
  const query = useQuery<{ answer: Data }>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      for await (const value of await open({ signal })) {
        if (value.kind === 'result') return { answer: await then(value.result, signal) };
        if (!signal.aborted) setTold({ of, progress: value.progress });
      }
      throw new DOMException('The work was left.', 'AbortError');
    },
    enabled: when,
    placeholderData: (before) => before,
    // Thousands of clips and arrays of numbers: comparing them costs more than it saves.
    structuralSharing: false,
  });
  const working = query.fetchStatus === 'fetching';
  const lacking = query.data === undefined || query.isPlaceholderData;
  return {
    data: query.data?.answer,
    stale: query.isPlaceholderData,
    progress: working ? (told?.of === of ? told.progress : 'beginning') : null,
    error: query.error,
    stopped: when && !working && lacking && query.error === null,
    stop: () => void queries.cancelQueries({ queryKey: key }),
    retry: () => void query.refetch(),
  };
}
