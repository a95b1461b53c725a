import { ascii } from './bytes.ts';
import type { ByteSource } from './byte-source.ts';

/** Where the sound begins behind an ID3v2 tag (its size in four 7-bit bytes); 0 without a tag. */
export function afterId3(source: ByteSource): number {
  const head = source.read(0, 10);
  if (head.length < 10 || ascii(head, 0, 3) !== 'ID3') return 0;
  const size = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  const footer = head[5] & 0x10 ? 10 : 0;
  return 10 + size + footer;
}
