import { ascii } from './bytes.ts';
import type { ByteSource } from './byte-source.ts';
import { measureStream } from './codec.ts';
import { unreadable, type SoundFormat } from './format.ts';
import { afterId3 } from './id3.ts';

/** How far behind a tag the first frame is looked for. */
const SEARCH_BYTES = 65_536;
const LAYERS = ['', 'III', 'II', 'I'];
const VERSIONS = ['2.5', '', '2', '1'];
const RATES: Record<string, number[]> = {
  '1': [44_100, 48_000, 32_000],
  '2': [22_050, 24_000, 16_000],
  '2.5': [11_025, 12_000, 8000],
};

interface FrameHeader {
  version: string;
  layer: string;
  sampleRate: number;
  channels: number;
}

/** The 32-bit frame header at `at` (ISO 11172-3, 13818-3), or null if there is none. */
function frameHeader(bytes: Uint8Array, at: number): FrameHeader | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1] & 0xe0) !== 0xe0) return null;
  const version = VERSIONS[(bytes[at + 1] >> 3) & 3];
  const layer = LAYERS[(bytes[at + 1] >> 1) & 3];
  const bitRate = bytes[at + 2] >> 4;
  const sampleRate = RATES[version]?.[(bytes[at + 2] >> 2) & 3];
  if (!layer || bitRate === 15 || bitRate === 0 || !sampleRate) return null;
  return { version, layer, sampleRate, channels: bytes[at + 3] >> 6 === 3 ? 1 : 2 };
}

/** The first frame of two that agree, so that chance bytes are not taken for sound. */
function firstFrame(source: ByteSource): FrameHeader | null {
  const start = afterId3(source);
  const bytes = source.read(start, SEARCH_BYTES);
  const last = start > 0 ? bytes.length : 1;
  for (let at = 0; at < last; at++) {
    const frame = frameHeader(bytes, at);
    if (!frame) continue;
    for (let next = at + 24; next < bytes.length; next++) {
      const other = frameHeader(bytes, next);
      if (
        other &&
        other.version === frame.version &&
        other.layer === frame.layer &&
        other.sampleRate === frame.sampleRate
      )
        return frame;
    }
  }
  return null;
}

/** MPEG audio, layers I to III. Its length is only known once it is decoded. */
export const mp3: SoundFormat = {
  name: 'MP3',
  extensions: ['mp3', 'mp2', 'mpga'],
  match: (source) => ascii(source.read(0, 3), 0, 3) === 'ID3' || firstFrame(source) !== null,
  async open(source) {
    const frame = firstFrame(source);
    if (!frame) throw unreadable('It has an ID3 tag but no MPEG sound behind it.');
    const stated = frame.channels === 2 ? { channels: 2 } : {};
    const { stream, decode } = await measureStream(source, { codec: 'mp3', name: 'MP3', ...stated });
    const { sampleRate, channels, frames } = stream;
    return {
      info: {
        container: 'MP3',
        codec: `MPEG-${frame.version} layer ${frame.layer}`,
        bits: null,
        ...{ sampleRate, channels, frames },
        warnings: [],
      },
      decode,
    };
  },
};
