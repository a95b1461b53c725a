import type { Edit } from '#shared/domain/edit.ts';
import type { QueueClip, QueueQuery, QueueView } from '#shared/domain/queue.ts';
import { CLIP_STATES, type ClipState } from '#shared/domain/region.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import { Random } from '#shared/math/random.ts';
import { soundVersion, type SoundOrigin } from './clips.ts';
import { datasetRow } from './datasets.ts';
import { decodeProbabilities } from './runs.ts';
import type { Store } from './store.ts';
import { newestSearch } from './suspects.ts';

/** Clips by id, in the order they are offered, and what that order rests on. */
type Order = Omit<QueueView, 'clips'> & { clips: readonly number[] };

const ORDERS: Record<QueueQuery['order'], (store: Store, query: QueueQuery) => Order> = {
  dataset: (store, { dataset }) => ({ ...NOTHING, clips: clipsByFile(store, dataset), basis: 'by file' }),
  // All are shuffled, whatever their state: one seed gives one order, however far one is.
  random: (store, { dataset, seed }) => ({
    ...NOTHING,
    clips: new Random(seed, 'queue').shuffle(Int32Array.from(clipsByFile(store, dataset))) as unknown as number[],
    basis: `shuffled with seed ${seed}`,
  }),
  unsure: leastSure,
  suspect: mostSuspect,
};
const NOTHING = { run: null, search: null } as const;

/**
 * The clips (or of them those named) in one of the states asked for, in the order in which they are to be labelled: ids alone, so that 100,000 are there
 * at once (`queueClips` tells more of some).
 * @throws HarkError `not-found` for the dataset, `conflict` where the order rests on something that is not there yet
 */
export function queueOf(store: Store, query: QueueQuery): QueueView {
  datasetRow(store, query.dataset);
  const order = ORDERS[query.order](store, query);
  const chosen = query.clips && new Set(query.clips);
  const clips = Array.from(order.clips).filter((clip) => !chosen || chosen.has(clip));
  if (query.states.length === CLIP_STATES.length) return { ...order, clips };
  const wanted = new Set(
    store
      .prepare(`select id from clip where dataset_id = ? and state in (${query.states.map(() => '?').join()})`)
      .pluck()
      .all(query.dataset, ...query.states) as number[],
  );
  return { ...order, clips: clips.filter((clip) => wanted.has(clip)) };
}

function clipsByFile(store: Store, dataset: number): number[] {
  return store.prepare('select id from clip where dataset_id = ? order by file, id').pluck().all(dataset) as number[];
}

/** Smallest margin between the two likeliest classes first (Scheffer, Decomain, Wrobel 2001), of the clips a run was tested on. */
function leastSure(store: Store, { dataset, run }: QueueQuery): Order {
  const tested = runToAsk(store, dataset, run);
  const rows = store
    .prepare(
      `select clip_id as clip, probabilities from prediction join clip on clip.id = clip_id
      where run_id = ? and dataset_id = ? order by file, clip_id`,
    )
    .all(tested.id, dataset) as { clip: number; probabilities: Buffer }[];
  const margins = rows.map(({ clip, probabilities }) => ({
    clip,
    margin: marginOf(decodeProbabilities(probabilities)),
  }));
  margins.sort((a, b) => a.margin - b.margin);
  return {
    ...{ clips: margins.map(({ clip }) => clip), run: tested.id, search: null },
    basis: `least sure of run ${tested.id} (${CELL_NAMES[tested.cell]}, seed ${tested.seed}), which was tested on ${rows.length} clips`,
  };
}

/** How far the likeliest class is above the next, 0 to 1. */
function marginOf(probabilities: Float32Array): number {
  const [first = 0, second = 0] = probabilities.toSorted((a, b) => b - a);
  return first - second;
}

