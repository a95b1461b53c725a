import { rmSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { beforeEach, describe, expect, test } from 'vitest';
import { bulk, type SamplesQuery } from '#shared/contract/bulk.ts';
import type { LabChange, Status } from '#shared/contract/lab.ts';
import { nodeHost } from '#main/hosts/node-host.ts';
import { type House, openHouse } from '#main/hosts/open-house.ts';
import type { Answer } from '#main/router/answer.ts';
import type { HarkRouter } from '#main/router/router.ts';
import { decodeBytes } from '#main/audio/decode.ts';
import { folderOf, noiseWav, temporaryFolder } from '../support/lab.ts';

let house: House;
let client: RouterClient<HarkRouter>;
let sounds: string;

beforeEach(async () => {
  sounds = folderOf({
    'a/1.wav': noiseWav(1),
    'a/2.wav': noiseWav(2),
    'b/3.wav': noiseWav(3),
    'b/no.wav': 'not a sound',
  });
  house = await openHouse(nodeHost('web'), path.join(temporaryFolder(), 'lab'));
  client = createRouterClient(house.router);
  return () => house.close();
});

/** The first value of a stream that is right; leaves the stream. */
async function first<T>(values: AsyncIterable<T>, isRight: (value: T) => boolean): Promise<T> {
  for await (const value of values) if (isRight(value)) return value;
  throw new Error('the stream ended without it');
}

async function importSounds(): Promise<number> {
  const { job } = await client.library.import({ path: sounds });
  const { jobs } = await first(await client.lab.status(), (status: Status) =>
    status.jobs.some(({ id, state }) => id === job && state !== 'running'),
  );
  expect(jobs).toMatchObject([{ id: job, state: 'done', message: '3 clips (3 new), 2 classes, 1 left out.' }]);
  return jobs[0].subject!;
}

describe('the contract, answered by real services', () => {
  test('an empty lab', async () => {
    expect(await client.lab.info()).toMatchObject({
      path: house.services.lab.folder,
      host: 'web',
      datasets: 0,
      interrupted: [],
    });
    expect(await client.library.datasets()).toEqual([]);
    expect(await client.compare.list()).toEqual([]);
    expect(await client.reports.list()).toEqual([]);
    expect(await client.lab.undo()).toBeNull();
  });

  test('an import is a job that tells how far it is, and windows hear that something has changed', async () => {
    const changes = await client.lab.changes();
    const told = first(changes, ({ topics }: LabChange) => topics.includes('clips'));
    const dataset = await importSounds();
    expect((await told).topics).toContain('datasets');
    expect(await client.library.datasets()).toMatchObject([{ id: dataset, clips: 3, skipped: 1, state: 'ready' }]);
    expect(await client.library.skipped({ dataset })).toMatchObject([{ file: 'b/no.wav' }]);
    expect((await client.library.clips({ dataset })).rows.map(({ file }) => file)).toEqual([
      'a/1.wav',
      'a/2.wav',
      'b/3.wav',
    ]);
    expect(await client.library.split({ dataset, split: { by: 'random' } })).toMatchObject({ leaks: 0 });
    expect((await client.compare.defaults({ dataset })).cells).toEqual(['rnn', 'lstm', 'gru']);
  });

  test('an ended job is dismissed, one that does not exist cannot be', async () => {
    await importSounds();
    const [{ id }] = house.services.jobs.list();
    await client.lab.dismissJob({ job: id });
    expect(house.services.jobs.list()).toEqual([]);
    await expect(client.lab.dismissJob({ job: id })).rejects.toMatchObject({
      code: 'HARK',
      data: { kind: 'not-found' },
    });
  });

  test('a label is mended, taken back and mended again', async () => {
    const dataset = await importSounds();
    const [{ id: clip }] = (await client.library.clips({ dataset })).rows;
    const label = async () => (await client.library.clip({ clip })).label;
    expect((await client.library.relabel({ clip, label: 'b' })).label).toBe('b');
    expect(await client.lab.history({})).toMatchObject({ steps: [{ undone: false }] });
    expect(await client.lab.undo()).toMatchObject({ undone: true });
    expect(await label()).toBe('a');
    expect(await client.lab.redo()).toMatchObject({ undone: false });
    expect(await label()).toBe('b');
  });

  test('input of the wrong kind is refused before any service sees it', async () => {
    await expect(client.library.statistics({ dataset: -1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('a folder that is not there fails the job, in words', async () => {
    const { job } = await client.library.import({ path: path.join(sounds, 'none') });
    const ended = await first(await client.lab.status(), ({ jobs }: Status) =>
      jobs.some(({ id, state }) => id === job && state === 'failed'),
    );
    expect(ended.jobs[0].message).toContain('no such file or folder');
  });

  test('a stream ends when its reader has gone', async () => {
    const controller = new AbortController();
    const values = await client.lab.status(undefined, { signal: controller.signal });
    await values.next();
    controller.abort();
    await expect(values.next()).resolves.toMatchObject({ done: true });
  });
});

const get = (url: string, range: string | null = null) => {
  const { pathname, searchParams } = new URL(url, 'http://hark');
  return house.bulk({ path: pathname, query: searchParams, range });
};

const floatsOf = ({ body }: Answer) => new Float32Array((body as Uint8Array).slice().buffer);
const tile = {
  ...{ width: 20, height: 16, nFft: 128, fMin: 0, fMax: null, floorDb: -80, ceilingDb: 0 },
  scale: 'mel',
} as const;

describe('bulk data', () => {
  let clip: number;
  beforeEach(async () => {
    const dataset = await importSounds();
    clip = (await client.library.clips({ dataset })).rows[0].id;
  });
  test('a clip’s sound is a WAV file, whole or in parts', async () => {
    const whole = await get(bulk.audio(clip));
    expect(whole).toMatchObject({ status: 200, headers: { 'content-type': 'audio/wav', 'accept-ranges': 'bytes' } });
    const sound = await decodeBytes(whole.body as Uint8Array, 'a.wav');
    expect({ rate: sound.sampleRate, frames: sound.frames }).toEqual({ rate: 8000, frames: 800 });
    const part = await get(bulk.audio(clip), 'bytes=0-43');
    expect(part).toMatchObject({
      status: 206,
      headers: { 'content-range': `bytes 0-43/${(whole.body as Uint8Array).length}` },
    });
  });

  test('peaks are pairs of least and greatest', async () => {
    const { body } = await get(bulk.peaks(clip, { points: 10 }));
    const pairs = new Float32Array((body as Uint8Array).slice().buffer);
    expect(pairs).toHaveLength(20);
    for (let point = 0; point < 10; point++) expect(pairs[2 * point]).toBeLessThanOrEqual(pairs[2 * point + 1]);
    expect(Math.max(...pairs)).toBeGreaterThan(0.3);
  });

  test('peaks, samples and the sound of a part, a channel, an edited clip', async () => {
    const samples = async (query: SamplesQuery) => floatsOf(await get(bulk.samples(clip, query)));
    const all = await samples({ from: 0, count: 10_000 });
    expect(all).toHaveLength(800);
    expect(await samples({ from: 790, count: 100, channel: 0 })).toEqual(all.slice(790));
    expect(await samples({ from: 900, count: 100 })).toHaveLength(0);
    const answer = await get(bulk.peaks(clip, { points: 4, start: 0.05, end: 0.06 }));
    expect(answer.headers).toMatchObject({ 'x-sample-rate': '8000', 'x-frames': '800' });
    expect(Number(answer.headers['x-peak'])).toBe(all.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
    expect(floatsOf(answer)[1]).toBe(Math.max(...all.slice(400, 420)));
    const edit = JSON.stringify({ op: 'gain', db: -20 });
    const quiet = await samples({ from: 0, count: 10_000, edit });
    expect(quiet.every((value, n) => Math.abs(value - all[n] / 10) < 1e-6)).toBe(true);
    const shorter = await get(bulk.audio(clip, { edit: JSON.stringify({ op: 'delete', start: 0, end: 0.05 }) }));
    expect(shorter.headers['content-type']).toBe('audio/wav');
    expect((shorter.body as Uint8Array).length).toBe(44 + 2 * 400);
  });

  test('a clip’s list of edits is heard and seen', async () => {
    const before = (await get(bulk.audio(clip))).body as Uint8Array;
    house.services.lab.store
      .prepare('update clip set edits = ? where id = ?')
      .run(JSON.stringify([{ op: 'keep', start: 0.01, end: 0.02 }]), clip);
    const after = (await get(bulk.audio(clip))).body as Uint8Array;
    expect([...after.subarray(44)]).toEqual([...before.subarray(44 + 160, 44 + 320)]);
    const picture = await get(bulk.spectrogram(clip, { ...tile, width: 8, height: 8, nFft: 64 }));
    expect(picture.headers).toMatchObject({ 'x-duration': '0.01' });
  });

  test('who has gone away gets no more work done', async () => {
    const { pathname, searchParams } = new URL(bulk.peaks(clip, { points: 9 }), 'http://hark');
    const request = { path: pathname, query: searchParams, range: null, signal: AbortSignal.abort() };
    expect((await house.bulk(request)).status).toBe(499);
  });

  test('tiles side by side are the picture, of any window', async () => {
    const draw = async (width: number, start: number, end: number) => {
      const { body, headers } = await get(
        bulk.spectrogram(clip, { ...tile, width, start, end, nFft: 128, window: 'blackman', winLength: 100 }),
      );
      expect(headers).toMatchObject({ 'x-window': 'blackman', 'x-win-length': '100' });
      return body as Uint8Array;
    };
    const whole = await draw(40, 0, 0.1);
    const tiles = [await draw(20, 0, 0.05), await draw(20, 0.05, 0.1)];
    for (let y = 0; y < tile.height; y++)
      expect([...whole.subarray(40 * y, 40 * (y + 1))]).toEqual(
        tiles.flatMap((pixels) => [...pixels.subarray(20 * y, 20 * (y + 1))]),
      );
  });

  test('a spectrogram says how it was made', async () => {
    const { status, headers, body } = await get(bulk.spectrogram(clip, tile));
    expect(status).toBe(200);
    expect(body).toHaveLength(20 * 16);
    expect(headers).toMatchObject({
      ...{ 'x-width': '20', 'x-height': '16', 'x-sample-rate': '8000', 'x-duration': '0.1', 'x-n-fft': '128' },
      ...{ 'x-win-length': '128', 'x-window': 'hann', 'x-f-min': '0', 'x-f-max': '4000' },
    });
    expect(Number(headers['x-hop-length'])).toBeGreaterThan(0);
  });

  test('a file that has gone is told, and its clip is marked as missing', async () => {
    rmSync(path.join(sounds, 'a/1.wav'));
    expect((await get(bulk.audio(clip))).status).toBe(404);
    expect(await client.library.clip({ clip })).toMatchObject({ missing: true });
  });
});

describe('bulk data that is not there', () => {
  test.each([
    ['/bulk/clips/999/audio.wav', 404, 'not-found'],
    ['/bulk/clips/1/peaks?points=0', 400, 'bad-input'],
    ['/bulk/clips/1/peaks?points=1e9', 400, 'bad-input'],
    ['/bulk/clips/1/spectrogram?width=10', 400, 'bad-input'],
    ['/bulk/clips/1/peaks?points=5&start=x', 400, 'bad-input'],
    ['/bulk/clips/1/peaks?points=5&channel=-1', 400, 'bad-input'],
    ['/bulk/clips/1/peaks?points=5&edit=%7B', 400, 'bad-input'],
    ['/bulk/clips/1/peaks?points=5&edit=%7B%22op%22%3A%22no%22%7D', 400, 'bad-input'],
    ['/bulk/clips/1/samples?from=0&count=99999999', 400, 'bad-input'],
    ['/bulk/clips/1/audio.wav?bandMin=300&bandMax=200', 400, 'bad-input'],
    ['/bulk/reports/1/..%2f..%2flab.sqlite', 404, 'not-found'],
    ['/bulk/reports/1/lab.sqlite', 404, 'not-found'],
    ['/bulk/other', 404, 'not-found'],
  ])('%s is refused with %d', async (url, status, kind) => {
    const answer = await get(url);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body as string)).toMatchObject({ kind });
  });
});

describe('the first start', () => {
  test('renders the sample as a job, and gives it once only', async () => {
    house.services.welcome();
    const [{ kind, state }] = house.services.jobs.list();
    expect({ kind, state }).toEqual({ kind: 'sample', state: 'running' });
    const { jobs } = await first(await client.lab.status(), (status: Status) => status.jobs[0].state !== 'running');
    expect(jobs[0]).toMatchObject({ state: 'done', subject: 1 });
    expect(house.services.sampleDataset()).toBe(1);
    await client.library.remove({ dataset: 1 });
    house.services.welcome();
    expect(house.services.jobs.list()).toHaveLength(1);
  });
});
