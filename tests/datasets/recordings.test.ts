import { existsSync, readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { decodeFile } from '#main/audio/decode.ts';
import { findSounds } from '#main/audio/edits/find-sounds.ts';
import { writeSound } from '#main/audio/encode/sound.ts';
import { importDataset } from '#main/datasets/import.ts';
import { Recordings } from '#main/datasets/recordings.ts';
import { clipDetail, datasetClips } from '#main/lab/clips.ts';
import { listDatasets } from '#main/lab/datasets.ts';
import { redoStep, undoStep } from '#main/lab/history.ts';
import { relabelClip } from '#main/lab/labels.ts';
import type { Lab } from '#main/lab/lab.ts';
import { takeBackRecording } from '#main/lab/recordings.ts';
import { readingInspect, temporaryLab } from '../support/lab.ts';

const RATE = 16_000;
const recordingsOf = (lab: Lab) =>
  new Recordings(lab, {
    findSounds: async (sound, options) => findSounds(sound, options),
    write: async (sound, file, coding) => writeSound(sound, file, coding),
  });

/** Silence, a tone, silence: seconds of each. */
function tone(before: number, length: number, after: number): Float32Array {
  const samples = new Float32Array(Math.round((before + length + after) * RATE));
  for (let n = Math.round(before * RATE); n < Math.round((before + length) * RATE); n++)
    samples[n] = 0.5 * Math.sin((2 * Math.PI * 440 * n) / RATE);
  return samples;
}
const bytesOf = (samples: Float32Array) => new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);

function record(recordings: Recordings, samples: Float32Array): string {
  const take = recordings.begin({ sampleRate: RATE, channels: 1 });
  for (let at = 0; at < samples.length; at += 8000)
    recordings.append(take, at, bytesOf(samples.subarray(at, at + 8000)));
  return take;
}

test('a take becomes a clip of the lab’s own dataset, sample by sample, and is undone and done again', async () => {
  const lab = await temporaryLab();
  const recordings = recordingsOf(lab);
  const samples = tone(0.2, 0.5, 0.3);
  const { clip, dataset, duration } = await recordings.keep({
    take: record(recordings, samples),
    ...{ label: 'six / sechs', speaker: 'ada', trimDb: null },
  });
  expect(duration).toBe(1);
  const detail = clipDetail(lab.store, clip);
  expect(detail).toMatchObject({
    label: 'six / sechs',
    speaker: 'ada',
    file: 'six_sechs.wav',
    dataset,
    missing: false,
  });
  expect((await decodeFile(detail.path)).channels).toEqual([samples]);
  expect(listDatasets(lab.store)).toMatchObject([{ id: dataset, layout: 'recorded', clips: 1, state: 'ready' }]);
  expect(readdirSync(lab.path('audio', 'takes'))).toEqual([]);
  expect(undoStep(lab.store)?.words).toBe('Record "six / sechs": six_sechs.wav');
  expect(datasetClips(lab.store, dataset)).toEqual([]);
  expect(existsSync(detail.path)).toBe(true);
  redoStep(lab.store);
  expect(datasetClips(lab.store, dataset)).toMatchObject([{ id: clip, label: 'six / sechs' }]);
});

test('silence is taken off both ends, but not within', async () => {
  const lab = await temporaryLab();
  const recordings = recordingsOf(lab);
  const word = new Float32Array([...tone(0.6, 0.3, 0.4), ...tone(0, 0.3, 0.8)]);
  const kept = await recordings.keep({ take: record(recordings, word), label: 'a', speaker: null, trimDb: -40 });
  // The tones, the pause between them, and a tenth of a second on both sides; borders are found to 10 ms.
  expect(kept.duration).toBeGreaterThan(1.2 - 0.02);
  expect(kept.duration).toBeLessThan(1.2 + 0.02);
});

