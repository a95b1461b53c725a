import { frequencyAtShare, shareOfFrequency } from '../../../parts/sound/axis.ts';
import { player } from '../../../parts/player.ts';
import { rangeFor, useSpectrogramSettings } from '../../../parts/sound/spectrogram-settings.ts';
import { useStudio } from '../state.ts';
import type { OpenSound } from './layers.ts';
import { shownRange } from './range.ts';
import { heldView, scrolledView, viewOf, zoomedFrequencies, zoomedView, type Span } from './viewport.ts';

/** Ways to move the part of the sound that is in sight. */

const setView = (view: Span) => useStudio.setState({ view });

/** Where a zoom by key aims: the playhead if it is in sight, else the middle. */
function aim({ start, end }: Span): number {
  const { time } = player;
  return time >= start && time <= end ? time : (start + end) / 2;
}

export function zoom(sound: OpenSound, factor: number, at?: number): void {
  const { view } = useStudio.getState();
  setView(zoomedView(view, at ?? aim(view), factor, sound));
}

export function scroll(sound: OpenSound, seconds: number): void {
  setView(scrolledView(useStudio.getState().view, seconds, sound));
}

/** Moves the view by a share of what is in sight. */
export function page(sound: OpenSound, share: number): void {
  const { start, end } = useStudio.getState().view;
  scroll(sound, share * (end - start));
}

export const showAll = (sound: OpenSound): void => setView({ start: 0, end: sound.duration });

export const showSpan = (sound: OpenSound, span: Span): void => setView(viewOf(span, sound));

/** So near that single samples are told apart. */
export function showSamples(sound: OpenSound): void {
  const half = 40 / sound.sampleRate;
  const at = aim(useStudio.getState().view);
  setView(heldView({ start: at - half, end: at + half }, sound));
}

/** Brings a moment into sight, if it is not; the view keeps its length. */
export function reveal(sound: OpenSound, seconds: number): void {
  const { start, end } = useStudio.getState().view;
  if (seconds >= start && seconds <= end) return;
  const length = end - start;
  setView(heldView({ start: seconds - length / 10, end: seconds + 0.9 * length }, sound));
}

/** Turns to the page the playhead is on, as it plays. */
export function followTo(sound: OpenSound, seconds: number): void {
  const { start, end } = useStudio.getState().view;
  if (seconds >= start && seconds < end) return;
  setView(heldView({ start: seconds, end: seconds + end - start }, sound));
}

export function zoomFrequencies(sound: OpenSound, factor: number, hz?: number): void {
  const range = shownRange(sound.sampleRate);
  const whole = rangeFor(useSpectrogramSettings.getState(), sound.sampleRate);
  const { fMin, fMax } = zoomedFrequencies(range, hz ?? frequencyAtShare(0.5, range), factor, whole);
  const all = fMin <= whole.fMin && fMax >= whole.fMax;
  useStudio.setState({ frequencies: all ? null : { fMin, fMax } });
}

/** Moves the frequencies in sight by a share of them; answers whether there was room to. */
export function scrollFrequencies(sound: OpenSound, share: number): boolean {
  if (!useStudio.getState().frequencies) return false;
  const range = shownRange(sound.sampleRate);
  const whole = rangeFor(useSpectrogramSettings.getState(), sound.sampleRate);
  const lowest = shareOfFrequency(whole.fMin, range);
  const highest = shareOfFrequency(whole.fMax, range);
  const by = Math.max(lowest, Math.min(highest - 1, share));
  useStudio.setState({
    frequencies: { fMin: frequencyAtShare(by, range), fMax: frequencyAtShare(1 + by, range) },
  });
  return true;
}
