import { mkdtempSync, openSync, closeSync, readdirSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FeatureCache } from '#main/features/cache.ts';
import { normalise } from '#main/features/normalise.ts';
import { ReadAhead } from '#main/training/read-ahead.ts';
import { BINS, madeFeatures } from '../support/learning.ts';

const entry = new URL('../../src-main/training/reader.ts', import.meta.url);
const normalisation = { mean: [1, 2, 3, 4], std: [0.3, 7, 1, 2] };
const key = (clip: number) => String(clip).padStart(40, '0');

let folder: string;
let cache: FeatureCache;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hark-ahead-'));
  cache = FeatureCache.open(folder);
  for (let clip = 0; clip < 40; clip++) cache.put(key(clip), madeFeatures(clip));
});
afterEach(() => {
  cache.close();
  rmSync(folder, { recursive: true });
});

const places = (clips: number[]) => clips.map((clip) => cache.place(key(clip))!);
const wanted = (clips: number[]) => clips.flatMap((clip) => [...normalise(madeFeatures(clip), normalisation).values]);

test('gives the standardised values of what was asked, one behind the other, batch after batch', () => {
  const ahead = new ReadAhead(entry);
  for (const batch of [[3, 1], [7], [20, 21, 22, 23, 39], [0, 3, 3]]) {
    ahead.ask(batch, places(batch), normalisation);
    expect([...ahead.take(batch)!.subarray(0, wanted(batch).length)]).toEqual(wanted(batch));
  }
});

test('what was asked for another batch, or never, is not taken', () => {
  const ahead = new ReadAhead(entry);
  const [asked, other] = [
    [1, 2],
    [1, 2],
  ];
  expect(ahead.take(asked)).toBeNull();
  ahead.ask(asked, places(asked), normalisation);
  expect(ahead.take(other)).toBeNull();
  ahead.ask(other, places(other), normalisation);
  expect(ahead.take(asked)).toBeNull();
  expect(ahead.take(other)!.length).toBeGreaterThanOrEqual(BINS);
});

test('an entry that is damaged on disk is not given; the next batch is', () => {
  const { offset } = cache.place(key(5))!;
  const file = openSync(path.join(folder, readdirSync(folder)[0]), 'r+');
  writeSync(file, Uint8Array.of(1, 2, 3), 0, 3, offset + 50);
  closeSync(file);
  const ahead = new ReadAhead(entry);
  const [damaged, whole] = [
    [4, 5, 6],
    [6, 7],
  ];
  ahead.ask(damaged, places(damaged), normalisation);
  expect(ahead.take(damaged)).toBeNull();
  ahead.ask(whole, places(whole), normalisation);
  expect([...ahead.take(whole)!.subarray(0, wanted(whole).length)]).toEqual(wanted(whole));
});

test('a thread that cannot be had gives nothing, and holds nobody up', async () => {
  const ahead = new ReadAhead(new URL('no-such-file.ts', import.meta.url));
  const batch = [1];
  ahead.ask(batch, places(batch), normalisation);
  await expect.poll(() => ahead.alive).toBe(false);
  expect(ahead.take(batch)).toBeNull();
  ahead.ask(batch, places(batch), normalisation);
  expect(ahead.take(batch)).toBeNull();
});
