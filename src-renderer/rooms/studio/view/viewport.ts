import { frequencyAtShare, shareOfFrequency, type FrequencyRange } from '../../../parts/sound/axis.ts';

/** A span of time, seconds. */
export interface Span {
  start: number;
  end: number;
}

/** What a lane shows: the span of time in sight, and where its frequencies lie. Sizes are CSS pixels; y runs downward. */
export interface Viewport extends Span {
  width: number;
  height: number;
  /** Of the frequency axis; null in lanes that have none. */
  frequencies: FrequencyRange | null;
}

export const secondsPerPixel = ({ start, end, width }: Pick<Viewport, 'start' | 'end' | 'width'>): number =>
  (end - start) / Math.max(1, width);

export const secondsToX = (seconds: number, { start, end, width }: Omit<Viewport, 'height' | 'frequencies'>): number =>
  ((seconds - start) / (end - start)) * width;

export const xToSeconds = (x: number, { start, end, width }: Omit<Viewport, 'height' | 'frequencies'>): number =>
  start + (x / Math.max(1, width)) * (end - start);

/** Bottom of the picture: `fMin`; top: `fMax`. Frequencies outside lie outside. */
export const frequencyToY = (hz: number, range: FrequencyRange, height: number): number =>
  (1 - shareOfFrequency(hz, range)) * height;

export const yToFrequency = (y: number, range: FrequencyRange, height: number): number =>
  frequencyAtShare(1 - y / Math.max(1, height), range);

/** Samples that a view holds at least. */
const FEWEST_SAMPLES = 8;

/** What all views of a sound are held to. */
export interface Bounds {
  /** Seconds. */
  duration: number;
  /** Hz. */
  sampleRate: number;
}

/** A view within the sound: neither longer than it nor shorter than a few samples; moved rather than cut. */
export function heldView({ start, end }: Span, { duration, sampleRate }: Bounds): Span {
  const length = Math.min(duration, Math.max(end - start, FEWEST_SAMPLES / sampleRate));
  const from = Math.max(0, Math.min(start, duration - length));
  return { start: from, end: from + length };
}

/** The view `factor` times as long, in which `at` (seconds) stays where it is. */
export function zoomedView(view: Span, at: number, factor: number, bounds: Bounds): Span {
  const longest = bounds.duration / (view.end - view.start);
  const shortest = FEWEST_SAMPLES / bounds.sampleRate / (view.end - view.start);
  const held = Math.min(longest, Math.max(shortest, factor));
  return heldView({ start: at - (at - view.start) * held, end: at + (view.end - at) * held }, bounds);
}

/** The view moved by so many seconds. */
export const scrolledView = (view: Span, seconds: number, bounds: Bounds): Span =>
  heldView({ start: view.start + seconds, end: view.end + seconds }, bounds);

/** A view of a span with a little room to both sides. */
export function viewOf(span: Span, bounds: Bounds, room = 0.05): Span {
  const margin = (span.end - span.start) * room;
  return heldView({ start: span.start - margin, end: span.end + margin }, bounds);
}

/** The same range of frequencies `factor` times as high on its own scale, in which `hz` stays where it is; held to `limits`. */
export function zoomedFrequencies(
  range: FrequencyRange,
  hz: number,
  factor: number,
  limits: Pick<FrequencyRange, 'fMin' | 'fMax'>,
): FrequencyRange {
  const share = shareOfFrequency(hz, range);
  const low = frequencyAtShare(share - share * factor, range);
  const high = frequencyAtShare(share + (1 - share) * factor, range);
  const fMin = Math.max(limits.fMin, Math.min(low, hz));
  const fMax = Math.min(limits.fMax, Math.max(high, hz));
  return fMax - fMin < LEAST_BAND ? range : { ...range, fMin, fMax };
}

/** Hz; less is not worth a picture. */
const LEAST_BAND = 20;