function runToAsk(store: Store, dataset: number, run: number | null): { id: number; cell: Cell; seed: number } {
  const found = store
    .prepare(
      `select run.id, cell, seed from run join comparison on comparison.id = comparison_id
      where dataset_id = @dataset and (@run is null or run.id = @run)
        and exists (select 1 from prediction where run_id = run.id)
      order by run.id desc limit 1`,
    )
    .get({ dataset, run }) as { id: number; cell: Cell; seed: number } | undefined;
  if (found) return found;
  throw new HarkError(
    'conflict',
    run === null ? 'No run has been tested on this dataset yet.' : `Run ${run} has not been tested on this dataset.`,
    { where: 'order', remedy: 'Compare networks on it first, or choose another order.' },
  );
}

function mostSuspect(store: Store, { dataset }: QueueQuery): Order {
  const search = newestSearch(store, dataset);
  if (!search)
    throw new HarkError('conflict', 'Wrong labels have not been searched for in this dataset yet.', {
      where: 'order',
      remedy: 'Search for suspect labels first, or choose another order.',
    });
  const clips = store
    .prepare(`select clip_id from suspect where search_id = ? and verdict = 'open' order by rank`)
    .pluck()
    .all(search.id) as number[];
  return {
    ...{ clips, run: null, search: search.id },
    basis: `most like a wrong label, by ${search.folds} folds and ${search.seeds.length} seeds`,
  };
}

export interface QueueClipsQuery {
  clips: readonly number[];
  /** Whose label is told; null: the clips' own. */
  set: number | null;
  /** What the order rests on, as `queueOf` said. */
  run: number | null;
  search: number | null;
}

/** What the queue shows of some clips, in the order asked for; those that are no longer in the lab are left out. */
export function queueClips(store: Store, { clips, set, run, search }: QueueClipsQuery): QueueClip[] {
  const read = store.prepare(
    `select clip.id as clip, file, duration, sample_rate as sampleRate, clip.state, note, missing,
      content_hash as contentHash, start, "end", edits,
      case when @set is null then clip.label else set_label.label end as label,
      probabilities, comparison.classes, suspect.likely, suspect.likely_probability as likelyProbability
    from clip
    left join set_label on set_id = @set and set_label.clip_id = clip.id
    left join prediction on run_id = @run and prediction.clip_id = clip.id
    left join run on run.id = @run
    left join comparison on comparison.id = run.comparison_id
    left join suspect on search_id = @search and suspect.clip_id = clip.id
    where clip.id = @clip`,
  );
  return clips.flatMap((clip) => {
    const row = read.get({ clip, set, run, search }) as StoredQueueClip | undefined;
    if (!row) return [];
    const { clip: id, file, duration, sampleRate, label, state, note } = row;
    const version = soundVersion({ ...row, edits: JSON.parse(row.edits) as Edit[] });
    const told = { missing: row.missing === 1, likely: likelyOf(row) };
    return [{ clip: id, file, version, duration, sampleRate, label, state, note, ...told }];
  });
}

interface StoredQueueClip extends Omit<QueueClip, 'likely' | 'missing' | 'version'>, Omit<SoundOrigin, 'edits'> {
  edits: string;
  missing: number;
  probabilities: Buffer | null;
  classes: string | null;
  likely: string | null;
  likelyProbability: number | null;
}

function likelyOf({ probabilities, classes, likely, likelyProbability }: StoredQueueClip): QueueClip['likely'] {
  if (likely !== null) return { label: likely, probability: likelyProbability! };
  if (probabilities === null || classes === null) return null;
  const values = decodeProbabilities(probabilities);
  const best = values.indexOf(values.reduce((a, b) => Math.max(a, b), -1));
  return { label: (JSON.parse(classes) as string[])[best], probability: values[best] };
}

/** How many clips of a dataset are in each state. */
export function stateCounts(store: Store, dataset: number): Record<ClipState, number> {
  const rows = store
    .prepare('select state, count(*) as clips from clip where dataset_id = ? group by state')
    .all(dataset) as { state: ClipState; clips: number }[];
  const counts = Object.fromEntries(CLIP_STATES.map((state) => [state, 0])) as Record<ClipState, number>;
  for (const { state, clips } of rows) counts[state] = clips;
  return counts;
}
