import type { SpectrogramQuery } from '#shared/contract/bulk.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { hzToMel, melToHz } from '#shared/math/mel.ts';
import { hannWindow } from '#shared/math/windows.ts';
import { stftPlan } from './stft.ts';

/**
 * `nFft` is the window's length too (Hann); each of the `width` columns shows the loudest of the frames that fall into it.
 * Edges in Hz, fMax null: half the sampling rate; with `scale` 'log' fMin is at least the width of one FFT bin.
 * Levels in dB, 0: a full-scale sine.
 */
export type PictureOptions = SpectrogramQuery;

export interface SpectrogramPicture {
  width: number;
  height: number;
  /** Row by row from the top, 0 ... 255 from floor to ceiling; colours are the window's. */
  pixels: Uint8Array<ArrayBuffer>;
  sampleRate: number;
  /** Seconds at the right edge; the left is 0. */
  duration: number;
  nFft: number;
  /** Samples from one frame to the next. */
  hopLength: number;
  window: 'hann';
  /** Hz at the bottom and top edges, as drawn. */
  fMin: number;
  fMax: number;
  scale: PictureOptions['scale'];
  floorDb: number;
  ceilingDb: number;
}

export const DEFAULT_PICTURE: PictureOptions = {
  nFft: 512,
  width: 800,
  height: 256,
  fMin: 0,
  fMax: null,
  scale: 'mel',
  floorDb: -100,
  ceilingDb: -10,
};

/** Frames of one picture at most: a long recording is sampled, not read in full. */
const MOST_FRAMES = 20_000;
/** Below every floor. */
const LEAST_POWER = 1e-30;

const SCALES: Record<PictureOptions['scale'], { to(hz: number): number; from(position: number): number }> = {
  linear: { to: (hz) => hz, from: (position) => position },
  log: { to: Math.log, from: Math.exp },
  mel: { to: (hz) => hzToMel(hz, 'slaney'), from: (position) => melToHz(position, 'slaney') },
};

/**
 * The spectrogram of a clip as a picture.
 * @param samples mono, full scale ±1; none give an even floor @param sampleRate Hz
 * @throws HarkError bad-input for a picture of no size, or bands that are not below half the sampling rate
 */
export function spectrogramPicture(
  samples: Float32Array,
  sampleRate: number,
  options: Partial<PictureOptions> = {},
): SpectrogramPicture {
  const { nFft, width, height, scale, floorDb, ceilingDb, ...wanted } = { ...DEFAULT_PICTURE, ...options };
  const fMax = Math.min(wanted.fMax ?? Infinity, sampleRate / 2);
  const fMin = scale === 'log' ? Math.max(wanted.fMin, sampleRate / nFft) : wanted.fMin;
  if (!(width >= 1 && height >= 1))
    throw new HarkError('bad-input', 'A picture needs at least one column and one row.');
  if (!(fMin < fMax))
    throw new HarkError('bad-input', `No frequencies lie between ${fMin} Hz and ${fMax} Hz.`, { where: 'fMin' });
  if (!(floorDb < ceilingDb))
    throw new HarkError('bad-input', 'The floor must lie below the ceiling.', { where: 'floorDb' });

  const perColumn = samples.length / width;
  const frames = Math.max(1, Math.min(Math.ceil(perColumn / (nFft / 2)), Math.floor(MOST_FRAMES / width)));
  const pixels = new Uint8Array(width * height);
  const time = { sampleRate, duration: samples.length / sampleRate, nFft, hopLength: perColumn / frames };
  const picture = { width, height, pixels, ...time, window: 'hann' as const, fMin, fMax, scale, floorDb, ceilingDb };
  if (samples.length === 0) return picture;

  const stft = stftPlan({ nFft, winLength: nFft, hopLength: 1, center: true });
  const rows = bandsOf(height, fMin, fMax, scale, nFft / sampleRate, stft.bins);
  const fullScale = (hannWindow(nFft).reduce((sum, weight) => sum + weight, 0) / 2) ** 2;
  const spectrum = new Float64Array(stft.bins);
  const loudest = new Float64Array(height);
  for (let column = 0; column < width; column++) {
    loudest.fill(LEAST_POWER);
    for (let frame = 0; frame < frames; frame++) {
      // With one sample to a hop, frame n is centred on sample n.
      const centre = Math.floor((column + (frame + 0.5) / frames) * perColumn);
      stft.powerFrame(samples, Math.min(centre, samples.length - 1), spectrum);
      for (let row = 0; row < height; row++) {
        const power = rows[row](spectrum);
        if (power > loudest[row]) loudest[row] = power;
      }
    }
    for (let row = 0; row < height; row++) {
      const level = (10 * Math.log10(loudest[row] / fullScale) - floorDb) / (ceilingDb - floorDb);
      pixels[row * width + column] = Math.round(255 * Math.max(0, Math.min(1, level)));
    }
  }
  return picture;
}

/** For each row from the top: the loudest of its FFT bins, or, where it falls between two, what lies on the line between them. */
function bandsOf(
  height: number,
  fMin: number,
  fMax: number,
  scale: PictureOptions['scale'],
  binsPerHz: number,
  bins: number,
): ((spectrum: Float64Array) => number)[] {
  const { to, from } = SCALES[scale];
  const edge = (row: number) => from(to(fMax) + ((to(fMin) - to(fMax)) * row) / height) * binsPerHz;
  return Array.from({ length: height }, (_, row) => {
    const first = Math.ceil(edge(row + 1));
    const last = Math.min(bins - 1, Math.floor(edge(row)));
    if (first <= last)
      return (spectrum) => {
        let power = 0;
        for (let bin = first; bin <= last; bin++) if (spectrum[bin] > power) power = spectrum[bin];
        return power;
      };
    const position = Math.min(bins - 1, edge(row + 0.5));
    const below = Math.floor(position);
    const above = Math.min(bins - 1, below + 1);
    const part = position - below;
    return (spectrum) => spectrum[below] * (1 - part) + spectrum[above] * part;
  });
}
