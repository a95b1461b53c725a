import type { ClipQuery } from '#shared/domain/clip.ts';
import { client } from '../../../client/client.ts';

/** What the list of clips shows of a dataset; all that a page of it does not say itself. */
export type Filter = Omit<ClipQuery, 'dataset' | 'offset' | 'limit'>;

/** Clips that something is done to at once: those named, or all of a dataset that pass a filter. */
export interface Target {
  dataset: number;
  /** null: all that pass `filter`. */
  clips: readonly number[] | null;
  /** None: all of the dataset. */
  filter?: Filter;
  /** As it is called on the screen: "6_theo_3.wav", "this dataset". */
  name: string;
}

/** Ids asked for at once. */
const PAGE = 1000;

/** How many clips a target has. */
export async function sizeOf({ dataset, clips, filter }: Target): Promise<number> {
  return clips ? clips.length : (await client.library.clips({ ...filter, dataset, limit: 1 })).total;
}

/** The ids of a target's clips. */
export async function clipsOf({ dataset, clips, filter }: Target, signal: AbortSignal): Promise<number[]> {
  if (clips) return [...clips];
  const ids: number[] = [];
  for (;;) {
    const page = { ...filter, dataset, offset: ids.length, limit: PAGE };
    const { rows, total } = await client.library.clips(page, { signal });
    ids.push(...rows.map(({ id }) => id));
    if (ids.length >= total || rows.length === 0) return ids;
  }
}
