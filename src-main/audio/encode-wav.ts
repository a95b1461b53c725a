export type WavCoding = 'pcm16' | 'float32';

const FORMATS: Record<
  WavCoding,
  { tag: number; bytes: number; write(view: DataView, at: number, sample: number): void }
> = {
  pcm16: {
    tag: 1,
    bytes: 2,
    write: (view, at, sample) =>
      view.setInt16(at, Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))), true),
  },
  float32: { tag: 3, bytes: 4, write: (view, at, sample) => view.setFloat32(at, sample, true) },
};
const HEADER_BYTES = 44;

/**
 * A WAV file. pcm16 is rounded and clipped at full scale; float32 is kept as it is.
 * @param channels at least one, all of one length, full scale ±1 @param sampleRate Hz
 */
export function encodeWav(
  channels: readonly Float32Array[],
  sampleRate: number,
  coding: WavCoding = 'pcm16',
): Uint8Array {
  const { tag, bytes, write } = FORMATS[coding];
  const frames = channels[0].length;
  const block = bytes * channels.length;
  const file = new Uint8Array(HEADER_BYTES + frames * block);
  const view = new DataView(file.buffer);
  const text = (at: number, word: string) =>
    [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * block, true);
  view.setUint16(32, block, true);
  view.setUint16(34, 8 * bytes, true);
  text(36, 'data');
  view.setUint32(40, frames * block, true);
  for (let n = 0, at = HEADER_BYTES; n < frames; n++)
    for (const samples of channels) {
      write(view, at, samples[n]);
      at += bytes;
    }
  return file;
}
