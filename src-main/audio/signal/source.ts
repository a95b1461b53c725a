import { PCM, readPcm, type PcmEncoding } from '../formats/pcm.ts';
import { readFileAt } from './file-handles.ts';

/** Where the samples of one channel come from. Plain data. */
export type Source =
  | { kind: 'silence' }
  | { kind: 'memory'; samples: Float32Array }
  | {
      kind: 'file';
      path: string;
      encoding: PcmEncoding;
      /** Bytes: of the channel's first sample, and from one of its samples to the next. */
      offset: number;
      stride: number;
    };

const BLOCK_BYTES = 2 ** 20;
/** Of this thread; a block is read and turned into samples before anything else happens. */
let block: Uint8Array | null = null;

/** Fills `out` with the samples from `from` on. @throws HarkError not-found, unreadable-file when the file does not hold them */
export function readSource(source: Source, from: number, out: Float32Array): void {
  if (source.kind === 'silence') out.fill(0);
  else if (source.kind === 'memory') out.set(source.samples.subarray(from, from + out.length));
  else readFileSource(source, from, out);
}

/** What is not a number is silence, as in a file that is decoded. */
function readFileSource(
  { path, encoding, offset, stride }: Extract<Source, { kind: 'file' }>,
  from: number,
  out: Float32Array,
): void {
  const most = Math.max(1, Math.floor(BLOCK_BYTES / stride));
  block ??= new Uint8Array(BLOCK_BYTES);
  for (let done = 0; done < out.length; done += most) {
    const part = out.subarray(done, done + most);
    const bytes = block.subarray(0, (part.length - 1) * stride + PCM[encoding].bytes);
    readPcm(encoding, readFileAt(path, offset + stride * (from + done), bytes), stride, part);
  }
}
