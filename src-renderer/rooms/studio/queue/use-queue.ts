import { useQuery, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueueClip, QueueQuery, QueueView } from '#shared/domain/queue.ts';
import type { ClipState } from '#shared/domain/region.ts';
import { tellError } from '../../../app/tell.tsx';
import { step } from '../../../app/undo.ts';
import { api, client, queries } from '../../../client/client.ts';

/** Clips whose rows are fetched ahead. */
const AHEAD = 3;

export interface Queue {
  view: QueueView;
  /** Place in the queue, from 0; the number of clips: all have been gone through. */
  at: number;
  clip: QueueClip | null;
  /** What comes next, as far as it is known already. */
  next: QueueClip | null;
  /** Clips finished in this sitting, and when each was (milliseconds). */
  finished: ReadonlySet<number>;
  times: readonly number[];
  error: unknown;
  go(to: number): void;
  assign(label: string, goOn: boolean): void;
  /** Sets the state and goes on. Done is what is still to do: what has been checked or rejected stays so. */
  finish(state: ClipState): void;
  note(text: string): void;
  /** Takes the last step back, and goes to the clip it was of. */
  undo(): void;
}

/** One sitting at a queue. Steps are shown at once and sent one after the other; one that fails brings its clip back. */
export function useQueue(view: QueueView, query: QueueQuery): Queue {
  const { clips } = view;
  const [at, setAt] = useState(0);
  const [finished, setFinished] = useState<ReadonlySet<number>>(new Set());
  const [times, setTimes] = useState<readonly number[]>([]);
  /** Places of the clips that steps were taken at, the last step last. */
  const taken = useRef<number[]>([]);
  const sending = useRef<Promise<unknown>>(Promise.resolve());

  const rowOf = (place: number) =>
    api.studio.queueClips.queryOptions({
      input: { clips: [clips[place]], set: query.set, run: view.run, search: view.search },
    });
  const row = useQuery({ ...rowOf(at), enabled: at < clips.length });
  const following = useQuery({ ...rowOf(at + 1), enabled: at + 1 < clips.length });
  const clip = row.data?.[0] ?? null;
  useEffect(() => {
    for (let place = at + 2; place <= at + AHEAD && place < clips.length; place++)
      void queries.prefetchQuery(rowOf(place));
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at, clips]);

  const go = useCallback((to: number) => setAt(Math.max(0, Math.min(clips.length, to))), [clips.length]);

  /** Shows a change at once and sends it behind those before it. */
  function take(change: Partial<QueueClip>, send: () => Promise<unknown>): void {
    const place = at;
    const { queryKey } = rowOf(place);
    const before = (queries as QueryClient).getQueryData<QueueClip[]>(queryKey);
    queries.setQueryData<QueueClip[]>(queryKey, (rows) => rows?.map((each) => ({ ...each, ...change })));
    taken.current.push(place);
    sending.current = sending.current.then(send).catch((error: unknown) => {
      taken.current = taken.current.filter(
        (other, index) => other !== place || index !== taken.current.lastIndexOf(place),
      );
      queries.setQueryData(queryKey, before);
      setAt(place);
      tellError(error, 'The clip was not changed');
    });
  }

  function count(id: number): void {
    setFinished((now) => new Set(now).add(id));
    if (!finished.has(id)) setTimes((now) => [...now, performance.now()]);
  }

  return {
    ...{ view, at, clip, next: following.data?.[0] ?? null, finished, times, go },
    error: row.error,
    assign(label, goOn) {
      if (!clip) return;
      if (clip.label !== label || clip.state !== 'done')
        take({ label, state: 'done' }, () =>
          client.studio.label({ clips: [clip.clip], set: query.set, label, state: 'done' }),
        );
      count(clip.clip);
      if (goOn) go(at + 1);
    },
    finish(state) {
      if (!clip) return;
      const stays = state === 'done' && clip.state !== 'todo';
      if (!stays && clip.state !== state) take({ state }, () => client.studio.setState({ clips: [clip.clip], state }));
      count(clip.clip);
      go(at + 1);
    },
    note(text) {
      if (clip && text !== clip.note)
        take({ note: text }, () => client.studio.setNote({ clip: clip.clip, note: text }));
    },
    undo() {
      const place = taken.current.pop();
      sending.current = sending.current.then(async () => {
        const undone = await step('undo');
        if (!undone || place === undefined) return;
        await queries.invalidateQueries({ queryKey: rowOf(place).queryKey });
        setAt(place);
        setFinished((now) => new Set([...now].filter((id) => id !== clips[place])));
        setTimes((now) => now.slice(0, -1));
      });
    },
  };
}
