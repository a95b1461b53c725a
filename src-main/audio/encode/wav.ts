export type WavCoding = 'pcm16' | 'pcm24' | 'float32';

interface Coding {
  tag: number;
  bytes: number;
  write(view: DataView, at: number, sample: number): void;
}

/** A sample as an integer of so many bits: rounded, clipped at full scale. */
export function asInteger(sample: number, bits: number): number {
  const full = 2 ** (bits - 1);
  return Math.max(-full, Math.min(full - 1, Math.round(sample * full)));
}

const FORMATS: Record<WavCoding, Coding> = {
  pcm16: { tag: 1, bytes: 2, write: (view, at, sample) => view.setInt16(at, asInteger(sample, 16), true) },
  pcm24: {
    tag: 1,
    bytes: 3,
    write(view, at, sample) {
      const value = asInteger(sample, 24);
      view.setUint16(at, value & 0xffff, true);
      view.setInt8(at + 2, value >> 16);
    },
  },
  float32: { tag: 3, bytes: 4, write: (view, at, sample) => view.setFloat32(at, sample, true) },
};

export interface WavShape {
  /** Samples of one channel. */
  frames: number;
  channels: number;
  /** Hz */
  sampleRate: number;
}

/** Everything of a WAV file before its samples; as RF64 (EBU Tech 3306) if it is too long for 32 bits. */
export function wavHeader({ frames, channels, sampleRate }: WavShape, coding: WavCoding): Uint8Array {
  const { tag, bytes } = FORMATS[coding];
  const block = bytes * channels;
  const dataBytes = frames * block;
  // What is not PCM has an extension of its format (empty here) and a chunk with the number of samples.
  const plain = tag === 1;
  const size = 44 + (plain ? 0 : 14);
  const padded = dataBytes + (dataBytes % 2);
  const large = size - 8 + padded > 0xffff_ffff;
  const header = new Uint8Array(size + (large ? 36 : 0));
  const view = new DataView(header.buffer);
  let at = 0;
  const text = (word: string) => {
    for (const letter of word) view.setUint8(at++, letter.charCodeAt(0));
  };
  const u16 = (value: number) => view.setUint16((at += 2) - 2, value, true);
  const u32 = (value: number) => view.setUint32((at += 4) - 4, value, true);
  const u64 = (value: number) => view.setBigUint64((at += 8) - 8, BigInt(value), true);

  text(large ? 'RF64' : 'RIFF');
  u32(large ? 0xffff_ffff : header.length - 8 + padded);
  text('WAVE');
  if (large) {
    text('ds64');
    u32(28);
    u64(header.length - 8 + padded);
    u64(dataBytes);
    u64(frames);
    u32(0);
  }
  text('fmt ');
  u32(plain ? 16 : 18);
  u16(tag);
  u16(channels);
  u32(sampleRate);
  u32(sampleRate * block);
  u16(block);
  u16(8 * bytes);
  if (!plain) {
    u16(0);
    text('fact');
    u32(4);
    u32(Math.min(frames, 0xffff_ffff));
  }
  text('data');
  u32(large ? 0xffff_ffff : dataBytes);
  return header;
}

/** Samples as a WAV file holds them, interleaved. @param channels all of one length, full scale ±1 */
export function wavSamples(channels: readonly Float32Array[], coding: WavCoding): Uint8Array {
  const { bytes, write } = FORMATS[coding];
  const out = new Uint8Array(channels[0].length * channels.length * bytes);
  const view = new DataView(out.buffer);
  const block = bytes * channels.length;
  channels.forEach((samples, channel) => {
    for (let n = 0, at = channel * bytes; n < samples.length; n++, at += block) write(view, at, samples[n]);
  });
  return out;
}

/**
 * A WAV file. Integers (pcm16, pcm24) are rounded and clipped at full scale; float32 is kept as it is.
 * @param channels at least one, all of one length, full scale ±1 @param sampleRate Hz
 */
export function encodeWav(
  channels: readonly Float32Array[],
  sampleRate: number,
  coding: WavCoding = 'pcm16',
): Uint8Array {
  const header = wavHeader({ frames: channels[0].length, channels: channels.length, sampleRate }, coding);
  const samples = wavSamples(channels, coding);
  const file = new Uint8Array(header.length + samples.length + (samples.length % 2));
  file.set(header);
  file.set(samples, header.length);
  return file;
}
