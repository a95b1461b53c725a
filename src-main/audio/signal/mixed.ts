import { readSignal, type Signal } from './signal.ts';

/** Fills `out` from `from` on with a channel (from 0), or, null, with the mean of all: full scale stays full scale. */
export function readMixed(signal: Signal, channel: number | null, from: number, out: Float32Array): Float32Array {
  const count = signal.channels.length;
  if (channel !== null || count === 1) return readSignal(signal, channel ?? 0, from, out);
  const each = signal.channels.map((_, index) => readSignal(signal, index, from, new Float32Array(out.length)));
  for (let n = 0; n < out.length; n++) {
    let sum = 0;
    for (const samples of each) sum += samples[n];
    out[n] = sum / count;
  }
  return out;
}

/** All samples of a channel or of the mix; not a copy where they lie in memory as they are. */
export function mixedSamples(signal: Signal, channel: number | null = null): Float32Array {
  const pieces = signal.channels[channel ?? 0];
  const alone = channel !== null || signal.channels.length === 1;
  if (alone && pieces.length === 1 && pieces[0].source.kind === 'memory') {
    const [{ source, from, frames }] = pieces;
    return source.samples.subarray(from, from + frames);
  }
  return readMixed(signal, channel, 0, new Float32Array(signal.frames));
}
