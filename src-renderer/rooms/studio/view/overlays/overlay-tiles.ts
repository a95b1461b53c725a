import { create } from 'zustand';
import type { OverlayKind } from '#shared/contract/bulk.ts';
import { fetchOverlay } from '../../../../client/bulk.ts';
import type { OpenSound } from '../layers.ts';
import { tileLength, tilesIn } from '../levels.ts';
import { TileCache } from '../tile-cache.ts';
import type { Viewport } from '../viewport.ts';
import { frameLevel, type FrameTile } from './frames.ts';

/** Frames of a tile. */
const POINTS = 256;
const MOST_TILES = 64;

type TimeView = Pick<Viewport, 'start' | 'end' | 'width'>;

/** The overlays of the open sound, tile by tile for each kind and channel. */
export class OverlayTiles {
  readonly sound: OpenSound;
  readonly #redraw: () => void;
  readonly #caches = new Map<string, TileCache<FrameTile>>();
  readonly #views = new Map<string, TimeView>();

  constructor(sound: OpenSound, redraw: () => void) {
    this.sound = sound;
    this.#redraw = redraw;
  }

  /** Asks for what a view shows and gives what there is, coarse before fine. @param channel null: the mix */
  want(kind: OverlayKind, channel: number | null, view: TimeView): readonly FrameTile[] {
    const key = keyOf(kind, channel);
    let cache = this.#caches.get(key);
    if (!cache) {
      cache = new TileCache<FrameTile>(key, this.#loader(kind, channel), this.#redraw, {
        most: MOST_TILES,
        parallel: 2,
      });
      this.#caches.set(key, cache);
    }
    const level = frameLevel(view);
    cache.want(tilesIn(view, level, POINTS, this.sound.duration));
    this.#views.set(key, view);
    return cache.pictures(view, level);
  }

  /** What there is now of what was wanted last. */
  inSight(kind: OverlayKind, channel: number | null): readonly FrameTile[] {
    const key = keyOf(kind, channel);
    const view = this.#views.get(key);
    return (view && this.#caches.get(key)?.pictures(view, frameLevel(view))) ?? [];
  }

  /** Why frames of a kind are missing; null where none failed. */
  error(kind: OverlayKind, channel: number | null): unknown {
    return this.#caches.get(keyOf(kind, channel))?.error ?? null;
  }

  dispose(): void {
    for (const cache of this.#caches.values()) cache.dispose();
    this.#caches.clear();
    this.#views.clear();
  }

  #loader(kind: OverlayKind, channel: number | null) {
    const { clip, query } = this.sound;
    return async ({ level, index }: { level: number; index: number }, signal: AbortSignal): Promise<FrameTile> => {
      const length = tileLength(level, POINTS);
      // Also where the sound ends before its last tile: the step of the frames follows from the length asked for.
      const span = { start: index * length, end: (index + 1) * length };
      const part = { ...query, ...span, channel: channel ?? undefined };
      const track = await fetchOverlay(clip, { ...part, kind, points: POINTS }, signal);
      return { ...track, end: Math.min(span.end, this.sound.duration) };
    };
  }
}

const keyOf = (kind: OverlayKind, channel: number | null) => `${kind} ${channel ?? 'mix'}`;

/** The tiles of the sound that lies open; `stamp` changes with what is there. */
export const useOverlayTiles = create<{ tiles: OverlayTiles | null; stamp: number }>(() => ({ tiles: null, stamp: 0 }));

const users = new Map<OverlayTiles, number>();

/** The tiles of a sound, for a lane; all lanes of a sound have the same. To be let go of by `leaveTiles`. */
export function joinTiles(sound: OpenSound, redraw: () => void): OverlayTiles {
  let { tiles } = useOverlayTiles.getState();
  if (tiles?.sound !== sound) {
    tiles = new OverlayTiles(sound, () => {
      useOverlayTiles.setState(({ stamp }) => ({ stamp: stamp + 1 }));
      redraw();
    });
    useOverlayTiles.setState({ tiles });
  }
  users.set(tiles, (users.get(tiles) ?? 0) + 1);
  return tiles;
}

export function leaveTiles(tiles: OverlayTiles): void {
  const left = users.get(tiles)! - 1;
  if (left > 0) return void users.set(tiles, left);
  users.delete(tiles);
  tiles.dispose();
  if (useOverlayTiles.getState().tiles === tiles) useOverlayTiles.setState({ tiles: null });
}
