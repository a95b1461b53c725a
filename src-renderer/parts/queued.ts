import { create } from 'zustand';

/** Clips that were put into the labelling queue by hand. */
export interface Queued {
  dataset: number;
  clips: readonly number[];
  /** Where they were chosen, to be read after "12 clips": "from the map". */
  from: string;
}

const useStore = create<{ queued: Queued | null }>(() => ({ queued: null }));

/** What was put into the queue of a dataset; null: its queue offers all clips. */
export const useQueued = (dataset: number): Queued | null =>
  useStore(({ queued }) => (queued?.dataset === dataset ? queued : null));

export const queueClips = (queued: Queued): void => useStore.setState({ queued });
export const leaveQueued = (): void => useStore.setState({ queued: null });
