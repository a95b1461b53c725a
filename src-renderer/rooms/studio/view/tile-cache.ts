import type { Place } from './levels.ts';
import type { Span } from './viewport.ts';

/** Fetches one tile; the signal tells that it is no longer in sight. */
export type LoadTile<T> = (place: Place, signal: AbortSignal) => Promise<T>;

interface Kept<T> {
  place: Place;
  tile: T;
}

interface Options {
  /** Tiles kept at most; those seen longest ago go first. */
  most: number;
  /** Calls that run at once. */
  parallel?: number;
  /** Milliseconds a view has to stand before its tiles are asked for. */
  rest?: number;
}

/** Levels finer than the wanted one that still serve; of finer ones there would be many for little. */
const FINER = 2;

/**
 * Tiles of other levels to be stretched, coarse before fine, so that what is nearer to the wanted level lies above. Levels coarser
 * than one that covers the view would not be seen, and are left out.
 */
function stretched<T extends Span>(others: Kept<T>[], view: Span, level: number): T[] {
  const chosen: Kept<T>[] = others.filter(({ place }) => place.level < level && place.level >= level - FINER);
  const coarser = others.filter(({ place }) => place.level > level);
  for (const one of [...new Set(coarser.map(({ place }) => place.level))].sort((a, b) => a - b)) {
    const tiles = coarser.filter(({ place }) => place.level === one);
    chosen.push(...tiles);
    const covered = tiles.reduce(
      (sum, { tile }) => sum + Math.min(tile.end, view.end) - Math.max(tile.start, view.start),
      0,
    );
    if (covered >= (view.end - view.start) * (1 - 1e-9)) break;
  }
  return chosen.sort((a, b) => b.place.level - a.place.level).map(({ tile }) => tile);
}

const keyOf = ({ level, index }: Place) => `${level}/${index}`;

/**
 * Tiles by level and index. Those wanted are fetched, others no longer are; what was drawn by other settings stays to be shown until
 * the wanted ones are there.
 */
export class TileCache<T extends Span> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #pending = new Map<string, AbortController>();
  readonly #failed = new Map<string, unknown>();
  readonly #redraw: () => void;
  readonly #most: number;
  readonly #parallel: number;
  readonly #rest: number;
  #former: T[] = [];
  #wanted: Place[] = [];
  #load: LoadTile<T>;
  #settings: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: string, load: LoadTile<T>, redraw: () => void, { most, parallel = 4, rest = 40 }: Options) {
    this.#settings = settings;
    this.#load = load;
    this.#redraw = redraw;
    this.#most = most;
    this.#parallel = parallel;
    this.#rest = rest;
  }

  /** From now on tiles are made by other settings (told apart by their words); the same ones change nothing. */
  become(settings: string, load: LoadTile<T>): void {
    if (settings === this.#settings) return;
    this.#settings = settings;
    this.#load = load;
    if (this.#kept.size > 0) this.#former = [...this.#kept.values()].map(({ tile }) => tile);
    this.#kept.clear();
    this.#failed.clear();
    this.#stopPending(() => true);
    this.#wanted = [];
  }

  /** Why a wanted tile is not there; null where none failed. */
  get error(): unknown {
    for (const place of this.#wanted) {
      const error = this.#failed.get(keyOf(place));
      if (error !== undefined) return error;
    }
    return null;
  }

  /** Whether any wanted tile is still on its way. */
  get busy(): boolean {
    return this.#wanted.some((place) => !this.#kept.has(keyOf(place)) && !this.#failed.has(keyOf(place)));
  }

  /** Asks for these tiles, the most urgent first, and for no others. */
  want(places: Place[]): void {
    const keys = new Set(places.map(keyOf));
    const news = places.length !== this.#wanted.length || this.#wanted.some((place) => !keys.has(keyOf(place)));
    this.#wanted = places;
    for (const place of places) this.#touch(keyOf(place));
    if (!news) return;
    this.#stopPending((key) => !keys.has(key));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), this.#rest);
  }

  /** What there is to draw a view with, to be painted in this order: what is stretched first, the wanted tiles last. */
  pictures(view: Span, level: number): T[] {
    const inSight = ({ start, end }: Span) => start < view.end && end > view.start;
    const exact: T[] = [];
    const others: Kept<T>[] = [];
    let covered = 0;
    for (const kept of this.#kept.values()) {
      if (!inSight(kept.tile)) continue;
      if (kept.place.level !== level) others.push(kept);
      else {
        exact.push(kept.tile);
        covered += Math.min(kept.tile.end, view.end) - Math.max(kept.tile.start, view.start);
      }
    }
    if (covered >= (view.end - view.start) * (1 - 1e-9)) {
      this.#former = [];
      return exact;
    }
    return [...this.#former.filter(inSight), ...stretched(others, view, level), ...exact];
  }

  /** Asks once more for what failed. */
  retry(): void {
    this.#failed.clear();
    this.#start();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stopPending(() => true);
    this.#kept.clear();
    this.#former = [];
    this.#wanted = [];
  }

  #start(): void {
    for (const place of this.#wanted) {
      if (this.#pending.size >= this.#parallel) return;
      const key = keyOf(place);
      if (!this.#kept.has(key) && !this.#pending.has(key) && !this.#failed.has(key)) void this.#fetch(place, key);
    }
  }

  async #fetch(place: Place, key: string): Promise<void> {
    const stop = new AbortController();
    this.#pending.set(key, stop);
    try {
      const tile = await this.#load(place, stop.signal);
      if (stop.signal.aborted) return;
      this.#kept.set(key, { place, tile });
      this.#forget();
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#failed.set(key, error);
    }
    this.#pending.delete(key);
    this.#redraw();
    this.#start();
  }

  #stopPending(which: (key: string) => boolean): void {
    for (const [key, stop] of this.#pending) {
      if (!which(key)) continue;
      stop.abort();
      this.#pending.delete(key);
    }
  }

  /** Maps keep the order of insertion: what is used again goes to the end. */
  #touch(key: string): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
  }

  #forget(): void {
    for (const key of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) return;
      this.#kept.delete(key);
    }
  }
}
