import { ascii } from './bytes.ts';
import type { ByteSource } from './byte-source.ts';
import { measureStream } from './codec.ts';
import type { SoundFormat } from './format.ts';

/** Sample entry types of the sound track (ISO 14496-12, Apple). */
const CODECS: Record<string, string> = { mp4a: 'AAC', alac: 'Apple Lossless' };
const MOST_INDEX_BYTES = 16 * 2 ** 20;

/** The codec as the track's sample description names it. */
function codecName(source: ByteSource): string {
  let at = 0;
  while (at + 8 <= source.size) {
    const head = source.read(at, 8);
    const size = new DataView(head.buffer, head.byteOffset).getUint32(0);
    if (ascii(head, 4, 4) === 'moov') {
      const text = Buffer.from(source.read(at, Math.min(size, MOST_INDEX_BYTES))).toString('latin1');
      const entry = text.indexOf('stsd') + 4;
      const found = Object.entries(CODECS).find(([type]) => text.indexOf(type, entry) >= 0);
      if (found) return found[1];
    }
    if (size < 8) break;
    at += size;
  }
  return 'MP4 sound';
}

/** MPEG-4 sound (m4a), AAC or Apple Lossless. Its length, priming removed, is only known once it is decoded. */
export const mp4: SoundFormat = {
  name: 'MP4',
  extensions: ['m4a', 'mp4', 'm4b', 'mov', '3gp'],
  match: (source) => ascii(source.read(4, 4), 0, 4) === 'ftyp',
  async open(source) {
    const { stream, decode } = await measureStream(source, { codec: 'm4a', name: 'MP4' });
    const { sampleRate, channels, frames } = stream;
    return {
      info: {
        container: 'MP4',
        codec: codecName(source),
        bits: null,
        ...{ sampleRate, channels, frames },
        warnings: [],
      },
      decode,
    };
  },
};
