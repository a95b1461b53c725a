import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Selection {
  /** The dataset in use, shown at the top and taken by every room that needs one. */
  dataset: number | null;
  /** The clip at hand; the same in every view. */
  clip: number | null;
  /** Whether a clip is played as soon as it is chosen; null: as the view has it where nothing has been set. */
  autoplay: boolean | null;
}

export const useSelection = create<Selection>()(
  persist((): Selection => ({ dataset: null, clip: null, autoplay: null }), {
    name: 'hark.selection',
    partialize: ({ dataset, autoplay }) => ({ dataset, autoplay }),
  }),
);

export const chooseDataset = (dataset: number) =>
  useSelection.setState((now) => (now.dataset === dataset ? now : { dataset, clip: null }));
export const chooseClip = (clip: number | null) => useSelection.setState({ clip });
