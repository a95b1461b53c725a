import { ascii, viewOf } from './bytes.ts';
import { decodeStream } from './codec.ts';
import { checkHeader, unreadable, type SoundFormat, type TakeSamples } from './format.ts';
import { afterId3 } from './id3.ts';
import { cutShort } from './pcm.ts';

/** Free Lossless Audio Codec in its own container (RFC 9639); the header alone tells rate, channels and length. */
export const flac: SoundFormat = {
  name: 'FLAC',
  extensions: ['flac', 'fla'],
  match: (source) => ascii(source.read(afterId3(source), 4), 0, 4) === 'fLaC',
  async open(source) {
    const start = afterId3(source);
    // STREAMINFO comes first: 20 bits rate, 3 bits channels - 1, 5 bits depth - 1, 36 bits samples (0: unknown).
    const header = source.read(start + 4, 22);
    if (header.length < 22 || (header[0] & 0x7f) !== 0) throw unreadable('It ends inside its FLAC header.');
    const view = viewOf(header);
    const packed = view.getUint32(14);
    const sampleRate = packed >>> 12;
    const channels = ((packed >>> 9) & 7) + 1;
    const bits = ((packed >>> 4) & 31) + 1;
    const stated = (packed & 15) * 2 ** 32 + view.getUint32(18);
    checkHeader({ sampleRate, channels });
    const stream = { codec: 'flac', name: 'FLAC', from: start, channels } as const;
    const decode = async (take: TakeSamples) => {
      const { frames: there, warnings } = await decodeStream(source, stream, (part) => {
        toFullScale(part, bits);
        take(part);
      });
      return there < stated ? [...warnings, cutShort(there, stated)] : warnings;
    };
    const frames = stated > 0 ? stated : (await decodeStream(source, stream, () => {})).frames;
    return {
      info: { container: 'FLAC', codec: `FLAC ${bits} bit`, bits, sampleRate, channels, frames, warnings: [] },
      decode,
    };
  },
};

/** The decoder divides by 2^(bits - 1) - 1; every other format here, and the field, by 2^(bits - 1). */
function toFullScale(channels: Float32Array[], bits: number): void {
  const full = 2 ** (bits - 1);
  for (const samples of channels)
    for (let n = 0; n < samples.length; n++) samples[n] = Math.round(samples[n] * (full - 1)) / full;
}
