import type { Frames } from '#shared/domain/edit-shape.ts';
import type { SoundShape } from '#shared/domain/edit.ts';
import { wavHeader, wavSamples, type WavCoding } from './wav.ts';
import { readSignal, shapeOf, type Signal } from '../signal/signal.ts';

interface Layout {
  header: Uint8Array;
  /** Bytes of one point in time. */
  block: number;
}

function layoutOf(shape: SoundShape, coding: WavCoding): Layout {
  const silence = Array.from({ length: shape.channels }, () => new Float32Array(1));
  return { header: wavHeader(shape, coding), block: wavSamples(silence, coding).length };
}

/** Bytes of a sound's WAV file. */
export function wavSize(shape: SoundShape, coding: WavCoding): number {
  const { header, block } = layoutOf(shape, coding);
  const data = shape.frames * block;
  return header.length + data + (data % 2);
}

/** Which samples bytes [first, last] of the file hold, whole points in time. */
export function wavFrames(shape: SoundShape, coding: WavCoding, first: number, last: number): Frames {
  const { header, block } = layoutOf(shape, coding);
  const from = Math.max(0, Math.floor((first - header.length) / block));
  return { from, end: Math.max(from, Math.min(shape.frames, Math.ceil((last + 1 - header.length) / block))) };
}

/** Bytes [first, last] of the file that `encodeWav` makes of a sound: of the sound only what they need is read. */
export function wavPart(signal: Signal, coding: WavCoding, first: number, last: number): Uint8Array<ArrayBuffer> {
  const shape = shapeOf(signal);
  const { header, block } = layoutOf(shape, coding);
  const out = new Uint8Array(last - first + 1);
  if (first < header.length) out.set(header.subarray(first, last + 1));
  const { from, end } = wavFrames(shape, coding, first, last);
  if (end === from) return out;
  const samples = signal.channels.map((_, channel) => readSignal(signal, channel, from, new Float32Array(end - from)));
  const data = header.length + from * block;
  const skipped = Math.max(0, first - data);
  out.set(wavSamples(samples, coding).subarray(skipped, last + 1 - data), data + skipped - first);
  return out;
}
