import { ascii, viewOf, type Chunk } from './bytes.ts';
import type { ByteSource } from './byte-source.ts';
import { CONVERT, unreadable, type SoundFormat } from './format.ts';
import { INTEGERS, openPcm, PCM, type PcmEncoding } from './pcm.ts';

/** AIFF-C's compression types that are no compression, by bytes of a sample. */
const TYPES: Record<string, (bytes: number) => PcmEncoding | undefined> = {
  NONE: (bytes) => (bytes === 1 ? 's8' : INTEGERS.be[bytes]),
  twos: (bytes) => (bytes === 1 ? 's8' : INTEGERS.be[bytes]),
  sowt: (bytes) => (bytes === 1 ? 's8' : INTEGERS.le[bytes]),
  'raw ': () => 'u8',
  in24: () => 's24be',
  in32: () => 's32be',
  fl32: () => 'f32be',
  FL32: () => 'f32be',
  fl64: () => 'f64be',
  FL64: () => 'f64be',
  ulaw: () => 'mulaw',
  ULAW: () => 'mulaw',
  alaw: () => 'alaw',
  ALAW: () => 'alaw',
};

/** Apple's Audio Interchange File Format and AIFF-C (1991), uncompressed or G.711. */
export const aiff: SoundFormat = {
  name: 'AIFF',
  extensions: ['aif', 'aiff', 'aifc'],
  match(source) {
    const head = source.read(0, 12);
    return ascii(head, 0, 4) === 'FORM' && ['AIFF', 'AIFC'].includes(ascii(head, 8, 4));
  },
  open(source) {
    const container = ascii(source.read(8, 4), 0, 4) === 'AIFC' ? 'AIFF-C' : 'AIFF';
    const chunks = readChunks(source);
    const common = chunks.get('COMM');
    const sound = chunks.get('SSND');
    if (!common) throw unreadable('It has no COMM chunk, so its coding is unknown.');
    const bytes = source.read(common.offset, Math.min(common.size, 22));
    if (bytes.length < (container === 'AIFF' ? 18 : 22)) throw unreadable('It ends inside its COMM chunk.');
    if (!sound) throw unreadable('It has no SSND chunk, so there is no sound in it.');
    const view = viewOf(bytes);
    const channels = view.getUint16(0);
    const frames = view.getUint32(2);
    const bits = view.getUint16(6);
    const type = container === 'AIFF' ? 'NONE' : ascii(bytes, 18, 4);
    const encoding = TYPES[type]?.(Math.ceil(bits / 8));
    if (!encoding)
      throw unreadable(`Its sound is coded as "${type}" with ${bits} bits, which Hark cannot read.`, CONVERT);
    const start = source.read(sound.offset, 4);
    if (start.length < 4) throw unreadable('It ends inside its SSND chunk.');
    return openPcm(source, {
      container,
      encoding,
      bits: encoding.endsWith('law') ? 8 : bits,
      sampleRate: Math.round(extended(view, 8)),
      channels,
      dataOffset: sound.offset + 8 + viewOf(start).getUint32(0),
      dataBytes: frames * channels * PCM[encoding].bytes,
      warnings: [],
    });
  },
};

function readChunks(source: ByteSource): Map<string, Chunk> {
  const chunks = new Map<string, Chunk>();
  for (let at = 12; at + 8 <= source.size;) {
    const head = source.read(at, 8);
    const chunk: Chunk = { id: ascii(head, 0, 4), offset: at + 8, size: viewOf(head).getUint32(4) };
    if (!chunks.has(chunk.id)) chunks.set(chunk.id, chunk);
    at = chunk.offset + chunk.size + (chunk.size % 2);
  }
  return chunks;
}

/** 80-bit IEEE extended, big-endian: sign and 15-bit exponent, then a 64-bit mantissa with its leading one. */
function extended(view: DataView, at: number): number {
  const head = view.getUint16(at);
  const mantissa = view.getUint32(at + 2) * 2 ** 32 + view.getUint32(at + 6);
  return (head & 0x8000 ? -1 : 1) * mantissa * 2 ** ((head & 0x7fff) - 16_383 - 63);
}
