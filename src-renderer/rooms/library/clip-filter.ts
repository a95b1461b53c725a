import { create } from 'zustand';
import type { ClipQuery } from '#shared/domain/clip.ts';

/** What the list of clips shows and in which order; all that a page of it does not say itself. */
export type ClipFilter = Omit<ClipQuery, 'dataset' | 'offset' | 'limit'>;

export const NO_FILTER: ClipFilter = {
  search: '',
  label: null,
  speaker: null,
  only: 'all',
  state: null,
  sort: 'file',
  descending: false,
};

/** One filter at a time, for the dataset at hand. */
export const useClipFilter = create<{ dataset: number | null; filter: ClipFilter }>(() => ({
  dataset: null,
  filter: NO_FILTER,
}));

/** The filter for a dataset; another dataset begins without. */
export const filterFor = (dataset: number) => {
  const state = useClipFilter.getState();
  return state.dataset === dataset ? state.filter : NO_FILTER;
};

export const setFilter = (dataset: number, change: Partial<ClipFilter>) =>
  useClipFilter.setState({ dataset, filter: { ...filterFor(dataset), ...change } });

/** Whether anything is left out of the list. */
export const isFiltered = ({ search, label, speaker, only, state }: ClipFilter) =>
  search.trim() !== '' || label !== null || speaker !== null || only !== 'all' || state !== null;
