import type { ByteSource } from './byte-source.ts';
import { unreadable, type OpenedSound } from './format.ts';
import { cutShort, noSamples } from './pcm.ts';

export interface ImaAdpcmLayout {
  sampleRate: number;
  channels: number;
  blockAlign: number;
  bits: number;
  samplesPerBlock: number;
  dataOffset: number;
  /** null: to the end of the file */
  dataBytes: number | null;
  /** Samples per channel as the fact chunk has them: the last block is padded. */
  stated: number | null;
  warnings: string[];
}

/** Change of the step index by the three magnitude bits of a code (IMA Digital Audio Doc-Pac, 1992). */
const INDEX_CHANGE = [-1, -1, -1, -1, 2, 4, 6, 8];
const LAST_STEP = 88;
/** The published table of step sizes: 7 to 32767, each about 1.1 times the one before. */
const STEPS = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
  130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
  1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
  7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];

/**
 * IMA ADPCM in WAV: blocks of `blockAlign` bytes, each with one header per channel (first sample, step index), then 4-bit
 * codes in words of 8 per channel, the channels in turn.
 */
export function openImaAdpcm(source: ByteSource, layout: ImaAdpcmLayout): OpenedSound {
  const { channels, blockAlign, dataOffset } = layout;
  const header = 4 * channels;
  if (layout.bits !== 4 || blockAlign <= header) throw unreadable('Its IMA ADPCM header makes no sense.');
  const perBlock = 1 + Math.floor((blockAlign - header) / header) * 8;
  const there = Math.min(layout.dataBytes ?? Infinity, source.size - dataOffset);
  const last = there % blockAlign;
  const whole = Math.floor(there / blockAlign) * perBlock;
  const held = whole + (last >= header ? 1 + Math.floor((last - header) / header) * 8 : 0);
  const frames = layout.stated === null ? held : Math.min(held, layout.stated);
  if (frames === 0) throw noSamples();
  const warnings = [...layout.warnings];
  if (layout.stated !== null && layout.stated > held) warnings.push(cutShort(held, layout.stated));
  return {
    info: { container: 'WAV', codec: 'IMA ADPCM', bits: 4, sampleRate: layout.sampleRate, channels, frames, warnings },
    decode: async (take) => {
      const bytes = source.read(dataOffset, there);
      const decoded = Array.from({ length: channels }, () => new Float32Array(frames));
      for (let block = 0, first = 0; first < frames; block += blockAlign, first += perBlock)
        for (let channel = 0; channel < channels; channel++)
          decodeBlock(bytes, block, channel, channels, decoded[channel], first, perBlock);
      take(decoded);
      return [];
    },
  };
}

function decodeBlock(
  bytes: Uint8Array,
  block: number,
  channel: number,
  channels: number,
  out: Float32Array,
  first: number,
  perBlock: number,
): void {
  const head = block + 4 * channel;
  let sample = ((bytes[head] | (bytes[head + 1] << 8)) << 16) >> 16;
  let index = Math.min(bytes[head + 2], LAST_STEP);
  const end = Math.min(out.length, first + perBlock);
  out[first] = sample / 32_768;
  for (let n = first + 1; n < end; n++) {
    const position = n - first - 1;
    const word = block + 4 * (channels * (1 + (position >> 3)) + channel);
    const byte = bytes[word + ((position >> 1) & 3)];
    const code = position % 2 === 0 ? byte & 15 : byte >> 4;
    const step = STEPS[index];
    const change = (step >> 3) + (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) + (code & 1 ? step >> 2 : 0);
    sample = Math.min(32_767, Math.max(-32_768, code & 8 ? sample - change : sample + change));
    index = Math.min(LAST_STEP, Math.max(0, index + INDEX_CHANGE[code & 7]));
    out[n] = sample / 32_768;
  }
}
