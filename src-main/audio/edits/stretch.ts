import { framesOf, type Frames } from '#shared/domain/edit-shape.ts';
import { hannWindow } from '#shared/math/windows.ts';
import { shapeOf, type Signal } from '../signal/signal.ts';
import { BEST, ResampleStream } from '../resample.ts';
import { eased } from './borders.ts';
import type { EditContext, Operation } from './operation.ts';
import { Reader } from './reader.ts';
import { Similarity } from './similarity.ts';
import { remade, type Write } from './span.ts';

interface Stretching {
  /** Length after by length before. */
  factor: number;
  /** The samples wanted, as the stretched sound counts them from the span's first on; it goes on beyond both ends of the span. */
  wanted: Frames;
}

/** Seconds: of a window, half of which overlaps the next; and how far from its place one is looked for (a period of 50 Hz each way). */
const WINDOW = 0.04;
const REACH = 0.02;

/**
 * A part of a sound made longer or shorter at its pitch: WSOLA (W. Verhelst and M. Roelands 1993). Hann windows, half overlapping, are
 * taken near the places of the sound they stand for: each where it is most like what followed the window before, so that waves
 * go on unbroken. One place for all channels: the phases between them stay. Against a phase vocoder (identity phase locking) measured on
 * recordings of voices, animals and machines it keeps level and spectrum better, as it does with glides and noise.
 */
function stretchInto(signal: Signal, from: number, { factor, wanted }: Stretching, context: EditContext, write: Write) {
  const hop = Math.max(2, Math.round((WINDOW / 2) * signal.sampleRate));
  const reach = Math.max(1, Math.round(REACH * signal.sampleRate));
  const window = hannWindow(2 * hop);
  const frames = wanted.end - wanted.from;
  const channels = signal.channels.length;
  const reader = new Reader(signal, 8 * (hop + reach));
  const similarity = new Similarity(2 * hop, 2 * reach + 1, signal.sampleRate);
  const out = Array.from({ length: channels }, () => new Float32Array(hop));
  // The first half of the first window is the second half of one before it, at its own place.
  let place = Math.round(from + wanted.from / factor) - hop;
  for (let at = wanted.from; at < wanted.end; at += hop) {
    const fading = reader.get(place + hop, 2 * hop).map((samples) => samples.slice());
    const due = Math.round(from + at / factor);
    place = due - reach + similarity.find(reader.get(due - reach, 2 * (hop + reach)), fading);
    const rising = reader.get(place, hop);
    const count = Math.min(hop, wanted.end - at);
    for (let channel = 0; channel < channels; channel++)
      for (let n = 0; n < count; n++)
        out[channel][n] = rising[channel][n] * window[n] + fading[channel][n] * window[n + hop];
    write(count === hop ? out : out.map((samples) => samples.subarray(0, count)));
    context.progress?.(Math.min(1, (at + count - wanted.from) / frames));
  }
}

export const stretch: Operation<'stretch'> = (signal, edit, context) => {
  if (edit.factor === 1) return signal;
  return remade(signal, edit, context, (write, frames) => {
    const count = Math.max(1, Math.round((frames.end - frames.from) * edit.factor));
    const stretching = { factor: count / (frames.end - frames.from), wanted: { from: 0, end: count } };
    stretchInto(signal, frames.from, stretching, context, eased(signal, frames, count, write));
  });
};

/** Stretched by the ratio of pitches, then played that much faster; the ratio is a fraction within half a cent of it. */
export const shiftPitch: Operation<'shiftPitch'> = (signal, edit, context) => {
  if (edit.semitones === 0) return signal;
  const { from, end } = framesOf(edit, shapeOf(signal));
  const [over, under] = fraction(2 ** (edit.semitones / 12));
  // What the resampling filter reaches is stretched too, and cut off after it: `under` samples for every `over`.
  const turns = Math.ceil(MARGIN / Math.min(over, under));
  const wanted = {
    from: -turns * over,
    end: Math.ceil(((end - from) * over) / under) + turns * over,
  };
  return remade(signal, edit, context, (write, frames) => {
    const streams = signal.channels.map(() => new ResampleStream(over, under, BEST));
    const cut = cutting(turns * under, end - from, eased(signal, frames, end - from, write));
    stretchInto(signal, from, { factor: over / under, wanted }, context, (block) =>
      cut(streams.map((stream, channel) => stream.push(block[channel]))),
    );
    cut(streams.map((stream) => stream.end()));
  });
};

/** Samples on either side, of the higher rate, that the resampling filter reaches at most (it is 64 zero crossings long). */
const MARGIN = 512;
const LARGEST_UNDER = 4000;

/** The best fraction [over, under] of a ratio with `under` not above 4000 (by continued fractions). */
function fraction(ratio: number): [over: number, under: number] {
  let [over, under, overBefore, underBefore] = [Math.floor(ratio), 1, 1, 0];
  let rest = ratio - over;
  while (rest > 1e-9) {
    const term = Math.floor(1 / rest);
    const [nextOver, nextUnder] = [term * over + overBefore, term * under + underBefore];
    if (nextUnder > LARGEST_UNDER) break;
    [over, under, overBefore, underBefore] = [nextOver, nextUnder, over, under];
    rest = 1 / rest - term;
  }
  return [over, under];
}

/** Passes `count` samples on, less the first `skip`. */
function cutting(skip: number, count: number, write: Write): Write {
  let at = -skip;
  return (block) => {
    const length = block[0].length;
    const first = Math.min(length, Math.max(0, -at));
    const last = Math.min(length, count - at);
    at += length;
    if (first < last) write(block.map((samples) => samples.subarray(first, last)));
  };
}
