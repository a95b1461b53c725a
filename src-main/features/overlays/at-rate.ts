import { BEST, resample } from '#main/audio/resample.ts';

/** Windows of one sampling rate from wider ones of another. */
export interface AtRate {
  /** Samples to be read. */
  window: number;
  /** @param wide [window] @returns [length] at the new rate, from the middle; it may be part of `wide` */
  narrow(wide: Float32Array): Float32Array;
}

/** Plans windows of `length` samples at `rate` Hz from sound at `sampleRate` Hz, wide enough for the filter's reach. */
export function atRate(sampleRate: number, rate: number, length: number): AtRate {
  if (rate === sampleRate) return { window: length, narrow: (wide) => wide };
  const margin = Math.ceil((BEST.lowpassFilterWidth / (BEST.rolloff * Math.min(rate, sampleRate))) * sampleRate);
  const skipped = Math.round((margin * rate) / sampleRate);
  return {
    window: Math.ceil((length * sampleRate) / rate) + 2 * margin,
    narrow: (wide) => resample(wide, sampleRate, rate, BEST).subarray(skipped, skipped + length),
  };
}
