import { fetchSamples } from '../../../client/bulk.ts';
import { useHabits, useStudio } from '../state.ts';
import type { OpenSound } from './layers.ts';

export const SNAPS = ['none', 'zero', 'borders'] as const;

/** Pixels from which a border draws. */
const REACH = 8;
/** Seconds to both sides in which a zero crossing is looked for. */
const NEAR = 0.01;

/** The border nearest to a moment, if it lies within reach and borders draw; else the moment itself. */
export function toBorder(seconds: number, secondsPerPixel: number): number {
  if (useHabits.getState().snap !== 'borders') return seconds;
  let nearest = seconds;
  let distance = REACH * secondsPerPixel;
  for (const border of useStudio.getState().borders) {
    const away = Math.abs(border - seconds);
    if (away < distance) [nearest, distance] = [border, away];
  }
  return nearest;
}

/**
 * Where among samples the sound crosses zero nearest to a place: between two samples of different sign, at the one nearer to zero.
 * @param samples of which the first has the index `from`
 * @returns an index, counted like `from`; null where it never crosses
 */
export function nearestZero(samples: Float32Array, from: number, at: number): number | null {
  let nearest: number | null = null;
  for (let i = 1; i < samples.length; i++) {
    const [a, b] = [samples[i - 1], samples[i]];
    if (!(a === 0 || a * b < 0)) continue;
    const index = from + (Math.abs(a) <= Math.abs(b) ? i - 1 : i);
    if (nearest === null || Math.abs(index - at) < Math.abs(nearest - at)) nearest = index;
  }
  return nearest;
}

/** The zero crossing nearest to a moment, if zero crossings draw and there is one near; else the moment itself. */
export async function toZero(seconds: number, sound: OpenSound, channel: number | null): Promise<number> {
  if (useHabits.getState().snap !== 'zero' || seconds <= 0 || seconds >= sound.duration) return seconds;
  const { clip, query, sampleRate } = sound;
  const at = seconds * sampleRate;
  const from = Math.max(0, Math.floor(at - NEAR * sampleRate));
  const count = Math.ceil(2 * NEAR * sampleRate);
  try {
    const which = { ...query, channel: channel ?? undefined };
    const found = nearestZero(await fetchSamples(clip, { ...which, from, count }), from, at);
    return found === null ? seconds : found / sampleRate;
  } catch {
    // Without samples the border stays where the hand has put it; the picture tells of the fault.
    return seconds;
  }
}
