import { ascii, viewOf } from './bytes.ts';
import { CONVERT, unreadable, type SoundFormat } from './format.ts';
import { openPcm, PCM, type PcmEncoding } from './pcm.ts';

const ENCODINGS: Record<number, PcmEncoding> = {
  1: 'mulaw',
  2: 's8',
  3: 's16be',
  4: 's24be',
  5: 's32be',
  6: 'f32be',
  7: 'f64be',
  27: 'alaw',
};
const UNKNOWN_SIZE = 0xffff_ffff;

/** Sun and NeXT audio: six big-endian words, a note, the samples. */
export const au: SoundFormat = {
  name: 'AU',
  extensions: ['au', 'snd'],
  match: (source) => ascii(source.read(0, 4), 0, 4) === '.snd',
  open(source) {
    const header = source.read(0, 24);
    if (header.length < 24) throw unreadable('It ends inside its header.');
    const [, dataOffset, size, code, sampleRate, channels] = Array.from({ length: 6 }, (_, i) =>
      viewOf(header).getUint32(4 * i),
    );
    if (dataOffset < 24) throw unreadable('Its header says the sound begins inside the header.');
    const encoding = ENCODINGS[code];
    if (!encoding) throw unreadable(`Its sound is coded as number ${code}, which Hark cannot read.`, CONVERT);
    return openPcm(source, {
      container: 'AU',
      encoding,
      bits: 8 * PCM[encoding].bytes,
      sampleRate,
      channels,
      dataOffset,
      dataBytes: size === UNKNOWN_SIZE ? null : size,
      warnings: [],
    });
  },
};