test('what is silent all through, or empty, is refused; the take stays until it is kept as it is or thrown away', async () => {
  const lab = await temporaryLab();
  const recordings = recordingsOf(lab);
  const take = record(recordings, tone(1, 0, 0));
  const options = { take, label: 'a', speaker: null };
  await expect(recordings.keep({ ...options, trimDb: -40 })).rejects.toMatchObject({ kind: 'bad-input' });
  expect((await recordings.keep({ ...options, trimDb: null })).duration).toBe(1);
  const empty = recordings.begin({ sampleRate: RATE, channels: 1 });
  await expect(recordings.keep({ ...options, take: empty, trimDb: null })).rejects.toMatchObject({ kind: 'bad-input' });
  await recordings.discard(empty);
  await recordings.discard(empty);
  expect(readdirSync(lab.path('audio', 'takes'))).toEqual([]);
});

test('takes of one label get names of their own', async () => {
  const lab = await temporaryLab();
  const recordings = recordingsOf(lab);
  for (let n = 0; n < 3; n++)
    await recordings.keep({ take: record(recordings, tone(0, 0.1, 0)), label: 'six', speaker: null, trimDb: null });
  const [{ id }] = listDatasets(lab.store);
  expect(datasetClips(lab.store, id).map(({ file }) => file)).toEqual(['six-2.wav', 'six-3.wav', 'six.wav']);
});

test('takes that were cut off are offered the next time, the newest first, and can be kept', async () => {
  const lab = await temporaryLab();
  const before = recordingsOf(lab);
  const first = record(before, tone(0, 0.5, 0));
  await setTimeout(20);
  const second = record(before, tone(0, 1, 0));
  before.begin({ sampleRate: RATE, channels: 2 });
  expect(await before.left()).toEqual([]);
  // The process ends without a word: nobody closes anything.
  const after = recordingsOf(lab);
  expect(await after.left()).toMatchObject([
    { take: second, duration: 1, sampleRate: RATE, channels: 1 },
    { take: first, duration: 0.5 },
  ]);
  const { clip } = await after.keep({ take: second, label: 'found', speaker: null, trimDb: null });
  const detail = clipDetail(lab.store, clip);
  expect(detail.warnings).toEqual([]);
  expect((await decodeFile(detail.path)).channels).toEqual([tone(0, 1, 0)]);
  await after.discard(first);
  expect(await after.left()).toEqual([]);
});

test('only the newest step is taken back as a take', async () => {
  const lab = await temporaryLab();
  const recordings = recordingsOf(lab);
  const keep = () =>
    recordings.keep({ take: record(recordings, tone(0, 0.1, 0)), label: 'six', speaker: null, trimDb: null });
  const [one, two] = [await keep(), await keep()];
  expect(() => takeBackRecording(lab.store, one.clip)).toThrow(expect.objectContaining({ kind: 'conflict' }));
  takeBackRecording(lab.store, two.clip);
  expect(datasetClips(lab.store, one.dataset).map(({ id }) => id)).toEqual([one.clip]);
  relabelClip(lab.store, one.clip, 'seven');
  expect(() => takeBackRecording(lab.store, one.clip)).toThrow(expect.objectContaining({ kind: 'conflict' }));
});

test.each(['../../lab', '', 'x'.repeat(36), '00000000-0000-0000-0000-000000000000/../a'])(
  'the name "%s" leads to no file',
  async (take) => {
    const recordings = recordingsOf(await temporaryLab());
    expect(() => recordings.append(take, 0, new Uint8Array())).toThrow(expect.objectContaining({ kind: 'not-found' }));
    await expect(recordings.keep({ take, label: 'a', speaker: null, trimDb: null })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(recordings.discard(take)).rejects.toMatchObject({ kind: 'not-found' });
  },
);

test('a lab that was moved finds its recordings; their folder cannot be imported as another dataset', async () => {
  const lab = await temporaryLab();
  const recordings = recordingsOf(lab);
  await recordings.keep({ take: record(recordings, tone(0, 0.1, 0)), label: 'a', speaker: null, trimDb: null });
  lab.store.prepare(`update dataset set root = '/elsewhere/audio/recordings'`).run();
  lab.close();
  const again = await temporaryLab(lab.folder);
  const [{ id, root }] = listDatasets(again.store);
  expect(existsSync(datasetClips(again.store, id)[0].path)).toBe(true);
  await expect(
    importDataset(again, { path: root, layout: null, name: null, inspect: readingInspect().inspect }),
  ).rejects.toMatchObject({ kind: 'bad-input' });
});
