import { keepPreviousData, useQueries, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunView } from '#shared/domain/run.ts';
import { fetchCourse, type Course } from '../../../client/bulk.ts';
import { player } from '../../../parts/player.ts';

/** Milliseconds after the first go for which someone stays. */
const STAY_MS = 1500;

/**
 * Ends a course is asked for at first, and for who stays. Networks that only look back say it for all ends in one pass; for others each
 * end is a sequence of its own, so that of a long clip more than a few take seconds.
 */
function endsOf({ model }: RunView): { first: number; most: number } {
  const looksBack = model.cell === 'dnn' ? model.context === 0 : !model.bidirectional;
  return looksBack && model.pooling !== 'attention' ? { first: 1024, most: 1024 } : { first: 128, most: 256 };
}

const asked = (run: number, clip: number, most: number) => ({
  queryKey: ['inside', 'course', run, clip, most],
  queryFn: ({ signal }: { signal: AbortSignal }) => fetchCourse(run, clip, { most }, signal),
});

/** What is asked of a run when a clip is opened. */
export const firstCourseOf = (run: RunView, clip: number) => asked(run.id, clip, endsOf(run).first);

/** Gives up what is still being worked out of other clips: it would hold up this one. */
export function leaveCourses(known: QueryClient, clip: number): void {
  void known.cancelQueries({ queryKey: ['inside', 'course'], predicate: ({ queryKey }) => queryKey[3] !== clip });
}

/** Whether the clip has more frames than it was asked after. */
export const isThinned = ({ ends }: Course): boolean => ends.at(-1)! > ends.length;

/** What networks would have said, had the clip ended earlier: soon after some of its frames, and for who stays after more of them. */
export function useCourses(runs: readonly RunView[], clip: number) {
  const first = useQueries({
    queries: runs.map((run) => ({ ...firstCourseOf(run, clip), placeholderData: keepPreviousData<Course> })),
  });
  const there = first.every(({ data, isPlaceholderData }) => data && !isPlaceholderData);
  const [stayed, setStayed] = useState<number | null>(null);
  useEffect(() => {
    if (!there) return;
    // Drawing all anew takes longer than a frame: not while it plays.
    const timer = setInterval(() => !player.useStore.getState().playing && setStayed(clip), STAY_MS);
    return () => clearInterval(timer);
  }, [there, clip]);
  const finer = useQueries({
    queries: runs.map((run, index) => {
      const { data } = first[index];
      const { most } = endsOf(run);
      const coarse = data !== undefined && isThinned(data) && data.ends.length < most;
      return { ...asked(run.id, clip, most), enabled: coarse && there && stayed === clip };
    }),
  });
  return runs.map((_, index) => ({
    // An edit has the first one asked again: a finer one from before it is of another sound.
    course:
      (finer[index].dataUpdatedAt >= first[index].dataUpdatedAt && finer[index].data) || first[index].data || null,
    stale: first[index].isPlaceholderData || first[index].isPending,
    queries: [first[index], finer[index]],
  }));
}
