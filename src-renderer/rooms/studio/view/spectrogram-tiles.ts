import type { ColourMap } from '#shared/math/colour-maps.ts';
import { fetchSpectrogram } from '../../../client/bulk.ts';
import { stepped, type FrequencyRange } from '../../../parts/sound/axis.ts';
import { colourWords } from '../../../parts/sound/colours.ts';
import type { Analysis } from '../../../parts/sound/spectrogram-settings.ts';
import type { OpenSound } from './layers.ts';
import { levelFor, tileLength, tilesIn, tileSpan } from './levels.ts';
import { TileCache } from './tile-cache.ts';
import { frequencyToY, secondsPerPixel, secondsToX, type Span, type Viewport } from './viewport.ts';

/** Pixels a tile is wide: coloured in well under a frame. */
const WIDTH = 384;
const MOST_TILES = 96;

interface Tile extends Span {
  range: FrequencyRange;
  pixels: Uint8Array;
  picture: HTMLCanvasElement;
  colours: ColourMap | null;
}

/** What the tiles in sight were computed by. */
export interface Computed {
  hopLength: number;
}

/** Which sound, in which channel. */
export interface Heard {
  sound: OpenSound;
  channel: number | null;
}

/** The spectrogram of the open sound, tile by tile. */
export class SpectrogramTiles {
  readonly #cache: TileCache<Tile>;
  #colours: ColourMap = 'magma';
  #table = colourWords('magma');
  #heard: Heard;
  /** Called when the hop of what is in sight is known. */
  onComputed: (computed: Computed) => void = () => undefined;

  constructor(heard: Heard, redraw: () => void) {
    this.#heard = heard;
    this.#cache = new TileCache<Tile>('', () => Promise.reject(new Error('nothing to draw yet')), redraw, {
      most: MOST_TILES,
    });
  }

  hear(heard: Heard): void {
    this.#heard = heard;
  }

  get error(): unknown {
    return this.#cache.error;
  }
  get busy(): boolean {
    return this.#cache.busy;
  }
  retry(): void {
    this.#cache.retry();
  }
  dispose(): void {
    this.#cache.dispose();
  }

  draw(
    ctx: CanvasRenderingContext2D,
    viewport: Viewport & { frequencies: FrequencyRange },
    scale: number,
    analysis: Analysis,
    colours: ColourMap,
  ): void {
    const { sound } = this.#heard;
    if (colours !== this.#colours) {
      this.#colours = colours;
      this.#table = colourWords(colours);
    }
    this.#settle(viewport, scale, analysis);
    // Finer than a sample there is nothing more to see.
    const finest = Math.ceil(-Math.log2(sound.sampleRate));
    const level = Math.max(finest, levelFor(secondsPerPixel(viewport) / scale, Math.round));
    this.#cache.want(tilesIn(viewport, level, WIDTH, sound.duration));
    for (const tile of this.#cache.pictures(viewport, level)) this.#drawTile(ctx, tile, viewport, scale);
  }

  #settle(viewport: Viewport & { frequencies: FrequencyRange }, scale: number, analysis: Analysis): void {
    const { sound, channel } = this.#heard;
    const query = {
      height: stepped(viewport.height * scale, 64, 1024),
      ...analysis,
      ...viewport.frequencies,
      ...sound.query,
      channel: channel ?? undefined,
    };
    this.#cache.become(JSON.stringify(query), async (place, signal) => {
      const span = tileSpan(place, WIDTH, sound.duration);
      const part = (span.end - span.start) / tileLength(place.level, WIDTH);
      const width = Math.max(1, Math.round(WIDTH * part));
      const { pixels, ...made } = await fetchSpectrogram(sound.clip, { ...query, ...span, width }, signal);
      this.onComputed({ hopLength: made.hopLength });
      const picture = document.createElement('canvas');
      picture.width = made.width;
      picture.height = made.height;
      return { ...span, range: viewport.frequencies, pixels, picture, colours: null };
    });
  }

  #drawTile(
    ctx: CanvasRenderingContext2D,
    tile: Tile,
    viewport: Viewport & { frequencies: FrequencyRange },
    scale: number,
  ): void {
    if (tile.colours !== this.#colours) this.#colour(tile);
    const { width, height } = tile.picture;
    const from = Math.max(tile.start, viewport.start);
    const to = Math.min(tile.end, viewport.end);
    const perSecond = width / (tile.end - tile.start);
    // To whole device pixels, so that no seam shows between neighbours.
    const whole = (x: number) => Math.round(x * scale) / scale;
    const left = whole(secondsToX(from, viewport));
    const right = whole(secondsToX(to, viewport));
    // A picture of another range of the same scale lies where its frequencies do.
    const alike = tile.range.scale === viewport.frequencies.scale;
    const top = alike ? frequencyToY(tile.range.fMax, viewport.frequencies, viewport.height) : 0;
    const bottom = alike ? frequencyToY(tile.range.fMin, viewport.frequencies, viewport.height) : viewport.height;
    if (right <= left || !Number.isFinite(top) || !Number.isFinite(bottom)) return;
    const source = Math.max((to - from) * perSecond, 1e-3);
    ctx.drawImage(
      tile.picture,
      (from - tile.start) * perSecond,
      0,
      source,
      height,
      left,
      top,
      right - left,
      bottom - top,
    );
  }

  #colour(tile: Tile): void {
    const { width, height } = tile.picture;
    const image = new ImageData(width, height);
    const words = new Uint32Array(image.data.buffer);
    for (let i = 0; i < words.length; i++) words[i] = this.#table[tile.pixels[i]];
    tile.picture.getContext('2d')!.putImageData(image, 0, 0);
    tile.colours = this.#colours;
  }
}
