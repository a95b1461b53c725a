import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { MapMethod } from '#shared/domain/clip-map.ts';
import type { Part } from '#shared/domain/split.ts';
import type { ColourBy } from './groups.ts';

interface MapHabits {
  method: MapMethod;
  /** Of UMAP. */
  nNeighbors: number;
  minDist: number;
  seed: number;
  parts: readonly Part[];
  colourBy: ColourBy;
  /** Whether a clip is heard when the pointer rests on it. */
  hearUnderPointer: boolean;
  /** What a drag does. */
  tool: 'lasso' | 'move';
}

/** How the person likes to look at maps; kept on this machine. */
export const useMapHabits = create<MapHabits>()(
  persist(
    (): MapHabits => ({
      ...{ method: 'pca', nNeighbors: 15, minDist: 0.1, seed: 0 },
      ...{ parts: ['test'], colourBy: 'class', hearUnderPointer: true, tool: 'lasso' },
    }),
    { name: 'hark.map' },
  ),
);

interface MapState {
  /** Whose networks; null: those of the newest comparison. */
  comparison: number | null;
  /** Of the network; null: the first. */
  seed: number | null;
}

/** What is looked at now. */
export const useMapState = create<MapState>(() => ({ comparison: null, seed: null }));
