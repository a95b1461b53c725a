import {
  appendFileSync,
  fstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FeatureCache } from '#main/features/cache.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'hark-cache-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const name = (n: number) => hash('sha1', String(n));
const features = (n: number, frames = 3) => ({
  frames,
  bins: 2,
  values: Float32Array.from({ length: 2 * frames }, (_, i) => n + i / 10),
});
const packs = () => readdirSync(folder).map((file) => path.join(folder, file));
function filled(count: number, options = {}): void {
  using cache = FeatureCache.open(folder, options);
  for (let n = 0; n < count; n++) cache.put(name(n), features(n));
}

describe('FeatureCache', () => {
  test('gives back what was put, at once and after it was opened again', () => {
    using cache = FeatureCache.open(folder);
    for (let n = 0; n < 20; n++) cache.put(name(n), features(n, 1 + n));
    for (const each of [cache, FeatureCache.open(folder)]) {
      expect(each.count).toBe(20);
      for (let n = 0; n < 20; n++) expect(each.get(name(n))).toEqual(features(n, 1 + n));
      expect(each.has(name(4))).toEqual({ frames: 5, bins: 2 });
      expect(each.get(name(99))).toBeNull();
      expect(each.has(name(99))).toBeNull();
    }
  });
  test('the last of two entries under one key counts', () => {
    using cache = FeatureCache.open(folder);
    cache.put(name(1), features(1));
    cache.put(name(1), features(7, 9));
    expect(cache.get(name(1))).toEqual(features(7, 9));
    using again = FeatureCache.open(folder);
    expect(again.get(name(1))).toEqual(features(7, 9));
    expect(again.count).toBe(1);
  });
  test('a view into a larger array is stored as what it shows', () => {
    using cache = FeatureCache.open(folder);
    const all = Float32Array.from({ length: 10 }, (_, i) => i);
    cache.put(name(1), { frames: 2, bins: 2, values: all.subarray(3, 7) });
    expect([...cache.get(name(1))!.values]).toEqual([3, 4, 5, 6]);
  });

  test('whatever happens to the bytes, a read gives what was written or nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.integer({ min: 1, max: 255 }),
        fc.option(fc.nat(100_000)),
        (at, change, length) => {
          rmSync(folder, { recursive: true, force: true });
          filled(8);
          const [pack] = packs();
          const bytes = readFileSync(pack);
          bytes[at % bytes.length] ^= change;
          writeFileSync(pack, length === null ? bytes : bytes.subarray(0, length % bytes.length));
          using cache = FeatureCache.open(folder);
          for (let n = 0; n < 8; n++) {
            const found = cache.get(name(n));
            if (found) expect(found).toEqual(features(n));
            else cache.put(name(n), features(n));
          }
          using again = FeatureCache.open(folder);
          for (let n = 0; n < 8; n++) expect(again.get(name(n))).toEqual(features(n));
        },
      ),
      { numRuns: 200 },
    );
  });
  test('a half-written end costs its own entry only, and is written over', () => {
    filled(5);
    const [pack] = packs();
    truncateSync(pack, readFileSync(pack).length - 3);
    using cache = FeatureCache.open(folder);
    expect(cache.count).toBe(4);
    cache.put(name(9), features(9));
    using again = FeatureCache.open(folder);
    expect([0, 1, 2, 3, 9].map((n) => again.get(name(n)))).toEqual([0, 1, 2, 3, 9].map((n) => features(n)));
  });
  test('a pack of another version, or not a pack, is begun anew', () => {
    filled(2);
    const [pack] = packs();
    const bytes = readFileSync(pack);
    bytes[8] = 99;
    writeFileSync(pack, bytes);
    using cache = FeatureCache.open(folder);
    expect(cache.count).toBe(0);
    cache.put(name(1), features(1));
    using again = FeatureCache.open(folder);
    expect(again.get(name(1))).toEqual(features(1));
  });

  test('a reader sees what is put after it was opened, and never writes', () => {
    using reader = FeatureCache.open(folder, { readOnly: true });
    using writer = FeatureCache.open(folder, { packBytes: 200 });
    for (let n = 0; n < 10; n++) {
      writer.put(name(n), features(n));
      expect(reader.get(name(n))).toEqual(features(n));
    }
    appendFileSync(packs().at(-1)!, 'ENTR and then the power failed');
    const before = packs().map((file) => readFileSync(file));
    using late = FeatureCache.open(folder, { readOnly: true });
    expect(late.count).toBe(10);
    expect(packs().map((file) => readFileSync(file))).toEqual(before);
    expect(() => late.put(name(1), features(1))).toThrow('reading only');
  });
  test('a reader of a folder that is not there yet finds nothing', () => {
    using reader = FeatureCache.open(path.join(folder, 'later'), { readOnly: true });
    expect(reader.get(name(1))).toBeNull();
  });

  test('prune takes the oldest packs, and their disk space', () => {
    using cache = FeatureCache.open(folder, { packBytes: 200 });
    for (let n = 0; n < 20; n++) cache.put(name(n), features(n));
    const files = packs().length;
    expect(files).toBeGreaterThan(5);
    const before = cache.size;
    expect(cache.prune(before / 2)).toBe(before - cache.size);
    expect(cache.size).toBeLessThanOrEqual(before / 2);
    expect(packs().length).toBeLessThan(files);
    expect(cache.get(name(0))).toBeNull();
    expect(cache.get(name(19))).toEqual(features(19));
    cache.prune(0);
    expect(packs()).toEqual([]);
    cache.put(name(3), features(3));
    expect(cache.get(name(3))).toEqual(features(3));
  });
  test('once closed it is empty, takes nothing, and opens nothing', () => {
    for (const readOnly of [false, true]) {
      filled(3);
      const cache = FeatureCache.open(folder, { readOnly });
      const place = cache.place(name(1))!;
      expect(place).toMatchObject({ key: name(1), frames: 3, bins: 2 });
      cache.close();
      expect(cache.get(name(1))).toBeNull();
      expect(cache.place(name(1))).toBeNull();
      expect(() => cache.put(name(9), features(9))).toThrow(readOnly ? 'reading only' : 'closed');
      expect(() => fstatSync(place.handle)).toThrow('EBADF');
      expect(packs()).toHaveLength(1);
      cache.close();
    }
  });
  test('what is lent is the same as what is given, until the next is asked for', () => {
    filled(2);
    using cache = FeatureCache.open(folder);
    const given = cache.get(name(0));
    expect(cache.borrow(name(0))).toEqual(features(0));
    expect(cache.borrow(name(1))).toEqual(features(1));
    expect(given).toEqual(features(0));
  });
  test('a folder that cannot be made is an error in words', () => {
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => FeatureCache.open(path.join(folder, 'file', 'cache'))).toThrow(
      expect.objectContaining({ kind: 'unavailable' }) as Error,
    );
  });
});
