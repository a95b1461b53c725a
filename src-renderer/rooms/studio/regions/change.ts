import { create } from 'zustand';
import type { StudioClip } from '#shared/contract/studio.ts';
import type { Region } from '#shared/domain/region.ts';
import { tellError } from '../../../app/tell.tsx';
import { api, client, queries } from '../../../client/client.ts';
import { useStudio } from '../state.ts';
import { applied, type RegionChange } from './model.ts';

/** What is being dragged and not yet put: drawn as if it were. */
export const useDragged = create<{ change: RegionChange | null }>(() => ({ change: null }));

const keyOf = (clip: number) => api.studio.open.queryKey({ input: { clip } });

/** The regions of a clip as the window knows them. */
export const regionsOf = (clip: number): Region[] => queries.getQueryData<StudioClip>(keyOf(clip))?.regions ?? [];

function show(clip: number, regions: Region[]): void {
  queries.setQueryData<StudioClip>(keyOf(clip), (open) => open && { ...open, regions });
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Changes regions as one undoable step: shown at once, taken back with a word if the lab refuses. Steps wait for each other, and
 * each is made from what the one before has left. Answers the regions that are new; null if nothing was done.
 */
export function changeRegions(
  clip: number,
  words: string,
  make: (regions: Region[]) => RegionChange | null,
): Promise<Region[] | null> {
  const step = last.then(async () => {
    const before = regionsOf(clip);
    const change = make(before);
    useDragged.setState({ change: null });
    if (!change || (change.put.length === 0 && change.remove.length === 0)) return null;
    await queries.cancelQueries({ queryKey: keyOf(clip) });
    show(clip, applied(before, change, clip));
    try {
      const after = await client.studio.changeRegions({ clip, words, ...change });
      show(clip, after);
      const known = new Set(before.map(({ id }) => id));
      return after.filter(({ id }) => !known.has(id));
    } catch (error) {
      show(clip, before);
      tellError(error, 'The regions were not changed');
      return null;
    }
  });
  last = step;
  return step;
}

/** Chooses a region: its span, and its band if it has one, become the selection. */
export function chooseRegion(region: Region | null): void {
  if (!region) return useStudio.setState({ region: null });
  const { id, tier, start, end, fMin, fMax } = region;
  useStudio.setState({ region: id, tier, selection: { start, end, fMin, fMax } });
}
