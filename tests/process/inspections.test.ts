import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { decodeBytes } from '#main/audio/decode.ts';
import { createInspections, type Inspections } from '#main/inspection/inspections.ts';
import { createInspector, type Inspector } from '#main/inspection/inspector-client.ts';
import { clipRecord, datasetClips } from '#main/lab/clips.ts';
import { EngineSettings } from '#shared/domain/system.ts';
import type { RunView } from '#shared/domain/run.ts';
import {
  importTones,
  openTestLab,
  temporaryFolder,
  tonesSpec,
  writeTones,
  type OpenedLab,
} from '../support/comparison-lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenedLab;
let runs: RunView[];
let clip: number;
let comparison: number;
let inspector: Inspector;
let inspections: Inspections;

beforeAll(async () => {
  folder = temporaryFolder();
  opened = await openTestLab(path.join(folder.path, 'lab'));
  const dataset = await importTones(opened, writeTones(path.join(folder.path, 'tones')));
  comparison = opened.comparisons.start(
    tonesSpec(dataset, { model: { hiddenSize: 12, bidirectional: true } }),
  ).comparison;
  for await (const view of opened.comparisons.watch(comparison))
    if (view.state === 'failed') throw new Error(view.error!);
  runs = opened.comparisons.view(comparison).runs;
  clip = opened.comparisons.testedClips(comparison, 0)[0].clip;
});
afterAll(async () => {
  await opened.close();
  folder.remove();
});

function begin(idleMs?: number): void {
  inspector = createInspector({ host: opened.host, engine: () => EngineSettings.parse({}), idleMs });
  const { lab, pool, context } = opened;
  inspections = createInspections({ lab, pool, cache: () => context.cache, inspector, soundOf });
}
afterEach(() => inspector.close());

/** The clip's file as it is. */
const soundOf = async (id: number) => {
  const { path: file } = clipRecord(opened.lab.store, id);
  const { channels, sampleRate } = await decodeBytes(readFileSync(file), file);
  return { samples: channels[0], sampleRate };
};

const FORWARDS = { layer: 0, reverse: false };

