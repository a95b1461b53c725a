import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface RecordSettings {
  /** null: the system's own choice. */
  device: string | null;
  channels: 1 | 2;
  /** Counts 3, 2, 1 before each take. */
  countIn: boolean;
  /** dB below full scale (RMS) under which it is silent. */
  silenceDb: number;
  speaker: string;
  mode: 'free' | 'words';
  /** Free recording: the label of the clip, and whether silence at both ends is taken off. */
  label: string;
  trimFree: boolean;
  /** The series: words as typed, takes of each, their order. */
  words: string;
  takes: number;
  order: 'fixed' | 'random';
  /** A take of a word ends by itself when it has been silent for a while, and the next begins by itself. */
  autoStop: boolean;
  autoNext: boolean;
}

/** How the person records; kept on this machine. */
export const useRecordSettings = create<RecordSettings>()(
  persist(
    (): RecordSettings => ({
      ...{ device: null, channels: 1, countIn: true, silenceDb: -45, speaker: '' },
      ...{ mode: 'free', label: 'recording', trimFree: false },
      ...{ words: '', takes: 5, order: 'random', autoStop: true, autoNext: false },
    }),
    { name: 'hark.record' },
  ),
);
