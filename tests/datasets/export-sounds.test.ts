import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { decodeFile } from '#main/audio/decode.ts';
import { writeSound } from '#main/audio/encode/sound.ts';
import { signalOf } from '#main/audio/signal/signal.ts';
import { type ExportOptions, exportSounds } from '#main/datasets/export-sounds.ts';
import { datasetClips } from '#main/lab/clips.ts';
import { changeRegions } from '#main/lab/regions.ts';
import { addTier } from '#main/lab/tiers.ts';
import type { Store } from '#main/lab/store.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { Random } from '#shared/math/random.ts';
import { madeDataset } from '../lab/support.ts';
import { temporaryFolder, temporaryLab } from '../support/lab.ts';

/** Samples that 16 bits hold exactly. */
function noise(clip: number): Float32Array {
  const random = new Random(clip);
  return Float32Array.from({ length: 800 }, () => Math.round(random.between(-16_000, 16_000)) / 32_768);
}

function options(clips: readonly number[], folder: string, more: Partial<ExportOptions> = {}): ExportOptions {
  return {
    ...{ clips, folder, coding: 'pcm16', regions: false },
    render: async (clip) => signalOf([noise(clip)], 8000),
    write: async (sound, file, coding) => writeSound(sound, file, coding),
    ...more,
  };
}

async function made(clips: { file: string }[]): Promise<{ store: Store; dataset: number; ids: number[] }> {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, clips);
  return { store, dataset, ids: datasetClips(store, dataset).map(({ id }) => id) };
}

test.each(['pcm16', 'pcm24', 'float32', 'flac'] as const)('%s files hold the samples to the bit', async (coding) => {
  const { store, ids } = await made([{ file: 'a/one.mp3' }, { file: 'b/two.wav' }]);
  const folder = path.join(temporaryFolder(), 'new', 'place');
  const { files, done, skipped } = await exportSounds(store, options(ids, folder, { coding }));
  expect({ done, skipped }).toEqual({ done: 2, skipped: [] });
  expect(files.map((file) => path.parse(file).name)).toEqual(['one', 'two']);
  for (const [index, file] of files.entries())
    expect(await decodeFile(file)).toMatchObject({ sampleRate: 8000, channels: [noise(ids[index])], warnings: [] });
});

test('names that are taken get a number; nothing is written over', async () => {
  const { store, ids } = await made([{ file: 'a/x.wav' }, { file: 'b/x.wav' }, { file: 'c/X.wav' }]);
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'x.wav'), 'mine');
  const { files } = await exportSounds(store, options(ids, folder));
  const names = files.map((file) => path.basename(file));
  expect(new Set(names.map((name) => name.toLowerCase()))).toHaveProperty('size', 3);
  expect(names.slice(0, 2)).toEqual(['x-2.wav', 'x-3.wav']);
  expect(readdirSync(folder)).toHaveLength(4);
});

test('a clip that cannot be read is left out with its reason; a full disk ends the export', async () => {
  const { store, ids } = await made([{ file: 'a.wav' }, { file: 'b.wav' }]);
  const folder = temporaryFolder();
  const gone = new HarkError('not-found', 'The file is not there any more.');
  const render = async (clip: number) => {
    if (clip === ids[0]) throw gone;
    return signalOf([noise(clip)], 8000);
  };
  const result = await exportSounds(store, options([...ids, 999], folder, { render }));
  expect(result).toMatchObject({
    ...{ done: 1, folder },
    skipped: [{ clip: ids[0], file: 'a.wav', reason: gone.message }, { clip: 999 }],
  });
  const write = () => Promise.reject(new HarkError('unavailable', 'There is no room left on the disk.'));
  await expect(exportSounds(store, options(ids, folder, { write }))).rejects.toMatchObject({ kind: 'unavailable' });
});

test('stopped, it leaves what is whole and nothing else', async () => {
  const { store, ids } = await made([{ file: 'a.wav' }, { file: 'b.wav' }, { file: 'c.wav' }]);
  const folder = temporaryFolder();
  const controller = new AbortController();
  const onProgress = (done: number) => done === 1 && controller.abort();
  await expect(
    exportSounds(store, options(ids, folder, { signal: controller.signal, onProgress })),
  ).rejects.toMatchObject({ kind: 'cancelled' });
  expect(readdirSync(folder)).toEqual(['a.wav']);
});

test('a folder that cannot be made is refused in words', async () => {
  const { store, ids } = await made([{ file: 'a.wav' }]);
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(exportSounds(store, options(ids, path.join(file, 'in')))).rejects.toMatchObject({ kind: 'bad-input' });
});

test('labelled regions are files of their own; a clip without any is left out', async () => {
  const { store, dataset, ids } = await made([{ file: 'a.wav' }, { file: 'b.wav' }]);
  const tier = addTier(store, dataset, 'words', 'regions').id;
  const region = { id: null, tier, fMin: null, fMax: null, note: '' };
  const put = [
    { ...region, start: 0.01, end: 0.02, label: 'one/two' },
    { ...region, start: 0.05, end: 0.1, label: 'three' },
    { ...region, start: 0.03, end: 0.04, label: '' },
  ];
  changeRegions(store, ids[0], 'Regions', { put, remove: [] });
  const folder = temporaryFolder();
  const { files, skipped } = await exportSounds(store, options(ids, folder, { regions: true }));
  expect(files.map((file) => path.basename(file))).toEqual(['a_one_two.wav', 'a_three.wav']);
  expect((await decodeFile(files[0])).channels).toEqual([noise(ids[0]).slice(80, 160)]);
  expect((await decodeFile(files[1])).channels).toEqual([noise(ids[0]).slice(400, 800)]);
  expect(skipped).toMatchObject([{ clip: ids[1], reason: 'It has no labelled regions.' }]);
  expect(existsSync(path.join(folder, 'b.wav'))).toBe(false);
});
