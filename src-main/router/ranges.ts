import type { Answer } from './answer.ts';

/**
 * Answers a `Range` header over bytes that are at hand: 206 with the one range asked for, 416 for one outside, the whole (200)
 * for none, for several, and for what cannot be read (RFC 9110, 14.2).
 */
export function answerRange(bytes: Uint8Array, range: string | null, headers: Record<string, string>): Answer {
  const all: Answer = { status: 200, headers: { ...headers, 'accept-ranges': 'bytes' }, body: bytes };
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return all;
  const size = bytes.length;
  const first = asked[1] === '' ? Math.max(0, size - Number(asked[2])) : Number(asked[1]);
  const last = asked[1] === '' || asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1);
  if (asked[1] !== '' && asked[2] !== '' && Number(asked[2]) < first) return all;
  if (first >= size || (asked[1] === '' && Number(asked[2]) === 0))
    return { status: 416, headers: { 'content-range': `bytes */${size}` }, body: null };
  return {
    status: 206,
    headers: { ...all.headers, 'content-range': `bytes ${first}-${last}/${size}` },
    body: bytes.subarray(first, last + 1),
  };
}
