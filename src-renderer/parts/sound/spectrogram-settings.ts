import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ColourMap } from '#shared/math/colour-maps.ts';
import type { FrequencyScale } from './axis.ts';

export interface SpectrogramSettings {
  scale: FrequencyScale;
  /** Hz. */
  fMin: number;
  /** Hz; null: half the clip's sampling rate. */
  fMax: number | null;
  floorDb: number;
  ceilingDb: number;
  /** Seconds of sound one window spans; the FFT length is the power of two above. */
  windowSeconds: number;
  colours: ColourMap;
}

export const SPECTROGRAM_DEFAULTS: SpectrogramSettings = {
  scale: 'mel',
  fMin: 0,
  fMax: null,
  floorDb: -90,
  ceilingDb: -10,
  windowSeconds: 0.025,
  colours: 'magma',
};

/** How every spectrogram of the window is drawn; kept on this machine. */
export const useSpectrogramSettings = create<SpectrogramSettings>()(
  persist((): SpectrogramSettings => SPECTROGRAM_DEFAULTS, { name: 'hark.spectrogram' }),
);
