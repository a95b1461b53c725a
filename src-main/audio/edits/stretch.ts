import { framesOf, type Frames } from '#shared/domain/edit-shape.ts';
import { shapeOf, type Signal } from '../signal/signal.ts';
import { BEST, ResampleStream } from '../resample.ts';
import { eased } from './borders.ts';
import type { EditContext, Operation } from './operation.ts';
import { PhaseLock } from './phase-lock.ts';
import { remade, type Write } from './span.ts';
import { Analysis, OVERLAP, spectraOf, Synthesis, usualFft } from './stft.ts';

interface Stretching {
  /** Length after by length before. */
  factor: number;
  /** The samples wanted, as the stretched sound counts them from the span's first on; it goes on beyond both ends of the span. */
  wanted: Frames;
}

/**
 * A part of a sound made longer or shorter at its pitch, by a phase vocoder. Window t of the result is the window of the sound about
 * the moment it stands for, and its phases go on from window t - 1 as those of the sound do over the same time, which is measured
 * with a second window that much earlier (M. Puckette, "Phase-locked vocoder", 1995); see `PhaseLock`.
 */
function stretchInto(signal: Signal, from: number, { factor, wanted }: Stretching, context: EditContext, write: Write) {
  const nFft = usualFft(signal.sampleRate);
  const hop = nFft / OVERLAP;
  const frames = wanted.end - wanted.from;
  const [now, earlier] = [0, 1].map(() => spectraOf(signal.channels.length, nFft));
  const lock = new PhaseLock(signal.channels.length, nFft);
  const analysis = new Analysis(signal, nFft);
  const synthesis = new Synthesis(signal.channels.length, nFft, { skip: nFft - hop, frames }, write);
  for (let at = wanted.from - nFft + hop; at < wanted.end; at += hop) {
    const place = Math.round(from + (at + nFft / 2) / factor - nFft / 2);
    analysis.at(place - hop, earlier);
    analysis.at(place, now);
    synthesis.add(lock.next(now, earlier));
    context.progress?.(Math.min(1, Math.max(0, (at - wanted.from) / frames)));
  }
  synthesis.end();
}

export const stretch: Operation<'stretch'> = (signal, edit, context) => {
  if (edit.factor === 1) return signal;
  return remade(signal, edit, context, (write, frames) => {
    const count = Math.max(1, Math.round((frames.end - frames.from) * edit.factor));
    const stretching = { factor: count / (frames.end - frames.from), wanted: { from: 0, end: count } };
    stretchInto(signal, frames.from, stretching, context, eased(signal, frames, count, write));
  });
};

/** Stretched by the ratio of pitches, then played that much faster; the ratio is a fraction within 0.002 cents of it. */
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
const LARGEST_UNDER = 1000;

/** The best fraction [over, under] of a ratio with `under` not above 1000 (by continued fractions). */
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
