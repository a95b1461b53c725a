import { signalCalls } from '#main/native/signal.ts';
import type { SpectrogramQuery } from '#shared/contract/bulk.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { colourMap, type ColourMap } from '#shared/math/colour-maps.ts';
import { windowOf, type WindowName } from '#shared/math/windows.ts';
import { drawPlain } from './picture-plain.ts';
import { pictureRows, type PictureRows } from './picture-rows.ts';

/**
 * The `width` columns divide the time from `start` to `end` evenly, and each shows the frames that fall into it, at most half a
 * window apart as long as a picture's worth of them is not exceeded. Edges in Hz, fMax null: half the sampling rate; with `scale` 'log' fMin
 * is at least the width of one FFT bin. Levels in dB, 0: a full-scale sine.
 */
export interface PictureOptions extends SpectrogramQuery {
  window: WindowName;
  /** Samples, up to nFft, in the middle of the FFT's frame; null: nFft. */
  winLength: number | null;
  /** Seconds; what lies beside is looked at where a window reaches so far. Tiles of even steps so fit together. */
  start: number;
  /** Seconds; null: to the end of the sound. */
  end: number | null;
  /** Of a column's frames, the loudest (a click is not lost) or the average power. */
  pooling: 'max' | 'mean';
  /** null: levels. */
  colours: ColourMap | null;
}

export interface SpectrogramPicture {
  width: number;
  height: number;
  /** Row by row from the top: 0 ... 255 from floor to ceiling, or, with `colours`, red, green, blue and 255 of each pixel. */
  pixels: Uint8Array<ArrayBuffer>;
  sampleRate: number;
  /** Seconds at the left edge. */
  start: number;
  /** Seconds from the left edge to the right. */
  duration: number;
  nFft: number;
  winLength: number;
  /** Samples from one frame to the next. */
  hopLength: number;
  window: WindowName;
  /** Hz at the bottom and top edges, as drawn. */
  fMin: number;
  fMax: number;
  scale: PictureOptions['scale'];
  floorDb: number;
  ceilingDb: number;
}

export const DEFAULT_PICTURE: PictureOptions = {
  nFft: 512,
  window: 'hann',
  winLength: null,
  width: 800,
  height: 256,
  fMin: 0,
  fMax: null,
  scale: 'mel',
  floorDb: -100,
  ceilingDb: -10,
  start: 0,
  end: null,
  pooling: 'max',
  colours: null,
};

/**
 * What one picture may cost: its frames times their FFT's length. Of more frames only some are looked at, evenly spread over each
 * column, and `hopLength` says how far apart: 1600 columns of 512 samples show all frames of up to 4 minutes at 44.1 kHz.
 */
const MOST_WORK = 2 ** 25;
/** Pictures narrower than this have as many frames to a column as one of this width, so that tiles of any widths fit together. */
const USUAL_WIDTH = 1024;

/** All of a picture but the sound. */
export interface PicturePlan {
  nFft: number;
  /** [winLength] */
  window: Float64Array;
  /** Samples: the first column's left edge, and from column to column. */
  start: number;
  step: number;
  width: number;
  /** To a column. */
  frames: number;
  pooling: PictureOptions['pooling'];
  height: number;
  rows: PictureRows;
  /** Power of a full-scale sine. */
  fullScale: number;
  floorDb: number;
  ceilingDb: number;
  /** [256, 3] */
  colours: Uint8Array | null;
}

/** A picture as its form in TypeScript and the kernel take it. */
export interface Drawing extends PicturePlan {
  samples: Float32Array;
}

/**
 * The spectrogram of a sound, or a tile of it, as a picture. Who must not be held up asks `drawSpectrogram`.
 * @param samples mono, full scale ±1; none give an even floor @param sampleRate Hz
 * @throws HarkError bad-input for a picture of no size or time, or bands that are not below half the sampling rate
 */
