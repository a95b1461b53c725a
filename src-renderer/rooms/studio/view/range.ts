import type { FrequencyRange } from '../../../parts/sound/axis.ts';
import { rangeFor, useSpectrogramSettings } from '../../../parts/sound/spectrogram-settings.ts';
import { useStudio } from '../state.ts';

/** The frequencies in sight: those of the spectrogram's settings, or the part of them that is zoomed into. */
export function shownRange(sampleRate: number): FrequencyRange {
  const whole = rangeFor(useSpectrogramSettings.getState(), sampleRate);
  const { frequencies } = useStudio.getState();
  if (!frequencies) return whole;
  const fMin = Math.max(whole.fMin, Math.min(frequencies.fMin, whole.fMax - 1));
  const fMax = Math.min(whole.fMax, frequencies.fMax);
  return fMax > fMin ? { scale: whole.scale, fMin, fMax } : whole;
}

/** The same for components, as it changes. */
export function useShownRange(sampleRate: number): FrequencyRange {
  useSpectrogramSettings();
  useStudio((state) => state.frequencies);
  return shownRange(sampleRate);
}
