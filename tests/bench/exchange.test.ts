import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectSame, writeTensors } from '../../bench/exchange.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hark-exchange-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('writeTensors', () => {
  it('says where each tensor stands in the file', () => {
    const file = path.join(folder, 'tensors');
    const places = writeTensors(
      file,
      new Map([
        ['x', { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }],
        ['bias', { shape: [1], values: Float32Array.of(5) }],
      ]),
    );
    expect(places).toEqual({ x: { shape: [2, 2], offset: 0 }, bias: { shape: [1], offset: 4 } });
    const bytes = readFileSync(file);
    expect([0, 4, 8, 12, 16].map((at) => bytes.readFloatLE(at))).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('expectSame', () => {
  it('holds a peer to our values, relative to the largest', () => {
    expect(() => expectSame('peer', [100, 1], [100, 1.005], 1e-4)).not.toThrow();
    expect(() => expectSame('peer', [100, 1], [100, 1.02], 1e-4)).toThrow(/^peer computes something else/);
    expect(() => expectSame('peer', [1, 2], [1], 1e-4)).toThrow('peer: 1 values, ours are 2');
    expect(() => expectSame('peer', [1, NaN], [1, 2], 1e-4)).toThrow('something else');
    expect(() => expectSame('peer', [1, 2], [1, NaN], 1e-4)).toThrow('something else');
  });
});
