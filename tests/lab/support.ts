import { createDataset, importWriter, type NewClip, setDatasetState } from '#main/lab/importing.ts';
import type { Store } from '#main/lab/store.ts';

const PLAIN: NewClip = {
  file: 'x.wav',
  label: 'x',
  speaker: null,
  source: null,
  official: null,
  fold: null,
  note: '',
  start: null,
  end: null,
  size: 1644,
  mtimeMs: 1,
  contentHash: 'h',
  container: 'WAV',
  codec: 'PCM s16le',
  sampleRate: 8000,
  channels: 1,
  bits: 16,
  frames: 800,
  duration: 0.1,
  warnings: [],
};

/** A dataset made of rows alone, without files; what a row leaves out is plain, and its content its own. */
export function madeDataset(store: Store, clips: Partial<NewClip>[], name = 'Made'): number {
  return store.transaction(() => {
    const dataset = createDataset(store, name, 'folder', `/made/${name}`);
    const writer = importWriter(store, dataset);
    clips.forEach((clip, index) => writer.addClip({ ...PLAIN, contentHash: `h${index}`, ...clip }));
    setDatasetState(store, dataset, 'ready');
    return dataset;
  })();
}
