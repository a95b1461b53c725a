import path from 'node:path';
import { z } from 'zod';
import type { Edit } from '#shared/domain/edit.ts';
import type { Suspect, SuspectSearch, Verdict } from '#shared/domain/queue.ts';
import { VERDICTS } from '#shared/domain/queue.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { soundVersion, type SoundOrigin } from './clips.ts';
import { takeStep } from './journal.ts';
import { addClass } from './label-sets.ts';
import { writeLabel } from './labels.ts';
import { readSetting, removeSetting, writeSetting } from './settings.ts';
import type { Store } from './store.ts';

/** What one search says of one clip. */
export interface FoundSuspect {
  clip: number;
  given: string;
  givenProbability: number;
  likely: string;
  likelyProbability: number;
  against: number;
}

export interface NewSearch extends Omit<SuspectSearch, 'id' | 'at' | 'clips'> {
  /** Every clip that was judged, the most suspect first. */
  suspects: readonly FoundSuspect[];
}

/** Keeps a search as a whole. @returns its id */
export function insertSearch(store: Store, search: NewSearch): number {
  const { dataset, folds, seeds, leftOut, accuracy, method, suspects } = search;
  return store.transaction(() => {
    const { lastInsertRowid } = store
      .prepare('insert into suspect_search (dataset_id, at, spec, clips, accuracy, method) values (?, ?, ?, ?, ?, ?)')
      .run(
        ...[dataset, new Date().toISOString(), JSON.stringify({ folds, seeds, leftOut })],
        ...[suspects.length, accuracy, method],
      );
    const id = Number(lastInsertRowid);
    const insert = store.prepare(
      `insert into suspect (search_id, clip_id, rank, given, given_probability, likely, likely_probability, against)
      values (@id, @clip, @rank, @given, @givenProbability, @likely, @likelyProbability, @against)`,
    );
    suspects.forEach((suspect, index) => insert.run({ ...suspect, id, rank: index + 1 }));
    return id;
  })();
}

const StoredSpec = z.object({
  folds: z.number(),
  seeds: z.array(z.number()),
  leftOut: z.array(z.object({ file: z.string(), reason: z.string() })),
});

/** The newest search of a dataset; null before the first. */
export function newestSearch(store: Store, dataset: number): SuspectSearch | null {
  const row = store
    .prepare(
      `select id, dataset_id as dataset, at, spec, clips, accuracy, method from suspect_search
      where dataset_id = ? order by id desc limit 1`,
    )
    .get(dataset) as (Omit<SuspectSearch, 'folds' | 'seeds' | 'leftOut'> & { spec: string }) | undefined;
  if (!row) return null;
  const { spec, ...rest } = row;
  return { ...rest, ...StoredSpec.parse(JSON.parse(spec)) };
}

const ROW = `clip.id as clip, file, duration, sample_rate as sampleRate, missing, rank, given, clip.label,
  content_hash as contentHash, start, "end", edits,
  given_probability as givenProbability, likely, likely_probability as likelyProbability, against, verdict
  from suspect join clip on clip.id = clip_id`;

/** The first `limit` clips of a search by rank, whatever became of them. */
export function listSuspects(store: Store, search: number, limit: number): Suspect[] {
  const rows = store.prepare(`select ${ROW} where search_id = ? order by rank limit ?`).all(search, limit);
  return (rows as StoredSuspect[]).map(({ contentHash, start, end, edits, ...row }) => ({
    ...row,
    version: soundVersion({ contentHash, start, end, edits: JSON.parse(edits) as Edit[] }),
    missing: row.missing === 1,
  }));
}

type StoredSuspect = Omit<Suspect, 'missing' | 'version'> &
  Omit<SoundOrigin, 'edits'> & { missing: number; edits: string };

/** How many clips of a search have which verdict. */
export function verdictCounts(store: Store, search: number): Record<Verdict, number> {
  const rows = store
    .prepare('select verdict, count(*) as clips from suspect where search_id = ? group by verdict')
    .all(search) as { verdict: Verdict; clips: number }[];
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict, clips } of rows) counts[verdict] = clips;
  return counts;
}

/**
 * Accepted, the clip takes the likely class, set by suggestion; refused, it has the label that was disbelieved (again). One undoable
 * step; the verdict a suspect has already changes nothing.
 * @throws HarkError `not-found`
 */
export function judgeSuspect(store: Store, search: number, clip: number, verdict: 'accepted' | 'refused'): void {
  const row = store
    .prepare(
      `select suspect.id, dataset_id as dataset, file, label, given, likely, verdict as before
      from suspect join clip on clip.id = clip_id where search_id = ? and clip_id = ?`,
    )
    .get(search, clip) as StoredJudgement | undefined;
  if (!row)
    throw new HarkError('not-found', 'This clip is not among the suspects of that search.', {
      where: `clip ${clip}`,
      remedy: 'Open the list of suspects again.',
    });
  const { id, dataset, file, label, given, likely, before } = row;
  // What someone has mended by hand since is not touched by a refusal.
  const to = verdict === 'accepted' ? likely : before === 'accepted' && label === likely ? given : label;
  const what = to === label ? `"${label}" stays` : `"${label}" to "${to}"`;
  takeStep(store, `Suspect label ${verdict}, ${what}: ${path.posix.basename(file)}`, (pen) => {
    pen.update('suspect', id, { verdict });
    addClass(pen, dataset, null, to);
    writeLabel(pen, { id: clip, dataset }, null, to, 'suggestion');
  });
}

interface StoredJudgement {
  id: number;
  dataset: number;
  file: string;
  label: string;
  given: string;
  likely: string;
  before: Verdict;
}

const underWay = (dataset: number) => `suspects-under-way-${dataset}`;

/** Notes that a search has begun, so that one which the end of the app cuts off is told of. */
export function noteSearchBegun(store: Store, dataset: number): void {
  writeSetting(store, underWay(dataset), new Date().toISOString());
}

export function noteSearchEnded(store: Store, dataset: number): void {
  removeSetting(store, underWay(dataset));
}

/** When a search was begun that has not ended (ISO 8601, UTC); null: there is none. */
export function searchBegun(store: Store, dataset: number): string | null {
  return readSetting(store, underWay(dataset));
}
