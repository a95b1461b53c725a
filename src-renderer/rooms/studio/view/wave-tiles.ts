import { fetchPeaks, fetchSamples } from '../../../client/bulk.ts';
import type { Heard } from './spectrogram-tiles.ts';
import { levelFor, tileLength, tilesIn, tileSpan } from './levels.ts';
import { TileCache } from './tile-cache.ts';
import { secondsPerPixel, secondsToX, type Span, type Viewport } from './viewport.ts';

const POINTS = 1024;
const SAMPLES = 4096;
/** Device pixels a sample takes, from which on a line is drawn through samples; and from which on each is a dot. */
const LINE_FROM = 0.5;
const DOTS_FROM = 4;
/** A sample of this size or more stands at full scale (16 bit). */
const FULL = 32_767 / 32_768;

interface PeakTile extends Span {
  min: Float32Array;
  max: Float32Array;
}
interface SampleTile extends Span {
  samples: Float32Array;
  from: number;
}

/** How a wave is drawn. */
export interface WaveInk {
  wave: string;
  clipping: string;
  background: string;
  /** Magnification of the amplitude. */
  amplitude: number;
}

/** The waveform of one channel of the open sound: peaks tile by tile, and single samples where they are far enough apart. */
export class WaveTiles {
  readonly #peaks: TileCache<PeakTile>;
  readonly #samples: TileCache<SampleTile>;
  #heard: Heard;

  constructor(heard: Heard, redraw: () => void) {
    this.#heard = heard;
    const never = () => Promise.reject(new Error('nothing to draw yet'));
    this.#peaks = new TileCache<PeakTile>('', never, redraw, { most: 192 });
    this.#samples = new TileCache<SampleTile>('', never, redraw, { most: 64 });
  }

  hear(heard: Heard): void {
    this.#heard = heard;
  }

  get error(): unknown {
    return this.#peaks.error ?? this.#samples.error;
  }
  get busy(): boolean {
    return this.#peaks.busy || this.#samples.busy;
  }
  retry(): void {
    this.#peaks.retry();
    this.#samples.retry();
  }
  dispose(): void {
    this.#peaks.dispose();
    this.#samples.dispose();
  }

  draw(ctx: CanvasRenderingContext2D, view: Omit<Viewport, 'frequencies'>, scale: number, ink: WaveInk): void {
    this.#settle();
    const { sound } = this.#heard;
    const { sampleRate, duration } = sound;
    const perPixel = secondsPerPixel(view) / scale;
    const apart = 1 / (sampleRate * perPixel);
    const level = Math.max(Math.ceil(Math.log2(2 / sampleRate)), levelFor(perPixel));
    this.#peaks.want(tilesIn(view, level, POINTS, duration));
    const pictures = this.#peaks.pictures(view, level);
    if (apart < LINE_FROM) {
      for (const tile of pictures) drawPeaks(ctx, tile, view, scale, ink);
      return;
    }
    const each = -Math.log2(sampleRate);
    this.#samples.want(tilesIn(view, each, SAMPLES, duration));
    const samples = this.#samples.pictures(view, each);
    // What has no samples yet shows its peaks, stretched.
    const known = samples.reduce(
      (sum, tile) => sum + Math.min(tile.end, view.end) - Math.max(tile.start, view.start),
      0,
    );
    if (known < (view.end - view.start) * 0.999) for (const tile of pictures) drawPeaks(ctx, tile, view, scale, ink);
    for (const tile of samples)
      drawSamples(ctx, tile, view, sampleRate, apart / scale, ink, this.#after(tile, samples));
  }

  /** The first sample after a tile, so that the line goes on into the next one. */
  #after(tile: SampleTile, tiles: SampleTile[]): number | null {
    const next = tiles.find(({ from }) => from === tile.from + tile.samples.length);
    return next && next.samples.length > 0 ? next.samples[0] : null;
  }

  #settle(): void {
    const { sound, channel } = this.#heard;
    const which = { ...sound.query, channel: channel ?? undefined };
    const settings = JSON.stringify(which);
    this.#peaks.become(settings, async (place, signal) => {
      const span = tileSpan(place, POINTS, sound.duration);
      const part = (span.end - span.start) / tileLength(place.level, POINTS);
      const points = Math.max(1, Math.round(POINTS * part));
      return { ...span, ...(await fetchPeaks(sound.clip, { ...which, ...span, points }, signal)) };
    });
    this.#samples.become(settings, async (place, signal) => {
      const span = tileSpan(place, SAMPLES, sound.duration);
      const from = place.index * SAMPLES;
      return { ...span, from, samples: await fetchSamples(sound.clip, { ...which, from, count: SAMPLES }, signal) };
    });
  }
}