describe('looking into the networks of a lab', () => {
  test('says what a layer did, and comes to the answer the run was tested with', async () => {
    begin();
    for (const { id, cell } of runs) {
      const seen = await inspections.signals(id, clip, { layer: 0, reverse: true });
      expect(seen.units).toBe(12);
      expect(seen.names).toEqual(cell === 'gru' ? ['reset', 'update', 'candidate', 'hidden'] : ['hidden']);
      expect(seen.values).toHaveLength(seen.names.length * seen.frames * 12);
      expect(seen).toMatchObject({ start: 0, hop: 64 / 4000 });

      const { ends, probabilities } = await inspections.course(id, clip, 512);
      expect(ends.at(-1)).toBe(seen.frames);
      const said = opened.comparisons.predictions(comparison, clip).find(({ run }) => run === id)!;
      const classes = opened.comparisons.view(comparison).classes;
      classes.forEach((label, index) =>
        expect(probabilities.at(index - classes.length)).toBeCloseTo(
          said.probabilities.find((one) => one.label === label)!.probability,
          5,
        ),
      );
    }
  });

  test('gradients through time come of each layer, and only of networks with states', async () => {
    begin();
    const { label } = opened.lab.store.prepare('select label from clip where id = ?').get(clip) as { label: string };
    for (const { id, cell } of runs) {
      const all = await inspections.gradients(id, clip, { label, from: 'all' });
      expect(all.layers.map(({ layer, reverse }) => [layer, reverse])).toEqual([
        [0, false],
        [0, true],
      ]);
      const { frames } = await inspections.signals(id, clip, FORWARDS);
      for (const { hidden, cell: ofCell } of all.layers) {
        expect(hidden).toHaveLength(frames);
        expect(Math.min(...hidden)).toBeGreaterThan(0);
        expect(ofCell === null).toBe(cell !== 'lstm');
      }
      const end = await inspections.gradients(id, clip, { label, from: 'end' });
      expect(end.loss).toBeCloseTo(all.loss, 6);
      expect(end.layers[0].hidden[0]).toBeLessThan(all.layers[0].hidden[0]);
    }
    await expect(inspections.gradients(runs[0].id, clip, { label: 'no such', from: 'all' })).rejects.toMatchObject({
      kind: 'bad-input',
      where: 'label',
    });
  });

  test('what speaks for a class can be heard: as long as the clip, quieter than it, and never silent', async () => {
    begin();
    const { samples } = await soundOf(clip);
    const power = (sound: Float32Array) => sound.reduce((sum, value) => sum + value * value, 0);
    const heard: number[] = [];
    for (const share of [0.02, 0.1, 0.3]) {
      const salient = await inspections.salientSound(runs[0].id, clip, { method: 'integrated', target: null, share });
      expect(salient.samples).toHaveLength(samples.length);
      heard.push(power(salient.samples) / power(samples));
    }
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard[0]).toBeGreaterThan(0);
    expect(heard[2]).toBeLessThan(1);
  });

  test('many questions at once are answered each with its own', async () => {
    begin();
    const clips = opened.comparisons.testedClips(comparison, 0).slice(0, 6);
    const all = await Promise.all(clips.map((one) => inspections.course(runs[0].id, one.clip, 512)));
    for (const [index, one] of clips.entries())
      expect(all[index]).toEqual(await inspections.course(runs[0].id, one.clip, 512));
  });

  test('a process that dies fails what it was asked; the next question starts another', async () => {
    begin();
    await inspections.signals(runs[0].id, clip, FORWARDS);
    const asked = inspections.course(runs[0].id, clip, 512);
    setImmediate(() => opened.host.started.at(-1)!.kill());
    await expect(asked).rejects.toMatchObject({
      kind: 'internal',
      message: expect.stringContaining('ended') as string,
    });
    const seen = await inspections.signals(runs[0].id, clip, FORWARDS);
    expect(seen.units).toBe(12);
  });

  test('ends when nobody has asked for a while, and is there again when someone does', async () => {
    begin(200);
    const before = opened.host.started.length;
    inspections.wake();
    await inspections.signals(runs[0].id, clip, FORWARDS);
    expect(opened.host.started).toHaveLength(before + 1);
    const { pid } = opened.host.started.at(-1)!;
    await expect.poll(() => isAlive(pid!), { timeout: 5000 }).toBe(false);
    await inspections.signals(runs[0].id, clip, FORWARDS);
    expect(opened.host.started).toHaveLength(before + 2);
  });

  test('what nobody waits for is left, and closing ends all', async () => {
    begin();
    const stop = new AbortController();
    const left = inspections.course(runs[0].id, clip, 512, stop.signal);
    stop.abort();
    await expect(left).rejects.toMatchObject({ kind: 'cancelled' });
    const asked = inspections.course(runs[0].id, clip, 512);
    const settled = expect(asked).rejects.toMatchObject({ kind: 'cancelled' });
    inspector.close();
    await settled;
    await expect(inspections.course(runs[0].id, clip, 512)).rejects.toMatchObject({ kind: 'cancelled' });
  });

  test('a layer, a run or a file that is not there is said so', async () => {
    begin();
    await expect(inspections.signals(runs[0].id, clip, { layer: 7, reverse: false })).rejects.toMatchObject({
      kind: 'not-found',
      where: 'layer 7',
    });
    await expect(inspections.signals(999, clip, FORWARDS)).rejects.toMatchObject({ kind: 'not-found' });
    const gone = datasetClips(opened.lab.store, opened.comparisons.view(comparison).dataset.id).at(-1)!;
    rmSync(gone.path);
    opened.lab.store.prepare('update clip set edits = ? where id = ?').run('[{"kind":"reverse"}]', gone.id);
    await expect(inspections.signals(runs[0].id, gone.id, FORWARDS)).rejects.toMatchObject({ where: gone.path });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