export function spectrogramPicture(
  samples: Float32Array,
  sampleRate: number,
  options: Partial<PictureOptions> = {},
): SpectrogramPicture {
  const { plan, ...facts } = planPicture({ frames: samples.length, sampleRate }, options);
  return { ...facts, pixels: draw({ ...plan, samples }) };
}

/** All of a picture but its pixels, and how they are drawn. @throws HarkError as `spectrogramPicture` */
export function planPicture(
  sound: { frames: number; sampleRate: number },
  options: Partial<PictureOptions>,
): Omit<SpectrogramPicture, 'pixels'> & { plan: PicturePlan } {
  const { nFft, width, height, scale, floorDb, ceilingDb, pooling, ...wanted } = { ...DEFAULT_PICTURE, ...options };
  const { sampleRate } = sound;
  const fMax = Math.min(wanted.fMax ?? Infinity, sampleRate / 2);
  const fMin = scale === 'log' ? Math.max(wanted.fMin, sampleRate / nFft) : wanted.fMin;
  const length = sound.frames / sampleRate;
  const start = wanted.start ?? 0;
  const end = wanted.end ?? length;
  const winLength = wanted.winLength ?? nFft;
  if (!(width >= 1 && height >= 1))
    throw new HarkError('bad-input', 'A picture needs at least one column and one row.');
  if (!(winLength >= 2 && winLength <= nFft))
    throw new HarkError('bad-input', `A window of ${winLength} samples does not fit an FFT of ${nFft}.`, {
      where: 'winLength',
    });
  if (!(fMin < fMax))
    throw new HarkError('bad-input', `No frequencies lie between ${fMin} Hz and ${fMax} Hz.`, { where: 'fMin' });
  if (!(floorDb < ceilingDb))
    throw new HarkError('bad-input', 'The floor must lie below the ceiling.', { where: 'floorDb' });
  // A tile may reach over the end by the rounding of seconds.
  if (!(start >= 0 && start <= end && (end - length) * sampleRate < 1) || (start === end && sound.frames > 0))
    throw new HarkError('bad-input', `${start} s to ${end} s is no part of a sound of ${length} s.`, {
      where: 'start',
      remedy: `Choose a start and a later end from 0 to ${length}.`,
    });

  const step = ((end - start) * sampleRate) / width;
  const most = Math.floor(MOST_WORK / nFft / Math.max(width, USUAL_WIDTH));
  const frames = Math.max(1, Math.min(Math.ceil(step / (winLength / 2)), most));
  const window = windowOf(wanted.window, winLength);
  const rows = pictureRows(height, { fMin, fMax, scale }, nFft / sampleRate, Math.floor(nFft / 2) + 1);
  return {
    ...{ width, height, sampleRate, start, duration: end - start, nFft, winLength, hopLength: step / frames },
    ...{ window: wanted.window, fMin, fMax, scale, floorDb, ceilingDb },
    plan: {
      ...{ nFft, window, start: start * sampleRate, step, width, frames, pooling, height, rows },
      fullScale: (window.reduce((sum, weight) => sum + weight, 0) / 2) ** 2,
      ...{ floorDb, ceilingDb },
      colours: wanted.colours && colourMap(wanted.colours),
    },
  };
}

/** The pixels of a picture. */
export function draw(drawing: Drawing): Uint8Array<ArrayBuffer> {
  const calls = signalCalls();
  if (!calls) return drawPlain(drawing);
  const { nFft, window, samples, start, step, width, frames, pooling, height, rows } = drawing;
  const { fullScale, floorDb, ceilingDb, colours } = drawing;
  const pixels = new Uint8Array(width * height * (colours ? 4 : 1));
  calls.spectrogramTile(
    ...([nFft, Float32Array.from(window), samples, start, step, width, frames, pooling === 'max' ? 0 : 1] as const),
    ...([height, rows.firsts, rows.lasts, rows.parts, fullScale, floorDb, ceilingDb, colours, pixels] as const),
  );
  return pixels;
}
