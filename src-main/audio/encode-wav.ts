import type { Frames } from '#shared/domain/edit-shape.ts';
import type { SoundShape } from '#shared/domain/edit.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { readSignal, shapeOf, signalOf, type Signal } from './signal/signal.ts';

export type WavCoding = 'pcm16' | 'pcm24' | 'float32';

interface Coding {
  tag: number;
  bytes: number;
  write(view: DataView, at: number, sample: number): void;
}

/** Integers are rounded and clipped at full scale. */
const whole = (sample: number, full: number) => Math.max(-full, Math.min(full - 1, Math.round(sample * full)));

const CODINGS: Record<WavCoding, Coding> = {
  pcm16: { tag: 1, bytes: 2, write: (view, at, sample) => view.setInt16(at, whole(sample, 32_768), true) },
  pcm24: {
    ...{ tag: 1, bytes: 3 },
    write(view, at, sample) {
      const value = whole(sample, 8_388_608);
      view.setUint16(at, value & 0xffff, true);
      view.setInt8(at + 2, value >> 16);
    },
  },
  float32: { tag: 3, bytes: 4, write: (view, at, sample) => view.setFloat32(at, sample, true) },
};
const HEADER_BYTES = 44;
/** Sizes in a WAV file have 32 bits. */
const MOST_DATA_BYTES = 2 ** 32 - 1 - HEADER_BYTES;

/**
 * A WAV file. Integers are rounded and clipped at full scale; float32 is kept as it is.
 * @param channels at least one, all of one length, full scale ±1 @param sampleRate Hz
 */
export function encodeWav(
  channels: readonly Float32Array[],
  sampleRate: number,
  coding: WavCoding = 'pcm16',
): Uint8Array {
  const signal = signalOf(channels, sampleRate);
  return wavBytes(signal, coding, 0, wavSize(shapeOf(signal), coding) - 1);
}

/** Bytes of a sound's WAV file. @throws HarkError bad-input where it would be longer than such a file can be */
export function wavSize({ frames, channels }: SoundShape, coding: WavCoding): number {
  const bytes = frames * channels * CODINGS[coding].bytes;
  if (bytes > MOST_DATA_BYTES)
    throw new HarkError('bad-input', `The sound would take ${(bytes / 2 ** 30).toFixed(1)} GB; a WAV file holds up to 4.`, {
      remedy: 'Take a part of it.',
    });
  return HEADER_BYTES + bytes;
}

/** Which samples bytes [first, last] of the file hold, whole points in time. */
export function wavFrames(channels: number, coding: WavCoding, first: number, last: number): Frames {
  const block = CODINGS[coding].bytes * channels;
  const from = Math.max(0, Math.floor((first - HEADER_BYTES) / block));
  return { from, end: Math.max(from, Math.ceil((last + 1 - HEADER_BYTES) / block)) };
}

/** Bytes [first, last] of the WAV file of a sound: of the sound only what they need is read. */
export function wavBytes(signal: Signal, coding: WavCoding, first: number, last: number): Uint8Array<ArrayBuffer> {
  const { bytes, write } = CODINGS[coding];
  const channels = signal.channels.length;
  const block = bytes * channels;
  const out = new Uint8Array(last - first + 1);
  if (first < HEADER_BYTES) out.set(wavHeader(shapeOf(signal), coding).subarray(first, last + 1));
  const { from, end } = wavFrames(channels, coding, first, last);
  if (end === from) return out;
  const view = new DataView(new ArrayBuffer((end - from) * block));
  const samples = new Float32Array(end - from);
  for (let channel = 0; channel < channels; channel++) {
    readSignal(signal, channel, from, samples);
    for (let n = 0, at = channel * bytes; n < samples.length; n++, at += block) write(view, at, samples[n]);
  }
  const data = HEADER_BYTES + from * block;
  const skipped = Math.max(0, first - data);
  out.set(new Uint8Array(view.buffer, skipped, Math.min(view.byteLength - skipped, last + 1 - data - skipped)), data + skipped - first);
  return out;
}

function wavHeader({ frames, channels, sampleRate }: SoundShape, coding: WavCoding): Uint8Array {
  const { tag, bytes } = CODINGS[coding];
  const block = bytes * channels;
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  const text = (at: number, word: string) =>
    [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES + frames * block - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * block, true);
  view.setUint16(32, block, true);
  view.setUint16(34, 8 * bytes, true);
  text(36, 'data');
  view.setUint32(40, frames * block, true);
  return header;
}
