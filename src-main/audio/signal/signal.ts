import type { SoundShape } from '#shared/domain/edit.ts';
import { readSource, type Source } from './source.ts';

/** A run of one source's samples. */
export interface Piece {
  source: Source;
  /** First sample of the source. */
  from: number;
  frames: number;
}

/**
 * A sound as pieces of sources, one list a channel, so that cutting and pasting an hour moves no samples. Plain data that never
 * changes: it crosses threads, and an earlier state of an edit list is simply the earlier signal.
 */
export interface Signal extends Omit<SoundShape, 'channels'> {
  channels: readonly (readonly Piece[])[];
}

/** Samples in memory as a signal. @param channels at least one, all of one length */
export function signalOf(channels: readonly Float32Array[], sampleRate: number): Signal {
  return signalFrom(
    channels.map((samples) => ({ kind: 'memory', samples })),
    channels[0].length,
    sampleRate,
  );
}

/** One source for each channel as a signal. */
export function signalFrom(sources: readonly Source[], frames: number, sampleRate: number): Signal {
  const pieces = (source: Source): Piece[] => (frames === 0 ? [] : [{ source, from: 0, frames }]);
  return { channels: sources.map(pieces), frames, sampleRate };
}

export function silentSignal({ channels, frames, sampleRate }: SoundShape): Signal {
  return signalFrom(
    Array.from({ length: channels }, (): Source => ({ kind: 'silence' })),
    frames,
    sampleRate,
  );
}

export const shapeOf = ({ frames, sampleRate, channels }: Signal): SoundShape => ({
  frames,
  sampleRate,
  channels: channels.length,
});

/** Samples [from, end) of a signal, held to what is there. */
export function sliced(signal: Signal, from: number, end: number): Signal {
  const first = Math.min(Math.max(0, from), signal.frames);
  const last = Math.min(Math.max(first, end), signal.frames);
  if (first === 0 && last === signal.frames) return signal;
  return { ...signal, frames: last - first, channels: signal.channels.map((pieces) => cutPieces(pieces, first, last)) };
}

/** Signals one after another; all of one rate and number of channels. */
export function joined(...signals: readonly Signal[]): Signal {
  const [first] = signals;
  return {
    sampleRate: first.sampleRate,
    frames: signals.reduce((sum, { frames }) => sum + frames, 0),
    channels: first.channels.map((_, channel) => signals.flatMap((signal) => signal.channels[channel])),
  };
}

/** Fills `out` with the samples of a channel from `from` on; beyond the ends there is silence. */
export function readSignal(signal: Signal, channel: number, from: number, out: Float32Array): Float32Array {
  out.fill(0);
  let start = 0;
  for (const piece of signal.channels[channel]) {
    const low = Math.max(from, start);
    const high = Math.min(from + out.length, start + piece.frames);
    if (low < high) readSource(piece.source, piece.from + low - start, out.subarray(low - from, high - from));
    start += piece.frames;
    if (start >= from + out.length) break;
  }
  return out;
}

/** All channels of a signal in memory. */
export function channelsOf(signal: Signal): Float32Array<ArrayBuffer>[] {
  return signal.channels.map((_, channel) => {
    const out = new Float32Array(signal.frames);
    readSignal(signal, channel, 0, out);
    return out;
  });
}

function cutPieces(pieces: readonly Piece[], first: number, last: number): Piece[] {
  const kept: Piece[] = [];
  let start = 0;
  for (const { source, from, frames } of pieces) {
    const low = Math.max(first, start);
    const high = Math.min(last, start + frames);
    if (low < high) kept.push({ source, from: from + low - start, frames: high - low });
    start += frames;
  }
  return kept;
}
