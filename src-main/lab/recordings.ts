import path from 'node:path';
import type { StepKind } from './journal.ts';
import { doStep } from './journal.ts';
import { datasetByRoot } from './datasets.ts';
import { createDataset, importWriter, type NewClip, setDatasetState } from './importing.ts';
import type { Store } from './store.ts';

export const RECORDINGS_NAME = 'Recordings';

/** The dataset of what was recorded in this lab, made where there is none. @param root absolute real path of its folder */
export function recordedDataset(store: Store, root: string): number {
  const known = datasetByRoot(store, root);
  if (known) return known.id;
  const dataset = createDataset(store, RECORDINGS_NAME, 'recorded', root);
  setDatasetState(store, dataset, 'ready');
  return dataset;
}

interface Recording {
  dataset: number;
  clip: number;
  values: NewClip;
}

/** Taken back, the clip leaves the lab; its file stays in the folder of recordings, so that it can be done again. */
export const clipRecord: StepKind<Recording> = {
  kind: 'clip.record',
  words: ({ values }) => `Record "${values.label}": ${path.posix.basename(values.file)}`,
  apply: (store, { dataset, clip, values }) => importWriter(store, dataset).addClip(values, clip),
  revert: (store, { clip }) => void store.prepare('delete from clip where id = ?').run(clip),
};

/** Adds a recorded clip as an undoable step; answers its id. */
export function addRecording(store: Store, dataset: number, values: NewClip): number {
  return store.transaction(() => {
    const clip = store.prepare('select coalesce(max(id), 0) + 1 from clip').pluck().get() as number;
    doStep(store, clipRecord, { dataset, clip, values });
    return clip;
  })();
}
