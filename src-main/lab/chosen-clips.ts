import path from 'node:path';
import type { ClipState } from '#shared/domain/region.ts';
import { missingClip } from './clips.ts';
import type { Store } from './store.ts';

/** What steps on many clips look at in each of them. */
export interface ChosenClip {
  id: number;
  dataset: number;
  file: string;
  label: string;
  state: ClipState;
  /** Seconds, and Hz, of the sound as edited. */
  duration: number;
  sampleRate: number;
}

const CHOSEN = `select clip.id, dataset_id as dataset, file, label, clip.state, duration, sample_rate as sampleRate
  from clip join dataset on dataset.id = dataset_id and removed_at is null`;

/** Clips by their ids, each once, in the order given; those that are not in the lab are left out. */
export function chosenClips(store: Store, ids: readonly number[]): ChosenClip[] {
  const rows = store
    .prepare(`${CHOSEN} where clip.id in (select value from json_each(?))`)
    .all(JSON.stringify(ids)) as ChosenClip[];
  const found = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}

/** The same where all of them are needed. @throws HarkError `not-found` */
export function requiredClips(store: Store, ids: readonly number[]): ChosenClip[] {
  const clips = chosenClips(store, ids);
  const wanted = new Set(ids);
  if (clips.length < wanted.size) {
    for (const { id } of clips) wanted.delete(id);
    throw missingClip([...wanted][0]);
  }
  return clips;
}

/** What a step was done to: the file's name, or how many clips. */
export const clipWords = (clips: readonly { file: string }[]): string =>
  clips.length === 1 ? path.posix.basename(clips[0].file) : `${clips.length} clips`;
