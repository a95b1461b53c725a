import { PCM, type PcmEncoding } from '../pcm.ts';
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

/** Fills `out` with the samples from `from` on. @throws HarkError not-found, unreadable-file when the file does not hold them */
export function readSource(source: Source, from: number, out: Float32Array): void {
  if (source.kind === 'silence') out.fill(0);
  else if (source.kind === 'memory') out.set(source.samples.subarray(from, from + out.length));
  else readFileSource(source, from, out);
}

function readFileSource(
  { path, encoding, offset, stride }: Extract<Source, { kind: 'file' }>,
  from: number,
  out: Float32Array,
): void {
  const { bytes, read } = PCM[encoding];
  const plain = encoding === 'f32le' && stride === 4 && out.byteOffset % 4 === 0;
  if (plain) {
    readFileAt(path, offset + 4 * from, new Uint8Array(out.buffer, out.byteOffset, out.byteLength));
    return;
  }
  const most = Math.max(1, Math.floor(BLOCK_BYTES / stride));
  for (let done = 0; done < out.length; done += most) {
    const count = Math.min(most, out.length - done);
    const block = readFileAt(path, offset + stride * (from + done), new Uint8Array((count - 1) * stride + bytes));
    const view = new DataView(block.buffer);
    for (let n = 0, position = 0; n < count; n++, position += stride) out[done + n] = read(view, position);
  }
}
