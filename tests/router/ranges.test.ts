import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerRange } from '#main/router/ranges.ts';

const bytes = Uint8Array.from({ length: 10 }, (_, index) => index);
const ranged = (all: Uint8Array) => ({
  size: all.length,
  read: async (first: number, last: number) => all.subarray(first, last + 1),
});
const answer = (range: string | null) => answerRange(ranged(bytes), range, { 'content-type': 'audio/wav' });

describe('answerRange', () => {
  test.each([
    ['bytes=0-3', 'bytes 0-3/10', [0, 1, 2, 3]],
    ['bytes=7-', 'bytes 7-9/10', [7, 8, 9]],
    ['bytes=-2', 'bytes 8-9/10', [8, 9]],
    ['bytes=-99', 'bytes 0-9/10', [...bytes]],
    ['bytes=8-99', 'bytes 8-9/10', [8, 9]],
  ])('%s', async (range, contentRange, body) => {
    const { status, headers, body: sent } = await answer(range);
    expect({ status, range: headers['content-range'], sent: [...(sent as Uint8Array)] }).toEqual({
      status: 206,
      range: contentRange,
      sent: body,
    });
  });

  test.each([null, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'items=0-1', 'bytes=a-b'])(
    '%s is answered with the whole',
    async (range) =>
      expect(await answer(range)).toMatchObject({ status: 200, headers: { 'accept-ranges': 'bytes' }, body: bytes }),
  );

  test.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s lies outside', async (range) =>
    expect(await answer(range)).toEqual({ status: 416, headers: { 'content-range': 'bytes */10' }, body: null }),
  );

  test('the parts of any cut make up the whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 2, maxLength: 200 }), fc.nat(), async (whole, at) => {
        const cut = 1 + (at % (whole.length - 1));
        const first = (await answerRange(ranged(whole), `bytes=0-${cut - 1}`, {})).body as Uint8Array;
        const rest = (await answerRange(ranged(whole), `bytes=${cut}-`, {})).body as Uint8Array;
        expect([...first, ...rest]).toEqual([...whole]);
      }),
    );
  });

  test('of what is long a part is answered, and never all at once', async () => {
    const read: number[][] = [];
    const long = {
      size: 10 ** 10,
      async read(first: number, last: number) {
        read.push([first, last]);
        return new Uint8Array(1);
      },
    };
    expect(await answerRange(long, 'bytes=1000-', {})).toMatchObject({
      status: 206,
      headers: { 'content-range': `bytes 1000-${1000 + 2 ** 21 - 1}/${long.size}` },
    });
    expect(await answerRange(long, null, {})).toMatchObject({ status: 413, body: null });
    expect(read).toEqual([[1000, 1000 + 2 ** 21 - 1]]);
  });
});
