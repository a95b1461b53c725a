import type { ColourMap } from '#shared/math/colour-maps.ts';
import { hzToMel } from '#shared/math/mel.ts';
import { colourWords } from '../../../../parts/sound/colours.ts';
import { frequency } from '../../../../parts/format.ts';
import { secondsToX, type Viewport } from '../viewport.ts';
import type { FrameTile } from './frames.ts';

/** How the values of a frame become colours, one above the other; the same for every sound and part, so that they can be compared. */
export interface Heat {
  /** CSS pixels. */
  height: number;
  /** Least and greatest value that have a colour of their own. */
  range(value: number): readonly [number, number];
  /** The ranges in words. */
  words: string;
  /** Names beside the rows: how high they stand, 0 to 1, and what they say. */
  names(values: number, sampleRate: number): { share: number; name: string }[];
}

const MEL_TICKS = [200, 500, 1000, 2000, 4000, 8000, 16_000];

export const HEATS: Record<'mel' | 'mfcc', Heat> = {
  mel: {
    height: 96,
    range: () => [-14, 8],
    words: '−14 to 8 ln power',
    names(values, sampleRate) {
      const top = hzToMel(Math.floor(sampleRate / 2), 'htk');
      // Band m is centred on point m + 1 of values + 2.
      const share = (hz: number) => ((hzToMel(hz, 'htk') / top) * (values + 1) - 0.5) / values;
      const found: { share: number; name: string }[] = [];
      for (const hz of MEL_TICKS)
        if (share(hz) < 0.98 && share(hz) - (found.at(-1)?.share ?? -1) > 0.14)
          found.push({ share: share(hz), name: frequency(hz) });
      return found;
    },
  },
  mfcc: {
    height: 96,
    range: (value) => (value === 0 ? [-90, 30] : [-24 / Math.sqrt(value), 24 / Math.sqrt(value)]),
    words: 'c0: −90 to 30; ck: ±24/√k',
    names: (values) =>
      Array.from({ length: Math.ceil(values / 3) }, (_, i) => ({ share: (3 * i + 0.5) / values, name: `c${3 * i}` })),
  },
};

/** Pictures of tiles, made once. */
const pictures = new WeakMap<FrameTile, { colours: ColourMap; canvas: HTMLCanvasElement }>();

/** Draws tiles one after another, the first value at the bottom. */
export function drawHeat(
  ctx: CanvasRenderingContext2D,
  view: Omit<Viewport, 'frequencies'>,
  scale: number,
  tiles: readonly FrameTile[],
  heat: Heat,
  colours: ColourMap,
): void {
  ctx.save();
  ctx.imageSmoothingEnabled = false;
  const whole = (x: number) => Math.round(x * scale) / scale;
  for (const tile of tiles) {
    if (tile.frames === 0) continue;
    const left = whole(secondsToX(tile.start - tile.hop / 2, view));
    const right = whole(secondsToX(tile.start + (tile.frames - 0.5) * tile.hop, view));
    if (right > left) ctx.drawImage(pictureOf(tile, heat, colours), left, 0, right - left, view.height);
  }
  ctx.restore();
}

function pictureOf(tile: FrameTile, heat: Heat, colours: ColourMap): HTMLCanvasElement {
  const known = pictures.get(tile);
  if (known?.colours === colours) return known.canvas;
  const canvas = document.createElement('canvas');
  canvas.width = tile.frames;
  canvas.height = tile.values;
  const image = new ImageData(tile.frames, tile.values);
  new Uint32Array(image.data.buffer).set(heatWords(tile, heat, colourWords(colours)));
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  pictures.set(tile, { colours, canvas });
  return canvas;
}

/** The colour of each value, rows from the last value down to the first: [values, frames]. */
export function heatWords(
  { data, frames, values }: Pick<FrameTile, 'data' | 'frames' | 'values'>,
  { range }: Heat,
  table: Uint32Array,
): Uint32Array {
  const words = new Uint32Array(frames * values);
  for (let value = 0; value < values; value++) {
    const [low, high] = range(value);
    const row = (values - 1 - value) * frames;
    for (let frame = 0; frame < frames; frame++) {
      const share = (data[frame * values + value] - low) / (high - low);
      words[row + frame] = table[Math.round(255 * Math.max(0, Math.min(1, share))) || 0];
    }
  }
  return words;
}
