import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';
import { datasetByRoot } from './datasets.ts';
import { undoStep } from './history.ts';
import { createDataset, type FileFacts, setDatasetState } from './importing.ts';
import { takeStep } from './journal.ts';
import { addClass } from './label-sets.ts';
import type { Store } from './store.ts';

const RECORDINGS_NAME = 'Recordings';

export interface NewRecording extends FileFacts {
  /** Relative to the folder of recordings. */
  file: string;
  label: string;
  speaker: string | null;
}

/** The dataset of what was recorded in this lab, made where there is none. @param root absolute real path of its folder */
export function recordedDataset(store: Store, root: string): number {
  const known = datasetByRoot(store, root);
  if (known) return known.id;
  const dataset = createDataset(store, RECORDINGS_NAME, 'recorded', root);
  setDatasetState(store, dataset, 'ready');
  return dataset;
}

/**
 * Adds a recorded clip as one undoable step. Undone, the clip leaves the lab; its file stays, so that it can be done again.
 * @returns the clip's id
 */
export function addRecording(store: Store, dataset: number, recording: NewRecording): number {
  const { file, label, speaker, size, contentHash, container, codec, channels, bits, frames, duration } = recording;
  return takeStep(store, `Record "${label}": ${path.posix.basename(file)}`, (pen) => {
    addClass(pen, dataset, null, label);
    const clip = pen.insert('recording', {
      ...{ dataset_id: dataset, file, size, mtime_ms: recording.mtimeMs, content_hash: contentHash, container, codec },
      ...{ sample_rate: recording.sampleRate, channels, bits, frames, duration, speaker, label, imported_label: label },
      warnings: JSON.stringify(recording.warnings),
    });
    const setAt = new Date().toISOString();
    pen.insert('label', { clip_id: clip, set_id: null, label, set_by: 'user', set_at: setAt, undone: 0 });
    return clip;
  });
}

/**
 * Takes back that a clip was recorded: the newest step, so that nothing done since is lost.
 * @throws HarkError conflict when it is not
 */
export function takeBackRecording(store: Store, clip: number): void {
  store.transaction(() => {
    const newest = store
      .prepare(
        `select 1 from step_change where entity = 'recording' and row_id = ? and before is null
          and step_id = (select max(id) from step where undone = 0)`,
      )
      .get(clip);
    if (!newest)
      throw new HarkError('conflict', 'Something else has been changed since this take.', {
        remedy: 'Undo that first, or mark the clip as rejected.',
      });
    undoStep(store);
  })();
}
