import { create } from 'zustand';
import { NO_FILTER, type ClipFilter } from '../../parts/clip-pages.ts';

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
export const isFiltered = ({ search, label, speaker, only }: ClipFilter) =>
  search.trim() !== '' || label !== null || speaker !== null || only !== 'all';
