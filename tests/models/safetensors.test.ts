import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HarkError } from '#shared/domain/errors.ts';
import { decodeSafetensors, encodeSafetensors, type Tensors } from '#main/models/safetensors.ts';

const tensors = (): Tensors =>
  new Map([
    ['head.weight', { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, -6) }],
    ['head.bias', { shape: [2], values: Float32Array.of(0.5, NaN) }],
    ['empty', { shape: [0, 4], values: new Float32Array() }],
    ['scalar', { shape: [], values: Float32Array.of(7) }],
  ]);

test('what is written is read, to the bit', () => {
  const file = encodeSafetensors({ tensors: tensors(), metadata: { format: 'pt', words: 'ä "quoted"' } });
  const back = decodeSafetensors(file, 'x.safetensors');
  expect(back.metadata).toEqual({ format: 'pt', words: 'ä "quoted"' });
  expect(back.tensors).toEqual(tensors());
});

test('a file that begins at an odd place in its buffer', () => {
  const file = encodeSafetensors({ tensors: tensors(), metadata: {} });
  const shifted = new Uint8Array(file.length + 1);
  shifted.set(file, 1);
  expect(decodeSafetensors(shifted.subarray(1), 'x').tensors).toEqual(tensors());
});

test('the whole numbers that PyTorch counts batches with are read, unless floats cannot hold them', () => {
  const file = (count: bigint) => {
    const header = { n: { dtype: 'I64', shape: [], data_offsets: [0, 8] } };
    const json = new TextEncoder().encode(JSON.stringify(header).padEnd(64));
    const bytes = new Uint8Array(8 + json.length + 8);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, BigInt(json.length), true);
    bytes.set(json, 8);
    view.setBigInt64(8 + json.length, count, true);
    return bytes;
  };
  expect(decodeSafetensors(file(1234n), 'x').tensors.get('n')).toEqual({ shape: [], values: Float32Array.of(1234) });
  expect(() => decodeSafetensors(file(2n ** 24n + 1n), 'x')).toThrow('too large');
});

test('a Buffer, as files are read', () => {
  const file = encodeSafetensors({ tensors: tensors(), metadata: {} });
  const shared = Buffer.alloc(file.length + 8, 1);
  shared.set(file, 4);
  expect(decodeSafetensors(shared.subarray(4, 4 + file.length), 'x').tensors).toEqual(tensors());
});

test('values that do not fill their shape are refused on writing', () => {
  expect(() =>
    encodeSafetensors({ tensors: new Map([['w', { shape: [2], values: new Float32Array(3) }]]), metadata: {} }),
  ).toThrow('w holds 3 values');
});

describe('damage is told from data', () => {
  const withHeader = (header: unknown, data = 8): Uint8Array => {
    const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
    const file = new Uint8Array(8 + json.length + data);
    new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
    file.set(json, 8);
    return file;
  };
  const entry = (change: object) => ({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...change } });
  test.each([
    ['nothing', new Uint8Array(3), 'shorter than its first field'],
    ['a huge header', Uint8Array.from({ length: 64 }, () => 255), 'header is cut off'],
    ['no JSON', withHeader('{"w":'), 'not JSON'],
    ['a list', withHeader([]), 'not an object'],
    ['another type', withHeader(entry({ dtype: 'F64' })), 'only F32'],
    ['a negative size', withHeader(entry({ shape: [-2] })), 'the shape of w'],
    ['a fractional size', withHeader(entry({ shape: [1.5] })), 'the shape of w'],
    ['a size that overflows', withHeader(entry({ shape: [2 ** 30, 2 ** 30] })), 'w has 8 bytes'],
    ['three offsets', withHeader(entry({ data_offsets: [0, 4, 8] })), 'the place of w'],
    ['offsets backwards', withHeader(entry({ data_offsets: [8, 0] })), 'w has -8 bytes'],
    ['beyond the end', withHeader(entry({ data_offsets: [8, 16] })), 'w is cut off'],
    ['bytes left over', withHeader(entry({}), 12), '4 bytes behind'],
    ['metadata that are no words', withHeader({ ...entry({}), __metadata__: { a: 1 } }), 'metadata'],
    ['null for a tensor', withHeader({ w: null }), 'w is not described'],
  ])('%s', (_, file, reason) => {
    expect(() => decodeSafetensors(file, 'weights.safetensors')).toThrow(reason);
    expect(() => decodeSafetensors(file, 'weights.safetensors')).toThrow(HarkError);
  });

  test('cut anywhere, it is refused', () => {
    const file = encodeSafetensors({ tensors: tensors(), metadata: { a: 'b' } });
    fc.assert(
      fc.property(fc.nat(file.length - 1), (length) => {
        expect(() => decodeSafetensors(file.subarray(0, length), 'x')).toThrow(HarkError);
      }),
    );
  });

  test('any bytes whatever: a HarkError or a reading, nothing else', () => {
    const file = encodeSafetensors({ tensors: tensors(), metadata: { a: 'b' } });
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = file.slice();
        changed[at] = byte;
        try {
          decodeSafetensors(changed, 'x');
        } catch (error) {
          expect(error).toBeInstanceOf(HarkError);
        }
      }),
    );
  });
});
