import { readMixed } from '#main/audio/signal/mixed.ts';
import type { Signal } from '#main/audio/signal/signal.ts';
import type { OverlayKind } from '#shared/contract/bulk.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { planEnergy } from './energy.ts';
import { planF0 } from './f0.ts';
import { planFormants } from './formants.ts';
import { gridOf } from './grid.ts';
import { planMel, planMfcc } from './mel.ts';
import type { OverlayPlan, PlanOverlay } from './overlay.ts';
import { planZeroCrossings } from './zero-crossings.ts';

const PLANS: Record<OverlayKind, PlanOverlay> = {
  f0: planF0,
  energy: planEnergy,
  zeroCrossings: planZeroCrossings,
  formants: planFormants,
  mel: planMel,
  mfcc: planMfcc,
};

/** What is asked of a sound; plain data, for a thread. */
export interface OverlayOptions {
  kind: OverlayKind;
  /** Seconds; none: from the beginning, to the end. */
  start?: number | undefined;
  end?: number | undefined;
  /** Counts from 0; none: the mix of all. */
  channel?: number | null | undefined;
  /** Frames at most. */
  points: number;
}

export interface OverlayTrack {
  frames: number;
  /** Of each frame. */
  values: number;
  /** Seconds: of the first frame's centre, and from frame to frame. */
  start: number;
  hop: number;
  unit: string;
  words: string;
  /** [frames, values]; NaN where there is none. */
  data: Float32Array<ArrayBuffer>;
}

/**
 * An overlay of a part of a sound. Only what the frames look at is read: of an hour, a little around each.
 * @throws HarkError bad-input for a channel that is not there, or a part that lies outside the sound
 */
export function trackOverlay(signal: Signal, { kind, points, ...part }: OverlayOptions): OverlayTrack {
  const { start = 0, channel = null } = part;
  const length = signal.frames / signal.sampleRate;
  const end = Math.min(part.end ?? length, length);
  if (channel !== null && channel >= signal.channels.length)
    throw new HarkError('bad-input', `The sound has no channel ${channel + 1}.`, { where: 'channel' });
  if (!(start >= 0 && start < end))
    throw new HarkError('bad-input', `${start} s to ${end} s is no part of a sound of ${length} s.`, {
      where: 'start',
      remedy: `Choose a start and a later end from 0 to ${length}.`,
    });
  const plan = PLANS[kind](signal.sampleRate);
  // The end of a tile may lie beyond the sound's: its step is that of its neighbours all the same.
  const asked = gridOf(start, part.end ?? length, points);
  const { first, hop } = asked;
  const count = Math.min(asked.count, Math.ceil(end / hop - 1e-6) - first);
  const { context, values, unit, words } = plan;
  const windows = readWindows(signal, channel, plan, first - context, count + 2 * context, hop);
  const data = plan.track(windows, hop).slice(context * values, (context + count) * values);
  return { frames: count, values, start: first * hop, hop, unit, words: `${words}, ${hopWords(hop)}`, data };
}

/** Windows around the frames from `first` on, one after another [count, window]; beyond the ends of the sound there is silence. */
function readWindows(
  signal: Signal,
  channel: number | null,
  { window }: OverlayPlan,
  first: number,
  count: number,
  hop: number,
): Float32Array {
  const windows = new Float32Array(count * window);
  for (let frame = 0; frame < count; frame++) {
    const from = Math.round((first + frame) * hop * signal.sampleRate) - Math.floor(window / 2);
    readMixed(signal, channel, from, windows.subarray(frame * window, (frame + 1) * window));
  }
  return windows;
}

const hopWords = (hop: number) =>
  hop < 1 ? `one every ${Math.round(1000 * hop)} ms` : `one every ${Number(hop.toPrecision(3))} s`;
