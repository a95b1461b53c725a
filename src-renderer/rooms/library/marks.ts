import { create } from 'zustand';
import type { ClipFilter } from '../../parts/clip-pages.ts';
import { client } from '../../client/client.ts';

/** Clips of the list that are marked, for what is done to many at once: Ctrl marks one, Shift a run. */
const useMarks = create<{ dataset: number | null; ids: ReadonlySet<number> }>(() => ({
  dataset: null,
  ids: new Set(),
}));

const NONE: ReadonlySet<number> = new Set();
/** The clips marked in a dataset; another dataset has none. */
export const useMarked = (dataset: number): ReadonlySet<number> =>
  useMarks((state) => (state.dataset === dataset ? state.ids : NONE));

const marked = (dataset: number) => {
  const state = useMarks.getState();
  return state.dataset === dataset ? state.ids : NONE;
};

export const clearMarks = () => useMarks.setState({ dataset: null, ids: NONE });

/** Marks a clip, or takes its mark away. */
export function toggleMark(dataset: number, clip: number): void {
  const ids = new Set(marked(dataset));
  if (!ids.delete(clip)) ids.add(clip);
  useMarks.setState({ dataset, ids });
}

/** Rows asked for at once. */
const PAGE = 1000;

/** Marks the clips of the list from one row to another, both counted from 0. @throws HarkError */
export async function markRun(dataset: number, filter: ClipFilter, from: number, to: number): Promise<void> {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const ids = new Set(marked(dataset));
  for (let offset = first; offset <= last; offset += PAGE) {
    const limit = Math.min(PAGE, last + 1 - offset);
    for (const { id } of (await client.library.clips({ dataset, ...filter, offset, limit })).rows) ids.add(id);
  }
  useMarks.setState({ dataset, ids });
}
