import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Edit } from '#shared/domain/edit.ts';

/** A span of the clip, or a box in time x frequency. start = end: a cursor. */
export interface Selection {
  /** Seconds. */
  start: number;
  end: number;
  /** Hz; null: all frequencies. */
  fMin: number | null;
  fMax: number | null;
}

interface Studio {
  /** What is searched for in the list of clips; empty: nothing. */
  search: string;
  /** The part of the clip in sight, seconds. */
  view: { start: number; end: number };
  /** The frequencies in sight, Hz; null: all that the spectrogram's settings say. */
  frequencies: { fMin: number; fMax: number } | null;
  selection: Selection | null;
  /** The tier that new regions go into, and the region at hand; null: none. */
  tier: number | null;
  region: number | null;
  /** The region whose label is being typed. */
  naming: number | null;
  /** The channel in sight; null: all, one under the other; 'mix': their mean. */
  channel: number | 'mix' | null;
  /** Only the selected box's band is heard. */
  bandOnly: boolean;
  /** Seconds that selections and regions snap to: borders of regions, and of silence. */
  borders: readonly number[];
  /** An edit that is tried: heard and drawn, not yet taken. */
  preview: Edit | null;
  /** Only the first so many edits are heard and drawn, to compare; null: all. Nothing is taken back by it. */
  upTo: number | null;
  /** Spans that are proposed, drawn over the sound: where it would be split. Seconds. */
  ghosts: readonly { start: number; end: number; label?: string }[];
}

/** What all views of the clip in the studio share. */
export const useStudio = create<Studio>(() => ({
  search: '',
  view: { start: 0, end: 1 },
  frequencies: null,
  selection: null,
  tier: null,
  region: null,
  naming: null,
  channel: null,
  bandOnly: false,
  borders: [],
  preview: null,
  upTo: null,
  ghosts: [],
}));

interface Habits {
  /** What a drag on the spectrogram makes. Shift makes the other. */
  tool: 'time' | 'box';
  /** What borders of selections and regions are drawn to. */
  snap: 'none' | 'zero' | 'borders';
  /** Whether a click plays from there, or only sets the playhead. */
  clickPlays: boolean;
  /** Whether the view turns its pages with the playhead. */
  follow: boolean;
  /** How times are typed and told. */
  units: 'seconds' | 'samples';
  /** Waveform: amplitude, magnified. */
  amplitude: number;
  /** The right panel in front. */
  panel: string;
}

/** How the person likes the studio; kept on this machine. */
export const useHabits = create<Habits>()(
  persist(
    (): Habits => ({
      tool: 'box',
      snap: 'none',
      clickPlays: false,
      follow: true,
      units: 'seconds',
      amplitude: 1,
      panel: 'regions',
    }),
    { name: 'hark.studio' },
  ),
);