const yOf = (value: number, height: number, amplitude: number) =>
  Math.max(0, Math.min(height, (0.5 - (value * amplitude) / 2) * height));

/** One upright line a device pixel, from the least to the greatest value in it. */
function drawPeaks(
  ctx: CanvasRenderingContext2D,
  { start, end, min, max }: PeakTile,
  view: Omit<Viewport, 'frequencies'>,
  scale: number,
  { wave, clipping, background, amplitude }: WaveInk,
): void {
  const { height } = view;
  const left = Math.max(0, Math.round(secondsToX(start, view) * scale));
  const right = Math.min(Math.round(view.width * scale), Math.round(secondsToX(end, view) * scale));
  if (right <= left) return;
  const perPixel = secondsPerPixel(view) / scale;
  const perPoint = (end - start) / min.length;
  ctx.fillStyle = background;
  ctx.fillRect(left / scale, 0, (right - left) / scale, height);
  ctx.fillStyle = wave;
  const clipped: number[] = [];
  let before: [low: number, high: number] | null = null;
  for (let x = left; x < right; x++) {
    const at = (view.start + x * perPixel - start) / perPoint;
    const first = Math.max(0, Math.min(min.length - 1, Math.floor(at)));
    const last = Math.max(first + 1, Math.min(min.length, Math.floor(at + perPixel / perPoint)));
    let low = min[first];
    let high = max[first];
    for (let i = first + 1; i < last; i++) {
      if (min[i] < low) low = min[i];
      if (max[i] > high) high = max[i];
    }
    if (high >= FULL || low <= -FULL) clipped.push(x);
    // Each line reaches to the one before it, as the sound goes on from one to the next.
    const reached: [number, number] = [low, high];
    if (before) [low, high] = [Math.min(low, before[1]), Math.max(high, before[0])];
    before = reached;
    const top = yOf(high, height, amplitude);
    const depth = Math.max(1 / scale, yOf(low, height, amplitude) - top);
    ctx.fillRect(x / scale, top, 1 / scale, depth);
  }
  ctx.fillStyle = clipping;
  for (const x of clipped) {
    ctx.fillRect(x / scale, 0, 1 / scale, 3);
    ctx.fillRect(x / scale, height - 3, 1 / scale, 3);
  }
}

/** A line through the samples, and a dot on a stem for each where there is room. */
function drawSamples(
  ctx: CanvasRenderingContext2D,
  { start, end, samples, from }: SampleTile,
  view: Omit<Viewport, 'frequencies'>,
  sampleRate: number,
  apart: number,
  { wave, clipping, background, amplitude }: WaveInk,
  after: number | null,
): void {
  const { height } = view;
  const left = Math.max(0, secondsToX(start, view));
  const right = Math.min(view.width, secondsToX(end, view));
  if (right <= left) return;
  ctx.fillStyle = background;
  ctx.fillRect(left, 0, right - left, height);
  const first = Math.max(0, Math.floor(view.start * sampleRate) - from - 1);
  const last = Math.min(samples.length, Math.ceil(view.end * sampleRate) - from + 2);
  const xOf = (i: number) => secondsToX((from + i) / sampleRate, view);
  ctx.strokeStyle = wave;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  for (let i = first; i < last; i++) {
    const y = yOf(samples[i], height, amplitude);
    if (i === first) ctx.moveTo(xOf(i), y);
    else ctx.lineTo(xOf(i), y);
  }
  if (last === samples.length && after !== null) ctx.lineTo(xOf(last), yOf(after, height, amplitude));
  ctx.stroke();
  if (apart < DOTS_FROM) return;
  const middle = height / 2;
  for (let i = first; i < last; i++) {
    const [x, y] = [xOf(i), yOf(samples[i], height, amplitude)];
    ctx.globalAlpha = 0.35;
    ctx.fillStyle = wave;
    ctx.fillRect(x - 0.5, Math.min(y, middle), 1, Math.abs(middle - y));
    ctx.globalAlpha = 1;
    ctx.fillStyle = Math.abs(samples[i]) >= FULL ? clipping : wave;
    ctx.beginPath();
    ctx.arc(x, y, Math.min(3.5, 1.5 + apart / 20), 0, 2 * Math.PI);
    ctx.fill();
  }
}
