import type { ByteSource } from './byte-source.ts';
import { silence, silencedWarning } from '../finite.ts';
import { checkHeader, unreadable, type OpenedSound } from './format.ts';
import { aLaw, muLaw } from './g711.ts';

interface Encoding {
  /** Name on the screen. */
  codec: string;
  /** Bytes of one sample of one channel. */
  bytes: number;
  /** Samples as numbers, where the machine has an array of them. */
  array?: (bytes: Uint8Array) => ArrayLike<number>;
  /** Full scale, for `array`. */
  scale?: number;
  /** What each byte means, where a sample is one. */
  table?: ArrayLike<number>;
  /** One sample at a byte offset, full scale ±1. */
  read(view: DataView, at: number): number;
}

const integer24 = (view: DataView, at: number, little: boolean): number =>
  little
    ? view.getUint16(at, true) | (view.getInt8(at + 2) << 16)
    : (view.getInt8(at) << 16) | view.getUint16(at + 1, false);

type TypedArray = new (buffer: ArrayBufferLike, offset: number, length: number) => ArrayLike<number>;
/** Bytes as an array of the machine's numbers (little-endian on all that Hark runs on). */
const as = (Numbers: TypedArray, size: number) => (bytes: Uint8Array) => {
  const { buffer, byteOffset, length } = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  return new Numbers(buffer, byteOffset, Math.floor(length / size));
};

const unsigned8 = Float32Array.from({ length: 256 }, (_, value) => (value - 128) / 128);

/** Samples without compression, one after another. Integers are divided by 2^(bits - 1). */
export const PCM = {
  u8: { codec: 'PCM u8', bytes: 1, table: unsigned8, read: (view, at) => (view.getUint8(at) - 128) / 128 },
  s8: { codec: 'PCM s8', bytes: 1, array: as(Int8Array, 1), scale: 128, read: (view, at) => view.getInt8(at) / 128 },
  s16le: {
    ...{ codec: 'PCM s16le', bytes: 2, array: as(Int16Array, 2), scale: 32_768 },
    read: (view, at) => view.getInt16(at, true) / 32_768,
  },
  s16be: { codec: 'PCM s16be', bytes: 2, read: (view, at) => view.getInt16(at, false) / 32_768 },
  s24le: { codec: 'PCM s24le', bytes: 3, read: (view, at) => integer24(view, at, true) / 8_388_608 },
  s24be: { codec: 'PCM s24be', bytes: 3, read: (view, at) => integer24(view, at, false) / 8_388_608 },
  s32le: {
    ...{ codec: 'PCM s32le', bytes: 4, array: as(Int32Array, 4), scale: 2_147_483_648 },
    read: (view, at) => view.getInt32(at, true) / 2_147_483_648,
  },
  s32be: { codec: 'PCM s32be', bytes: 4, read: (view, at) => view.getInt32(at, false) / 2_147_483_648 },
  f32le: {
    ...{ codec: 'IEEE float 32', bytes: 4, array: as(Float32Array, 4), scale: 1 },
    read: (view, at) => view.getFloat32(at, true),
  },
  f32be: { codec: 'IEEE float 32', bytes: 4, read: (view, at) => view.getFloat32(at, false) },
  f64le: {
    ...{ codec: 'IEEE float 64', bytes: 8, array: as(Float64Array, 8), scale: 1 },
    read: (view, at) => view.getFloat64(at, true),
  },
  f64be: { codec: 'IEEE float 64', bytes: 8, read: (view, at) => view.getFloat64(at, false) },
  alaw: { codec: 'G.711 A-law', bytes: 1, table: aLaw, read: (view, at) => aLaw[view.getUint8(at)] },
  mulaw: { codec: 'G.711 mu-law', bytes: 1, table: muLaw, read: (view, at) => muLaw[view.getUint8(at)] },
} as const satisfies Record<string, Encoding>;
export type PcmEncoding = keyof typeof PCM;

/**
 * One channel's samples from interleaved bytes; what is not a number becomes silence.
 * @param stride bytes from one sample to the next @param out all of it is filled
 * @returns how many were not numbers
 */
export function readPcm(encoding: PcmEncoding, bytes: Uint8Array, stride: number, out: Float32Array): number {
  const { array, scale = 1, table, bytes: size, read }: Encoding = PCM[encoding];
  if (table) for (let n = 0, at = 0; n < out.length; n++, at += stride) out[n] = table[bytes[at]];
  else if (array && stride % size === 0) {
    const values = array(bytes.subarray(0, (out.length - 1) * stride + size));
    const step = stride / size;
    const share = 1 / scale;
    if (step === 1 && scale === 1) out.set(values);
    // A power of two, so that the product is the quotient to the bit.
    else for (let n = 0, at = 0; n < out.length; n++, at += step) out[n] = values[at] * share;
  } else {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let n = 0, at = 0; n < out.length; n++, at += stride) out[n] = read(view, at);
  }
  return encoding.startsWith('f') ? silence(out) : 0;
}

/** Integer encodings by bytes of a sample. */
export const INTEGERS: Record<'le' | 'be', Record<number, PcmEncoding>> = {
  le: { 2: 's16le', 3: 's24le', 4: 's32le' },
  be: { 2: 's16be', 3: 's24be', 4: 's32be' },
};

export interface PcmLayout {
  container: string;
  encoding: PcmEncoding;
  bits: number;
  sampleRate: number;
  channels: number;
  /** Where the first sample is. */
  dataOffset: number;
  /** What the header says; null: to the end of the file. */
  dataBytes: number | null;
  warnings: string[];
}

/**
 * Interleaved samples at a known place. What the header says is held to what is there: samples that are missing are a
 * warning, none at all a refusal, and nothing is allocated for samples the file does not hold.
 */
export function openPcm(source: ByteSource, layout: PcmLayout): OpenedSound {
  checkHeader(layout);
  const { channels, dataOffset } = layout;
  const encoding: Encoding = PCM[layout.encoding];
  const block = encoding.bytes * channels;
  const there = Math.max(0, source.size - dataOffset);
  const stated = layout.dataBytes ?? there;
  const frames = Math.floor(Math.min(stated, there) / block);
  if (frames === 0) throw noSamples();
  const warnings = [...layout.warnings];
  if (stated > there) warnings.push(cutShort(frames, Math.floor(stated / block)));
  return {
    info: {
      container: layout.container,
      codec: encoding.codec,
      bits: layout.bits,
      sampleRate: layout.sampleRate,
      channels,
      frames,
      warnings,
    },
    pcm: { encoding: layout.encoding, offset: dataOffset, stride: block },
    decode: async (take) => {
      const bytes = source.read(dataOffset, frames * block);
      if (bytes.length < frames * block) throw unreadable('The file became shorter while it was read.');
      let wrong = 0;
      const decoded = Array.from({ length: channels }, (_, channel) => {
        const samples = new Float32Array(frames);
        wrong += readPcm(layout.encoding, bytes.subarray(channel * encoding.bytes), block, samples);
        return samples;
      });
      take(decoded);
      return silencedWarning(wrong);
    },
  };
}

export const noSamples = () => unreadable('It has a header but holds no sound.', 'Record it again, or leave it out.');

export const cutShort = (there: number, stated: number): string =>
  `The file is cut short: ${there} of ${stated} samples are there. Only those are used.`;
