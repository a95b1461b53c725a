import { ascii, viewOf, type Chunk } from './bytes.ts';
import type { ByteSource } from './byte-source.ts';
import { checkHeader, CONVERT, unreadable, type OpenedSound, type SoundFormat } from './format.ts';
import { openImaAdpcm } from './ima-adpcm.ts';
import { INTEGERS, noSamples, openPcm, PCM, type PcmEncoding } from './pcm.ts';

/** Sizes a program writes when it cannot go back to fill them in (0xFFFFFFFF; SoX: just below 2^31). */
const STREAMED_FROM = 0x7fff_0000;
const EXTENSIBLE = 0xfffe;
/** The last 14 bytes of KSDATAFORMAT_SUBTYPE_..., before which the two bytes of the plain tag stand. */
const SUBTYPE_TAIL = '00000000-1000-8000-00aa-00389b71'.replaceAll('-', '');

/** RIFF WAVE, and its 64-bit forms RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088). */
export const wav = {
  name: 'WAV',
  extensions: ['wav', 'wave', 'bwf', 'rf64'],
  match(source: ByteSource) {
    const head = source.read(0, 12);
    return ['RIFF', 'RF64', 'BW64'].includes(ascii(head, 0, 4)) && ascii(head, 8, 4) === 'WAVE';
  },
  open(source: ByteSource): OpenedSound {
    const { format, data, fact, riffEnd } = readChunks(source);
    if (!format) throw unreadable('It has no fmt chunk, so its coding is unknown.');
    const header = readFormat(source, format);
    if (!data) throw unreadable('It has no data chunk, so there is no sound in it.');
    checkHeader(header);
    const warnings: string[] = [];
    const codec = CODECS[header.tag];
    if (!codec) throw unreadable(`Its sound is coded as ${nameTag(header.tag)}, which Hark cannot read.`, CONVERT);
    return codec(source, header, {
      offset: data.offset,
      bytes: dataBytes(source, data, riffEnd, warnings),
      fact,
      warnings,
    });
  },
} satisfies SoundFormat;

interface Chunks {
  format: Chunk | null;
  data: Chunk | null;
  /** Samples per channel as the fact chunk has them. */
  fact: number | null;
  /** Where the RIFF chunk says it ends. */
  riffEnd: number;
}

const isChunkId = (bytes: Uint8Array) => bytes.length === 4 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f);

function readChunks(source: ByteSource): Chunks {
  const found: Chunks = {
    format: null,
    data: null,
    fact: null,
    riffEnd: 8 + viewOf(source.read(4, 4)).getUint32(0, true),
  };
  /** RF64 keeps the true size of `data` in its first chunk. */
  let largeData: number | null = null;
  let at = 12;
  while (at + 8 <= source.size && !(found.format && found.data)) {
    const head = source.read(at, 8);
    const chunk: Chunk = { id: ascii(head, 0, 4), offset: at + 8, size: viewOf(head).getUint32(4, true) };
    if (chunk.id === 'ds64' && chunk.size >= 16 && source.size >= chunk.offset + 16)
      largeData = Number(viewOf(source.read(chunk.offset + 8, 8)).getBigUint64(0, true));
    if (chunk.id === 'fmt ') found.format ??= chunk;
    if (chunk.id === 'fact' && chunk.size >= 4 && source.size >= chunk.offset + 4)
      found.fact = viewOf(source.read(chunk.offset, 4)).getUint32(0, true);
    if (chunk.id === 'data') {
      if (chunk.size === 0xffff_ffff && largeData !== null) chunk.size = largeData;
      found.data ??= chunk;
    }
    const end = chunk.offset + chunk.size;
    // Content of odd length is followed by a pad byte, which some programs leave out.
    const padded = end + (chunk.size % 2);
    at = padded !== end && !isChunkId(source.read(padded, 4)) && isChunkId(source.read(end, 4)) ? end : padded;
  }
  return found;
}

interface WavHeader {
  tag: number;
  channels: number;
  sampleRate: number;
  blockAlign: number;
  bits: number;
  /** IMA ADPCM: samples per channel in a block. */
  samplesPerBlock: number;
}

