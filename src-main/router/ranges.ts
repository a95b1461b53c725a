import type { Answer } from './answer.ts';

/** What is answered in ranges: bytes that are made as they are asked for. */
export interface Ranged {
  /** Bytes in all. */
  size: number;
  /** Bytes [first, last]. */
  read(first: number, last: number): Promise<Uint8Array>;
}

/** Bytes of one answer to a range without an end: players ask for the rest. */
const MOST_BYTES = 2 * 2 ** 20;
/** Without a range no more than this is answered. */
const MOST_AT_ONCE = 64 * 2 ** 20;

/**
 * Answers a `Range` header: 206 with the one range asked for (less of it, if it has no end), 416 for one outside, the whole (200)
 * for none, for several, and for what cannot be read (RFC 9110, 14.2); 413 where the whole is too much at once.
 */
export async function answerRange(
  { size, read }: Ranged,
  range: string | null,
  headers: Record<string, string>,
): Promise<Answer> {
  const ranged = { ...headers, 'accept-ranges': 'bytes' };
  const asked = rangeOf(range, size);
  if (asked === 'whole')
    return size > MOST_AT_ONCE
      ? { status: 413, headers: ranged, body: null }
      : { status: 200, headers: ranged, body: await read(0, size - 1) };
  if (asked === 'outside') return { status: 416, headers: { 'content-range': `bytes */${size}` }, body: null };
  const { first, last } = asked;
  return {
    status: 206,
    headers: { ...ranged, 'content-range': `bytes ${first}-${last}/${size}` },
    body: await read(first, last),
  };
}

function rangeOf(range: string | null, size: number): { first: number; last: number } | 'whole' | 'outside' {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return 'whole';
  const first = asked[1] === '' ? Math.max(0, size - Number(asked[2])) : Number(asked[1]);
  const wanted = asked[1] === '' || asked[2] === '' ? size - 1 : Number(asked[2]);
  if (asked[1] !== '' && wanted < first && asked[2] !== '') return 'whole';
  if (first >= size || (asked[1] === '' && Number(asked[2]) === 0)) return 'outside';
  const most = asked[2] === '' ? MOST_BYTES : MOST_AT_ONCE;
  return { first, last: Math.min(wanted, size - 1, first + most - 1) };
}
