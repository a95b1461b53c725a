import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { TileQuery } from '#shared/contract/bulk.ts';
import type { ColourMap } from '#shared/math/colour-maps.ts';
import { frequency, significant } from '../format.ts';
import { fftLengthFor, type FrequencyRange, type FrequencyScale } from './axis.ts';

export type WindowName = NonNullable<TileQuery['window']>;
export const WINDOW_NAMES: readonly WindowName[] = ['hann', 'hamming', 'blackman'];

export interface SpectrogramSettings {
  scale: FrequencyScale;
  /** Hz. */
  fMin: number;
  /** Hz; null: half the clip's sampling rate. */
  fMax: number | null;
  floorDb: number;
  ceilingDb: number;
  /** Seconds of sound one window spans. */
  windowSeconds: number;
  window: WindowName;
  /** Samples, a power of two; null, or shorter than the window: the power of two above it. */
  fftLength: number | null;
  colours: ColourMap;
}

export const SPECTROGRAM_DEFAULTS: SpectrogramSettings = {
  scale: 'mel',
  fMin: 0,
  fMax: null,
  floorDb: -90,
  ceilingDb: -10,
  windowSeconds: 0.025,
  window: 'hann',
  fftLength: null,
  colours: 'magma',
};

/** How every spectrogram of the window is drawn; kept on this machine. */
export const useSpectrogramSettings = create<SpectrogramSettings>()(
  persist((): SpectrogramSettings => SPECTROGRAM_DEFAULTS, { name: 'hark.spectrogram' }),
);

/** What a spectrogram is computed by. */
export type Analysis = Required<Pick<TileQuery, 'nFft' | 'winLength' | 'window' | 'floorDb' | 'ceilingDb'>>;

/** The settings as samples of a sound of this rate. */
export function analysisFor(settings: SpectrogramSettings, sampleRate: number): Analysis {
  const { windowSeconds, window, fftLength, floorDb, ceilingDb } = settings;
  const winLength = Math.max(16, Math.round(sampleRate * windowSeconds));
  const nFft = Math.max(fftLengthFor(sampleRate, windowSeconds), fftLength ?? 0);
  return { nFft, winLength, window, floorDb, ceilingDb };
}

/** The range of frequencies a clip's picture shows under the settings in force. */
export function rangeFor(settings: SpectrogramSettings, sampleRate: number): FrequencyRange {
  const { scale, fMin, fMax } = settings;
  const top = Math.min(fMax ?? Infinity, sampleRate / 2);
  // A logarithmic axis has no zero: it begins at the first bin of the FFT.
  const lowest = scale === 'log' ? sampleRate / analysisFor(settings, sampleRate).nFft : 0;
  const bottom = Math.min(Math.max(fMin, lowest), top - 1);
  return { scale, fMin: bottom, fMax: top };
}

/** What a picture rests on: window, FFT, hop, range and decibels. `hopLength`: samples; null while it is not known. */
export function analysisWords(
  { window, winLength, nFft, floorDb, ceilingDb }: Analysis,
  { scale, fMin, fMax }: FrequencyRange,
  hopLength: number | null,
): string {
  const decibels = (value: number) => String(value).replace('-', '−');
  return [
    `${window} ${winLength}`,
    `FFT ${nFft}`,
    ...(hopLength === null ? [] : [`hop ${significant(hopLength)} samples`]),
    `${frequency(fMin)} to ${frequency(fMax)}, ${scale}`,
    `${decibels(floorDb)} to ${decibels(ceilingDb)} dB`,
  ].join(' · ');
}
