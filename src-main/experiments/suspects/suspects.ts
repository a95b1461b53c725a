import { rmSync } from 'node:fs';
import { datasetClips } from '#main/lab/clips.ts';
import { datasetRow } from '#main/lab/datasets.ts';
import {
  insertSearch,
  listSuspects,
  newestSearch,
  noteSearchBegun,
  noteSearchEnded,
  searchBegun,
  verdictCounts,
} from '#main/lab/suspects.ts';
import { HarkError } from '#shared/domain/errors.ts';
import {
  SEARCH_DEFAULTS,
  VERDICTS,
  type SuspectSearch,
  type SuspectsView,
  type Verdict,
} from '#shared/domain/queue.ts';
import type { ExperimentContext } from '../context.ts';
import { planSearch, type SearchOptions } from './recipe.ts';
import { searchSuspects, type SearchWork } from './search.ts';

/** The searches for wrong labels of an open lab. */
export interface Suspects {
  /** @throws HarkError `not-found` */
  view(dataset: number, limit: number): SuspectsView;
  /**
   * Searches and keeps what was found; stopped or failed, nothing is kept.
   * @throws HarkError `conflict` while the dataset is being searched, and as `planSearch` and `searchSuspects`
   */
  find(options: SearchOptions, work: Omit<SearchWork, 'folder'>): Promise<SuspectSearch>;
  /** From here on what is cut off is the end of the app's doing: it will be told of. */
  close(): void;
}

const NONE = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;

export function createSuspects(context: ExperimentContext): Suspects {
  const { lab } = context;
  const { store } = lab;
  const searching = new Set<number>();
  let closed = false;
  const folder = (...parts: string[]) => lab.path('models', 'suspects', ...parts);
  // Left by a process that was killed.
  rmSync(folder(), { recursive: true, force: true });

  return {
    view(dataset, limit) {
      datasetRow(store, dataset);
      const search = newestSearch(store, dataset);
      const begun = searchBegun(store, dataset);
      return {
        ...outlook(() => planSearch(datasetClips(store, dataset), { dataset, ...SEARCH_DEFAULTS })),
        cutOff: searching.has(dataset) ? null : begun,
        search,
        suspects: search ? listSuspects(store, search.id, limit) : [],
        verdicts: search ? verdictCounts(store, search.id) : NONE,
      };
    },
    async find(options, work) {
      const { dataset } = options;
      if (searching.has(dataset))
        throw new HarkError('conflict', 'This dataset is being searched already.', { where: `dataset ${dataset}` });
      datasetRow(store, dataset);
      const plan = planSearch(datasetClips(store, dataset), options);
      searching.add(dataset);
      noteSearchBegun(store, dataset);
      try {
        const found = await searchSuspects(context, plan, { ...work, folder: folder(String(dataset)) });
        insertSearch(store, found);
        return newestSearch(store, dataset)!;
      } finally {
        searching.delete(dataset);
        if (!closed) noteSearchEnded(store, dataset);
      }
    },
    close() {
      closed = true;
    },
  };
}

/** What a search would do, or why there can be none. */
function outlook(plan: () => ReturnType<typeof planSearch>): Pick<SuspectsView, 'plan' | 'obstacle'> {
  try {
    return { plan: plan().view, obstacle: null };
  } catch (error) {
    if (!(error instanceof HarkError)) throw error;
    return { plan: null, obstacle: [error.message, error.remedy].filter(Boolean).join(' ') };
  }
}
