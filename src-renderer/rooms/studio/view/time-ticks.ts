import type { Span } from './viewport.ts';

/** Seconds between named ticks; below a second 1, 2, 5 times a power of ten. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

export interface Tick {
  seconds: number;
  /** null: a mark without a name. */
  label: string | null;
}

/** The shortest step of at least `least` that clocks have. */
export function timeStep(least: number): number {
  if (least > 0.5) return STEPS.find((step) => step >= least) ?? Math.ceil(least / 3600) * 3600;
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
}

/** Ticks of a ruler `width` pixels wide, names about `apart` pixels from each other and marks between them. */
export function timeTicks({ start, end }: Span, width: number, apart = 84): Tick[] {
  const step = timeStep(((end - start) / Math.max(1, width)) * apart);
  const minor = step === 15 || step === 900 ? 3 : [30, 120, 1800, 7200].includes(step) ? 4 : 5;
  return ticks({ start, end }, step / minor, minor, (index) => clockWords((index * step) / minor, step));
}

/** The same in samples. */
export function sampleTicks({ start, end }: Span, sampleRate: number, width: number, apart = 84): Tick[] {
  const least = Math.max(1, ((end - start) * sampleRate * apart) / Math.max(1, width));
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
  const minor = step >= 5 ? 5 : step;
  return ticks({ start, end }, step / minor / sampleRate, minor, (index) => String(Math.round((index * step) / minor)));
}

function ticks({ start, end }: Span, apart: number, named: number, words: (index: number) => string): Tick[] {
  const found: Tick[] = [];
  for (let index = Math.ceil(start / apart - 1e-6); index * apart <= end + apart * 1e-6; index++)
    found.push({ seconds: index * apart, label: index % named === 0 ? words(index) : null });
  return found;
}

/** `0`, `1:05`, `1:02:03`, with as many decimals as the step between ticks needs: `0:00.005`. */
export function clockWords(seconds: number, step: number): string {
  const decimals = Math.max(0, Math.min(7, Math.ceil(-Math.log10(step) - 1e-9)));
  const scale = 10 ** decimals;
  const whole = Math.round(Math.max(0, seconds) * scale);
  const rest = ((whole % (60 * scale)) / scale).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, '0');
  const minutes = Math.floor(whole / (60 * scale));
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${String(minutes % 60).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