function readFormat(source: ByteSource, chunk: Chunk): WavHeader {
  const bytes = source.read(chunk.offset, Math.min(chunk.size, 40));
  if (bytes.length < 16) throw unreadable('It ends inside its fmt chunk.');
  const view = viewOf(bytes);
  let tag = view.getUint16(0, true);
  if (tag === EXTENSIBLE) {
    if (bytes.length < 40) throw unreadable('Its extensible fmt chunk is too short to say how the sound is coded.');
    tag = view.getUint16(24, true);
    const tail = [...bytes.subarray(26, 40)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (tail !== SUBTYPE_TAIL)
      throw unreadable('Its sound is coded in a way of its maker’s own, which Hark cannot read.', CONVERT);
  }
  return {
    tag,
    channels: view.getUint16(2, true),
    sampleRate: view.getUint32(4, true),
    blockAlign: view.getUint16(12, true),
    bits: view.getUint16(14, true),
    samplesPerBlock: bytes.length >= 20 ? view.getUint16(18, true) : 0,
  };
}

/** Bytes of sound as far as the header can be believed; null: to the end of the file. */
function dataBytes(source: ByteSource, data: Chunk, riffEnd: number, warnings: string[]): number | null {
  const there = source.size - data.offset;
  if (data.size > there && data.size >= STREAMED_FROM) return null;
  if (data.size > 0 || there <= 0) return data.size;
  const streamed = riffEnd === 8 || riffEnd >= STREAMED_FROM;
  // A recorder that was stopped hard leaves the sizes it began with, and its sound behind them.
  const unfinished = riffEnd <= data.offset;
  if (!streamed && !unfinished) return 0;
  if (!streamed)
    warnings.push(
      'Its header says 0 samples, as after a recording that was broken off; everything up to the end is used.',
    );
  return null;
}

interface WavData {
  offset: number;
  bytes: number | null;
  fact: number | null;
  warnings: string[];
}
type Open = (source: ByteSource, header: WavHeader, data: WavData) => OpenedSound;

const asPcm =
  (encodingOf: (header: WavHeader, bytes: number) => PcmEncoding | undefined): Open =>
  (source, header, data) => {
    const bytes = Math.ceil(header.bits / 8);
    const encoding = encodingOf(header, bytes);
    if (!encoding) throw unreadable(`Its samples have ${header.bits} bits, which Hark cannot read.`, CONVERT);
    const block = PCM[encoding].bytes * header.channels;
    const warnings = [...data.warnings];
    if (header.blockAlign !== block)
      warnings.push(
        `Its header says ${header.blockAlign} bytes for each point in time where there must be ${block}; ${block} are read.`,
      );
    return openPcm(source, {
      container: 'WAV',
      encoding,
      bits: header.bits,
      sampleRate: header.sampleRate,
      channels: header.channels,
      dataOffset: data.offset,
      dataBytes: data.bytes,
      warnings,
    });
  };

/** By format tag. Integers of 8 bits are unsigned; fewer bits than bytes stand at the top of them. */
const CODECS: Record<number, Open> = {
  0x0001: asPcm((_header, bytes) => (bytes === 1 ? 'u8' : INTEGERS.le[bytes])),
  0x0003: asPcm((header) => (({ 32: 'f32le', 64: 'f64le' }) as const)[header.bits]),
  0x0006: asPcm((header) => (header.bits === 8 ? 'alaw' : undefined)),
  0x0007: asPcm((header) => (header.bits === 8 ? 'mulaw' : undefined)),
  0x0011: (source, header, data) => {
    if (source.size <= data.offset || data.bytes === 0) throw noSamples();
    return openImaAdpcm(source, {
      ...header,
      dataOffset: data.offset,
      dataBytes: data.bytes,
      stated: data.fact,
      warnings: data.warnings,
    });
  },
};

const TAG_NAMES: Record<number, string> = {
  0x0002: 'Microsoft ADPCM',
  0x0031: 'GSM 6.10',
  0x0042: 'G.723.1',
  0x0050: 'MPEG audio',
  0x0055: 'MP3 inside a WAV',
  0x0161: 'Windows Media Audio',
};

const nameTag = (tag: number): string => {
  const hex = `0x${tag.toString(16).toUpperCase().padStart(4, '0')}`;
  return TAG_NAMES[tag] ? `${TAG_NAMES[tag]} (format tag ${hex})` : `format tag ${hex}`;
};
