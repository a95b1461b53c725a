import { create } from 'zustand';
import { client } from '../client/client.ts';
import type { ClipFilter } from './clip-pages.ts';

/** Clips that are marked, for what is done to many at once: Ctrl marks one, Shift a run. All lists of clips share them. */
const useMarks = create<{ dataset: number | null; ids: ReadonlySet<number> }>(() => ({
  dataset: null,
  ids: new Set(),
}));

const NONE: ReadonlySet<number> = new Set();
/** The clips marked in a dataset; another dataset has none. */
export const useMarked = (dataset: number): ReadonlySet<number> =>
  useMarks((state) => (state.dataset === dataset ? state.ids : NONE));

/** The same, outside of a component. */
export const markedClips = (dataset: number) => {
  const state = useMarks.getState();
  return state.dataset === dataset ? state.ids : NONE;
};

export const clearMarks = () => useMarks.setState({ dataset: null, ids: NONE });

/** Marks a clip, or takes its mark away. */
export function toggleMark(dataset: number, clip: number): void {
  const ids = new Set(markedClips(dataset));
  if (!ids.delete(clip)) ids.add(clip);
  useMarks.setState({ dataset, ids });
}

/** Marks these clips and no others, or these too. */
export function markClips(dataset: number, clips: readonly number[], too = false): void {
  useMarks.setState({ dataset, ids: new Set([...(too ? markedClips(dataset) : NONE), ...clips]) });
}

/** Whether a press marks a clip or a run of them, or chooses one. */
export type Mark = 'one' | 'run' | null;
export const markOf = (event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): Mark =>
  event.shiftKey ? 'run' : event.ctrlKey || event.metaKey ? 'one' : null;

/** Rows asked for at once. */
const PAGE = 1000;

/** Marks the clips of the list from one row to another, both counted from 0. @throws HarkError */
export async function markRun(dataset: number, filter: ClipFilter, from: number, to: number): Promise<void> {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const ids = new Set(markedClips(dataset));
  for (let offset = first; offset <= last; offset += PAGE) {
    const limit = Math.min(PAGE, last + 1 - offset);
    for (const { id } of (await client.library.clips({ dataset, ...filter, offset, limit })).rows) ids.add(id);
  }
  useMarks.setState({ dataset, ids });
}
