import type { PointerEvent } from 'react';
import type { FrequencyRange } from '../../../parts/sound/axis.ts';
import { player } from '../../../parts/player.ts';
import { useHabits, useStudio, type Selection } from '../state.ts';
import type { LaneKind, OpenSound } from './layers.ts';
import { followPointer, placeIn, type Place } from './pointer.ts';
import { toBorder, toZero } from './snap.ts';
import { frequencyToY, secondsPerPixel, secondsToX, xToSeconds, yToFrequency } from './viewport.ts';

/** Pixels from an edge within which the pointer takes hold of it. */
export const REACH = 5;

/** The edges of the selection that the pointer has hold of. */
export interface Grip {
  time: 'start' | 'end' | null;
  frequency: 'fMin' | 'fMax' | null;
}

interface Lane {
  sound: OpenSound;
  kind: LaneKind;
  /** null in lanes without a frequency axis. */
  range: FrequencyRange | null;
  channel: number | null;
}

export const isSpan = (selection: Selection | null): selection is Selection =>
  selection !== null && selection.end > selection.start;

const isBox = ({ fMin, fMax }: Selection): boolean => fMin !== null && fMax !== null;

/** Which edges of the selection lie under a place. */
export function gripAt(
  { x, y }: Place,
  selection: Selection | null,
  range: FrequencyRange | null,
  view: { start: number; end: number; width: number; height: number },
): Grip | null {
  if (!isSpan(selection)) return null;
  const [left, right] = [secondsToX(selection.start, view), secondsToX(selection.end, view)];
  const box = range !== null && isBox(selection);
  const top = box ? frequencyToY(selection.fMax!, range, view.height) : 0;
  const bottom = box ? frequencyToY(selection.fMin!, range, view.height) : view.height;
  if (x < left - REACH || x > right + REACH || y < top - REACH || y > bottom + REACH) return null;
  const near = (a: number, b: number) => Math.abs(a - b) <= REACH;
  const time = near(x, right) ? 'end' : near(x, left) ? 'start' : null;
  const frequency = box ? (near(y, top) ? 'fMax' : near(y, bottom) ? 'fMin' : null) : null;
  return time || frequency ? { time, frequency } : null;
}

const CURSORS = { time: 'ew-resize', frequency: 'ns-resize', rising: 'nesw-resize', falling: 'nwse-resize' };

export function cursorFor(grip: Grip | null): string {
  if (!grip) return '';
  if (!grip.time) return CURSORS.frequency;
  if (!grip.frequency) return CURSORS.time;
  return (grip.time === 'end') === (grip.frequency === 'fMax') ? CURSORS.rising : CURSORS.falling;
}

/** Edges in order, within the sound and the Nyquist band. */
export function ordered(
  { start, end, fMin, fMax }: Selection,
  { duration, sampleRate }: Pick<OpenSound, 'duration' | 'sampleRate'>,
): Selection {
  const held = (value: number, most: number) => Math.max(0, Math.min(most, value));
  const [from, to] = [held(start, duration), held(end, duration)];
  const time = { start: Math.min(from, to), end: Math.max(from, to) };
  if (fMin === null || fMax === null) return { ...time, fMin: null, fMax: null };
  const [low, high] = [held(fMin, sampleRate / 2), held(fMax, sampleRate / 2)];
  return { ...time, fMin: Math.min(low, high), fMax: Math.max(low, high) };
}

/** A press on a lane: drags an edge of the selection or makes a new one; a click sets the playhead, with Shift the nearer edge. */
export function selectByPointer(event: PointerEvent<HTMLElement>, { sound, kind, range, channel }: Lane): void {
  const element = event.currentTarget;
  const size = { width: element.clientWidth, height: element.clientHeight };
  const view = () => ({ ...useStudio.getState().view, ...size });
  const before = useStudio.getState().selection;
  const from = placeIn(element, event);
  const secondsAt = ({ x }: Place) => toBorder(xToSeconds(x, view()), secondsPerPixel(view()));
  const hertzAt = ({ y }: Place) =>
    range ? yToFrequency(Math.max(0, Math.min(size.height, y)), range, size.height) : 0;
  const grip = gripAt(from, before, range, view());
  const box = !grip && kind === 'spectrogram' && (useHabits.getState().tool === 'box') !== event.shiftKey;
  const anchor = secondsAt(from);
  const extend = event.shiftKey && !box && isSpan(before) && kind === 'waveform';

  const selectionAt = (place: Place): Selection => {
    const seconds = secondsAt(place);
    if (grip && before) {
      const moved = { ...before };
      if (grip.time) moved[grip.time] = seconds;
      if (grip.frequency) moved[grip.frequency] = hertzAt(place);
      return ordered(moved, sound);
    }
    if (extend) {
      const far = Math.abs(seconds - before.start) < Math.abs(seconds - before.end) ? before.end : before.start;
      return ordered({ ...before, start: far, end: seconds }, sound);
    }
    const band = box ? { fMin: hertzAt(from), fMax: hertzAt(place) } : { fMin: null, fMax: null };
    return ordered({ start: anchor, end: seconds, ...band }, sound);
  };
  followPointer(event, {
    move: (place) => useStudio.setState({ selection: selectionAt(place), region: null }),
    end: (place, moved) => {
      if (!moved && !grip && !extend) return clickAt(secondsAt(place));
      if (!moved && grip) return;
      const selection = selectionAt(place);
      useStudio.setState({ selection });
      void snapEdges(selection, sound, channel);
    },
    cancel: () => useStudio.setState({ selection: before }),
  });
}

/** A click lets the selection go and sets the playhead; it plays from there where the person has it so. */
function clickAt(seconds: number): void {
  useStudio.setState({ selection: null, region: null });
  if (useHabits.getState().clickPlays) void player.playFrom(seconds);
  else player.seek(seconds);
}

/** Draws both edges to zero crossings, if those draw and the selection is still the same. */
async function snapEdges(selection: Selection, sound: OpenSound, channel: number | null): Promise<void> {
  const [start, end] = await Promise.all([
    toZero(selection.start, sound, channel),
    toZero(selection.end, sound, channel),
  ]);
  if (useStudio.getState().selection !== selection || end <= start) return;
  useStudio.setState({ selection: { ...selection, start, end } });
}
