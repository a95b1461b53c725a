import { useQueries, useQuery, type QueryClient } from '@tanstack/react-query';
import type { ClipQuery, ClipRow } from '#shared/domain/clip.ts';
import { api } from '../client/client.ts';

/** What a list of clips shows and in which order; all that a page of it does not say itself. */
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

/** Rows a page holds; one call brings them in a few milliseconds. */
export const PAGE = 200;

const pageOptions = (dataset: number, filter: ClipFilter, page: number) =>
  api.library.clips.queryOptions({ input: { dataset, ...filter, offset: page * PAGE, limit: PAGE } });

/** The list of clips, fetched where one looks: how many there are, and the row at an index once its page is here. */
export function useClipPages(dataset: number, filter: ClipFilter, from: number, to: number) {
  const head = useQuery({ ...pageOptions(dataset, filter, 0), placeholderData: (before) => before });
  const total = head.data?.total ?? 0;
  const first = Math.floor(from / PAGE);
  const last = Math.max(first, Math.min(Math.floor(to / PAGE), Math.ceil(total / PAGE) - 1));
  const wanted = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const pages = useQueries({ queries: wanted.map((page) => pageOptions(dataset, filter, page)) });
  const row = (index: number): ClipRow | undefined => {
    const page = Math.floor(index / PAGE);
    return (pages[page - first]?.data ?? (page === 0 ? head.data : undefined))?.rows[index - page * PAGE];
  };
  return { total, row, head, error: head.error ?? pages.find(({ error }) => error)?.error ?? null };
}

/** The row at an index, fetched if it is not here yet. */
export async function fetchRow(queries: QueryClient, dataset: number, filter: ClipFilter, index: number) {
  const page = Math.floor(index / PAGE);
  const { rows } = await queries.fetchQuery(pageOptions(dataset, filter, page));
  return rows[index - page * PAGE];
}

/** Pages looked through for one clip; in longer lists it is found by scrolling. */
const MOST_PAGES = 25;

/** Where a clip stands in the list; null: not in it, or too far down. */
export async function findRow(
  queries: QueryClient,
  dataset: number,
  filter: ClipFilter,
  clip: number,
): Promise<number | null> {
  for (let page = 0; page < MOST_PAGES; page++) {
    const { rows, total } = await queries.fetchQuery(pageOptions(dataset, filter, page));
    const index = rows.findIndex(({ id }) => id === clip);
    if (index >= 0) return page * PAGE + index;
    if ((page + 1) * PAGE >= total) break;
  }
  return null;
}
