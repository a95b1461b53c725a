/*
 * The studio's bulk data of one long recording, in a process of its own, so that its memory is its own:
 *
 *   node studio-stage.ts FOLDER LAB
 *
 * answers one line of JSON, see `StudioStage`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import { bulk, type PartQuery, type TileQuery } from '#shared/contract/bulk.ts';
import type { EditInput } from '#shared/domain/edit.ts';
import { nodeHost } from '#main/hosts/node-host.ts';
import { openHouse } from '#main/hosts/open-house.ts';
import { peakResidentMB } from '#main/training/memory.ts';

export interface StudioStage {
  /** Milliseconds of each measurement. */
  times: Record<string, number[]>;
  /** MiB: resident before the recording was opened, and at most. */
  beforeMB: number;
  peakMB: number;
  /** Samples from frame to frame in the overview. */
  hopLength: number;
}

const WIDTH = 1600;
const SCROLLED = 50;
const RANGES = 20;

const [, , folder, labFolder] = process.argv;
const house = await openHouse(nodeHost('web'), labFolder);
const client = createRouterClient(house.router);
const { job } = await client.library.import({ path: folder });
while (house.services.jobs.list().some(({ id, state }) => id === job && state === 'running')) await sleep(20);
const [{ id: dataset }] = await client.library.datasets();
const [{ id: clip, duration }] = (await client.library.clips({ dataset })).rows;
// Threads of the import end when they have been idle.
await sleep(11_000);

const times: Record<string, number[]> = {};
const stage: StudioStage = { times, beforeMB: process.memoryUsage.rss() / 2 ** 20, peakMB: 0, hopLength: 0 };

async function get(url: string, range: string | null = null) {
  const { pathname, searchParams } = new URL(url, 'http://hark');
  const answer = await house.bulk({ path: pathname, query: searchParams, range });
  if (answer.status >= 300) throw new Error(`${url}: ${answer.status} ${String(answer.body)}`);
  return answer;
}
async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  (times[name] ??= []).push(performance.now() - began);
}
const tile = (part: PartQuery = {}, width = WIDTH): string => {
  const look: TileQuery = {
    ...{ width, height: 512, nFft: 512, fMin: 0, fMax: null, scale: 'mel', floorDb: -100, ceilingDb: 0 },
    ...part,
  };
  return bulk.spectrogram(clip, look);
};

await measure('first peaks', () => get(bulk.peaks(clip, { points: WIDTH })));
await measure('peaks again', () => get(bulk.peaks(clip, { points: WIDTH })));
await measure('overview picture', async () => {
  stage.hopLength = Number((await get(tile())).headers['x-hop-length']);
});
for (const seconds of [600, 60, 1])
  if (seconds < duration) {
    const words = seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`;
    for (let turn = 0; turn < 5; turn++) {
      const start = (duration - seconds) * (0.1 + 0.17 * turn);
      await measure(`picture of ${words}`, () => get(tile({ start, end: start + seconds })));
      await measure(`peaks of ${words}`, () => get(bulk.peaks(clip, { points: WIDTH, start, end: start + seconds })));
    }
  }
const span = Math.min(10, duration / SCROLLED);
for (let n = 0; n < SCROLLED; n++) {
  const start = (duration - SCROLLED * span) / 2 + n * span;
  await measure('one of 50 tiles in a scroll', () => get(tile({ start, end: start + span }, 512)));
}
for (let n = 0; n < RANGES; n++) {
  const first = 44 + Math.floor((n / RANGES) * duration * 44_100) * 2;
  await measure('64 KB of the audio', () => get(bulk.audio(clip), `bytes=${first}-${first + 65_535}`));
}
const edits: Record<string, EditInput> = {
  'gain on 1 min in the middle': { op: 'gain', start: duration / 2 - 30, end: duration / 2 + 30, db: -6 },
  'normalise the whole': { op: 'normalisePeak' },
};
for (const [name, value] of Object.entries(edits)) {
  const edit = JSON.stringify(value);
  await measure(`${name}, until both pictures`, () =>
    Promise.all([get(bulk.peaks(clip, { points: WIDTH, edit })), get(tile({ edit }))]),
  );
}
stage.peakMB = peakResidentMB();
await house.close();
console.log(JSON.stringify(stage));
