import { ascii } from './bytes.ts';
import { CONVERT, unreadable, type SoundFormat } from './format.ts';
import { INTEGERS, openPcm, PCM, type PcmEncoding } from './pcm.ts';

const LONGEST_HEADER = 65_536;

/** NIST SPHERE, as TIMIT and other LDC corpora ship it: a text header ("name -i value" lines), then samples. */
export const sphere: SoundFormat = {
  name: 'NIST SPHERE',
  extensions: ['sph', 'nist', 'wv1', 'wv2'],
  match: (source) => ascii(source.read(0, 8), 0, 8) === 'NIST_1A\n',
  open(source) {
    const headerBytes = Number.parseInt(ascii(source.read(8, 8), 0, 8), 10);
    if (!(headerBytes >= 16 && headerBytes <= LONGEST_HEADER))
      throw unreadable('Its SPHERE header does not say how long it is.');
    const fields = readFields(ascii(source.read(0, headerBytes), 0, headerBytes));
    const coding = fields.get('sample_coding') ?? 'pcm';
    const bytes = wholeNumber(fields, 'sample_n_bytes', coding === 'pcm' ? undefined : 1);
    const encoding = CODINGS[coding]?.(bytes, fields.get('sample_byte_format') ?? '01');
    if (!encoding)
      throw unreadable(
        `Its sound is coded as "${coding}" with ${bytes} bytes a sample, which Hark cannot read.`,
        `${CONVERT} For compressed SPHERE files use sph2pipe.`,
      );
    const channels = wholeNumber(fields, 'channel_count', 1);
    const samples = fields.has('sample_count') ? wholeNumber(fields, 'sample_count') : null;
    return openPcm(source, {
      container: 'NIST SPHERE',
      encoding,
      bits: 8 * PCM[encoding].bytes,
      sampleRate: wholeNumber(fields, 'sample_rate'),
      channels,
      dataOffset: headerBytes,
      dataBytes: samples === null ? null : samples * channels * PCM[encoding].bytes,
      warnings: [],
    });
  },
};

const CODINGS: Record<string, (bytes: number, byteOrder: string) => PcmEncoding | undefined> = {
  pcm: (bytes, order) => (bytes === 1 ? 's8' : INTEGERS[order.startsWith('1') ? 'be' : 'le'][bytes]),
  ulaw: (bytes) => (bytes === 1 ? 'mulaw' : undefined),
  'mu-law': (bytes) => (bytes === 1 ? 'mulaw' : undefined),
  alaw: (bytes) => (bytes === 1 ? 'alaw' : undefined),
};

function readFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n').slice(2)) {
    if (line.startsWith('end_head')) break;
    const parts = /^(\S+) -(?:i|r|s\d+) (.*)$/.exec(line.trimEnd());
    if (parts) fields.set(parts[1], parts[2].trim());
  }
  return fields;
}

function wholeNumber(fields: Map<string, string>, name: string, otherwise?: number): number {
  const text = fields.get(name);
  if (text === undefined && otherwise !== undefined) return otherwise;
  const value = Math.round(Number(text));
  if (text === undefined || !(value >= 0)) throw unreadable(`Its SPHERE header has no usable ${name}.`);
  return value;
}
