import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerRange } from '#main/router/ranges.ts';

const bytes = Uint8Array.from({ length: 10 }, (_, index) => index);
const answer = (range: string | null) => answerRange(bytes, range, { 'content-type': 'audio/wav' });

describe('answerRange', () => {
  test.each([
    ['bytes=0-3', 'bytes 0-3/10', [0, 1, 2, 3]],
    ['bytes=7-', 'bytes 7-9/10', [7, 8, 9]],
    ['bytes=-2', 'bytes 8-9/10', [8, 9]],
    ['bytes=-99', 'bytes 0-9/10', [...bytes]],
    ['bytes=8-99', 'bytes 8-9/10', [8, 9]],
  ])('%s', (range, contentRange, body) => {
    const { status, headers, body: sent } = answer(range);
    expect({ status, range: headers['content-range'], sent: [...(sent as Uint8Array)] }).toEqual({
      status: 206,
      range: contentRange,
      sent: body,
    });
  });

  test.each([null, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'items=0-1', 'bytes=a-b'])(
    '%s is answered with the whole',
    (range) => expect(answer(range)).toMatchObject({ status: 200, headers: { 'accept-ranges': 'bytes' }, body: bytes }),
  );

  test.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s lies outside', (range) =>
    expect(answer(range)).toEqual({ status: 416, headers: { 'content-range': 'bytes */10' }, body: null }),
  );

  test('the parts of any cut make up the whole', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 200 }), fc.nat(), (whole, at) => {
        const cut = 1 + (at % (whole.length - 1));
        const first = answerRange(whole, `bytes=0-${cut - 1}`, {}).body as Uint8Array;
        const rest = answerRange(whole, `bytes=${cut}-`, {}).body as Uint8Array;
        expect([...first, ...rest]).toEqual([...whole]);
      }),
    );
  });
});
