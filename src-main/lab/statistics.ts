import type { DatasetStatistics } from '#shared/domain/dataset.ts';
import { datasetRow } from './datasets.ts';
import type { Store } from './store.ts';

/** Groups of identical recordings listed at most, and clips of each. */
const MOST_DUPLICATES = 200;
const MOST_COPIES = 20;
/** Bins a histogram has about. */
const BINS = 24;

/** Counts, durations, speakers and duplicates of a dataset. @throws HarkError `not-found` */
export function datasetStatistics(store: Store, dataset: number): DatasetStatistics {
  datasetRow(store, dataset);
  const all = <Row>(sql: string, ...values: (string | number)[]) => store.prepare(sql).all(dataset, ...values) as Row[];
  const [figures] = all<{ clips: number; seconds: number }>(
    'select count(*) as clips, total(duration) as seconds from clip indexed by clip_words where dataset_id = ?',
  );
  return {
    dataset,
    ...figures,
    classes: all(
      'select label as name, count(*) as clips, total(duration) as seconds from clip indexed by clip_words where dataset_id = ? group by label order by label',
    ),
    speakers: all(
      `select speaker as name, count(*) as clips, total(duration) as seconds from clip indexed by clip_words
      where dataset_id = ? and speaker is not null group by speaker order by speaker`,
    ),
    sampleRates: all(
      'select sample_rate as sampleRate, count(*) as clips from clip where dataset_id = ? group by sample_rate order by 1',
    ),
    durations: durationHistogram(store, dataset, figures.clips),
    duplicates: all<{ contentHash: string; edits: string }>(
      `select content_hash as contentHash, edits from clip where dataset_id = ?
      group by content_hash, edits having count(*) > 1 order by min(id) limit ${MOST_DUPLICATES}`,
    ).map(({ contentHash, edits }) => ({
      contentHash,
      clips: all(
        `select id, file, label from clip where dataset_id = ? and content_hash = ? and edits = ?
        order by id limit ${MOST_COPIES}`,
        contentHash,
        edits,
      ),
    })),
    backgrounds: all('select file, duration as seconds from background where dataset_id = ? order by file'),
  };
}

/**
 * Bins of one round width (1, 2 or 5 times a power of ten, seconds); a rare long tail (the top 1 %) shares one last,
 * wider bin, so that it does not press all others together.
 */
function durationHistogram(store: Store, dataset: number, clips: number): DatasetStatistics['durations'] {
  if (clips === 0) return { edges: [], counts: [], min: 0, median: 0, max: 0 };
  const ranked = store
    .prepare('select duration from clip where dataset_id = ? order by duration limit 1 offset ?')
    .pluck();
  const quantile = (share: number) => ranked.get(dataset, Math.round(share * (clips - 1))) as number;
  const [min, median, usual, max] = [0, 0.5, 0.99, 1].map(quantile);
  // A clip that a sum of decimals put a hair under an edge belongs above it.
  const hair = 1e-9;
  // Clips all but equal in length get a bin or two, not bins of microseconds.
  const width = roundWidth(usual - min > usual / 100 ? (usual - min) / BINS : usual / 10);
  const first = Math.floor(min / width + hair);
  const last = Math.floor(usual / width + hair);
  const counts = Array.from({ length: last - first + 1 }, () => 0);
  const edges = Array.from({ length: last - first + 2 }, (_, index) =>
    Number(((first + index) * width).toPrecision(12)),
  );
  const binned = store
    .prepare(
      `select cast(duration / ? + ${hair} as integer) as bin, count(*) as clips from clip where dataset_id = ? group by 1`,
    )
    .all(width, dataset) as { bin: number; clips: number }[];
  let beyond = 0;
  for (const { bin, clips: count } of binned) {
    if (bin > last) beyond += count;
    else counts[bin - first] += count;
  }
  if (beyond > 0) {
    counts.push(beyond);
    edges.push(max);
  }
  return { edges, counts, min, median, max };
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `width`. */
function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 5, 10].find((step) => step * power >= width * (1 - 1e-9)) ?? 10;
  return factor * power;
}
