import { hzToMel, melToHz } from '#shared/math/mel.ts';

/** Where frequencies and times lie on a picture, and which of them its axes name. */

export type FrequencyScale = 'linear' | 'log' | 'mel';

export interface FrequencyRange {
  scale: FrequencyScale;
  /** Hz. */
  fMin: number;
  fMax: number;
}

const WARP: Record<FrequencyScale, { forth(hz: number): number; back(value: number): number }> = {
  linear: { forth: (hz) => hz, back: (value) => value },
  log: { forth: Math.log, back: Math.exp },
  // Slaney's, as the lab draws its pictures.
  mel: { forth: (hz) => hzToMel(hz, 'slaney'), back: (value) => melToHz(value, 'slaney') },
};

/** How high a frequency lies: 0 at the bottom of the picture, 1 at its top. */
export function shareOfFrequency(hz: number, { scale, fMin, fMax }: FrequencyRange): number {
  const { forth } = WARP[scale];
  return (forth(hz) - forth(fMin)) / (forth(fMax) - forth(fMin));
}

/** The inverse of `shareOfFrequency`. */
export function frequencyAtShare(share: number, { scale, fMin, fMax }: FrequencyRange): number {
  const { forth, back } = WARP[scale];
  return back(forth(fMin) + share * (forth(fMax) - forth(fMin)));
}

/** Round steps: 1, 2 or 5 times a power of ten, so that about `wanted` of them fit between `low` and `high`. */
export function niceStep(low: number, high: number, wanted: number): number {
  const raw = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5].find((factor) => factor * power >= raw * 0.999) ?? 10);
}

/** Round values from `low` to `high`, both included where they are round. */
export function linearTicks(low: number, high: number, wanted: number): number[] {
  if (!(high > low)) return [low];
  const step = niceStep(low, high, wanted);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** Round values of a logarithmic axis, above zero: 1, 2, 5 times the powers of ten, or fewer of them where `wanted` is less. */
export function logTicks(low: number, high: number, wanted: number): number[] {
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, index) => Math.floor(Math.log10(low)) + index,
  );
  const all = [[1, 2, 5], [1, 3], [1]].map((factors) =>
    decades
      .flatMap((decade) => factors.map((factor) => Number((factor * 10 ** decade).toPrecision(6))))
      .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)),
  );
  const fitting = all.find((ticks) => ticks.length <= wanted) ?? all[2];
  // Less than a decade may hold hardly any of them.
  return fitting.length < 2 ? linearTicks(low, high, Math.min(wanted, 4)) : fitting;
}

/** Frequencies an axis of `height` pixels names, far enough apart to be read. */
export function frequencyTicks(range: FrequencyRange, height: number, apart = 26): number[] {
  const { scale, fMin, fMax } = range;
  if (scale === 'linear') return linearTicks(fMin, fMax, height / apart);
  // Candidates from the roundest on; each is kept if it has room.
  const decades = [10, 100, 1000, 10_000, 100_000];
  const candidates = [1, 2, 5, 3, 7, 4, 6].flatMap((factor) => decades.map((decade) => factor * decade));
  const kept: number[] = scale === 'mel' && fMin === 0 ? [0] : [];
  for (const hz of candidates) {
    if (hz < fMin || hz > fMax) continue;
    const place = shareOfFrequency(hz, range) * height;
    if (kept.every((other) => Math.abs(shareOfFrequency(other, range) * height - place) >= apart)) kept.push(hz);
  }
  return kept.sort((a, b) => a - b);
}

/** The FFT length nearest above `seconds` of sound, a power of two. */
export function fftLengthFor(sampleRate: number, seconds: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, sampleRate * seconds)));
}

/** Rounds a size up to a step, so that a picture is not computed again for every pixel a panel is moved. */
export const stepped = (size: number, step: number, most: number): number =>
  Math.max(step, Math.min(most, Math.ceil(size / step) * step));
