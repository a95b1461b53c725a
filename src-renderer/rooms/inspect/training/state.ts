import { create } from 'zustand';

/** Which gradient is followed: |dL/dh| or, of an LSTM, |dL/dc|. */
export type StateKind = 'hidden' | 'cell';

interface TrainingView {
  layer: number;
  reverse: boolean;
  state: StateKind;
  /** null: the newest, as it comes in. */
  epoch: number | null;
  /** Whether the curves from before the first epoch stand behind those of the chosen one. */
  beginning: boolean;
}

/** What is looked at of a training. */
export const useTrainingView = create<TrainingView>(() => ({
  ...{ layer: 0, reverse: false, state: 'hidden', epoch: null, beginning: true },
}));
