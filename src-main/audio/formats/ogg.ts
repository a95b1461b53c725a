import { ascii, viewOf } from './bytes.ts';
import type { ByteSource } from './byte-source.ts';
import { decodeStream } from './codec.ts';
import { checkHeader, CONVERT, unreadable, type OpenedSound, type SoundFormat } from './format.ts';
import { noSamples } from './pcm.ts';

/** The longest an Ogg page can be: header, 255 segments of 255 bytes. */
const LONGEST_PAGE = 27 + 255 + 255 * 255;
/** A granule position of -1: no packet ends on this page. */
const NO_GRANULE = 0xffff_ffff_ffff_ffffn;

/** First packet of the first page (RFC 3533): it names the codec. */
function firstPacket(source: ByteSource): Uint8Array {
  const segments = source.read(26, 1)[0] ?? 0;
  return source.read(27 + segments, 64);
}

/** Samples at the end of the stream as its last page counts them. */
function lastGranule(source: ByteSource): number {
  const from = Math.max(0, source.size - 2 * LONGEST_PAGE);
  const tail = source.read(from, source.size - from);
  for (let at = tail.length - 27; at >= 0; at--) {
    if (tail[at] !== 0x4f || ascii(tail, at, 4) !== 'OggS') continue;
    const granule = viewOf(tail).getBigUint64(at + 6, true);
    if (granule !== NO_GRANULE) return Number(granule);
  }
  return 0;
}

type Open = (packet: Uint8Array, source: ByteSource) => OpenedSound;

function opened(
  source: ByteSource,
  codec: 'oga' | 'opus',
  name: string,
  header: { sampleRate: number; channels: number },
  frames: number,
): OpenedSound {
  checkHeader(header);
  if (frames <= 0) throw noSamples();
  return {
    info: { container: 'Ogg', codec: name, bits: null, ...header, frames, warnings: [] },
    decode: async (take) => (await decodeStream(source, { codec, name, channels: header.channels }, take)).warnings,
  };
}

/** By the bytes the first packet begins with. */
const CODECS: Record<string, Open> = {
  '\x01vorbis': (packet, source) => {
    if (packet.length < 16) throw unreadable('It ends inside its Vorbis header.');
    return opened(
      source,
      'oga',
      'Vorbis',
      { sampleRate: viewOf(packet).getUint32(12, true), channels: packet[11] },
      lastGranule(source),
    );
  },
  // Opus counts at 48 kHz whatever went in, the decoder's run-in (pre-skip) included (RFC 7845).
  OpusHead: (packet, source) => {
    if (packet.length < 12) throw unreadable('It ends inside its Opus header.');
    const preSkip = viewOf(packet).getUint16(10, true);
    return opened(source, 'opus', 'Opus', { sampleRate: 48_000, channels: packet[9] }, lastGranule(source) - preSkip);
  },
};
const OTHERS: Record<string, string> = {
  '\x7fFLAC': 'FLAC inside Ogg',
  'Speex   ': 'Speex',
  '\x80theora': 'Theora video',
  fishead: 'Ogg video',
};

/** Ogg with Vorbis or Opus; the last page tells the length. */
export const ogg: SoundFormat = {
  name: 'Ogg',
  extensions: ['ogg', 'oga', 'opus'],
  match: (source) => ascii(source.read(0, 4), 0, 4) === 'OggS',
  open(source) {
    const packet = firstPacket(source);
    const begins = ([magic]: [string, unknown]) => ascii(packet, 0, magic.length) === magic;
    const codec = Object.entries(CODECS).find(begins);
    if (codec) return codec[1](packet, source);
    const other = Object.entries(OTHERS).find(begins);
    throw unreadable(`It holds ${other ? other[1] : 'a stream of a kind'} that Hark cannot read.`, CONVERT);
  },
};
