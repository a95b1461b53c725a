import { create } from 'zustand';
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
  /** The part of the clip in sight, seconds. */
  view: { start: number; end: number };
  selection: Selection | null;
  /** The tier that new regions go into, and the region at hand; null: none. */
  tier: number | null;
  region: number | null;
  /** The channel in sight; null: all, one under the other. */
  channel: number | null;
  /** An edit that is tried: heard and drawn, not yet taken. */
  preview: Edit | null;
}

/** What all views of the clip in the studio share. */
export const useStudio = create<Studio>(() => ({
  view: { start: 0, end: 1 },
  selection: null,
  tier: null,
  region: null,
  channel: null,
  preview: null,
}));
