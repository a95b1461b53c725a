import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSuspects } from '#main/experiments/suspects/suspects.ts';
import { importTones, openTestLab, temporaryFolder, writeTones, type OpenedLab } from '../support/comparison-lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenedLab;
const open = async () => {
  opened = await openTestLab(path.join(folder.path, 'lab'), { HARK_THREADS: '2' });
};
beforeEach(async () => {
  folder = temporaryFolder();
  await open();
});
afterEach(async () => {
  await opened.close();
  folder.remove();
});

const work = (signal = new AbortController().signal, report = () => {}) => ({ signal, report });

describe('a search for wrong labels', () => {
  let dataset: number;
  beforeEach(async () => {
    const tones = writeTones(path.join(folder.path, 'tones'), 20);
    renameSync(path.join(tones, 'rising/7.wav'), path.join(tones, 'falling/rises.wav'));
    dataset = await importTones(opened, tones);
  });

  test('judges every clip by networks that have not seen it, and finds the planted one', async () => {
    const suspects = createSuspects(opened.context);
    expect(suspects.view(dataset, 5)).toMatchObject({ search: null, cutOff: null, plan: { clips: 40, classes: 2 } });
    const told: number[] = [];
    const search = await suspects.find(
      { dataset, folds: 3, seeds: [1] },
      { signal: new AbortController().signal, report: ({ done, total }) => told.push(done / total) },
    );
    expect(search).toMatchObject({ dataset, folds: 3, seeds: [1], clips: 40, leftOut: [] });
    expect(search.accuracy).toBeGreaterThan(0.9);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    const { suspects: found } = suspects.view(dataset, 5);
    expect(found[0]).toMatchObject({ file: 'falling/rises.wav', given: 'falling', likely: 'rising', rank: 1 });
    expect(existsSync(opened.lab.path('models', 'suspects', String(dataset)))).toBe(false);
  });

  test('comes to the same when a trainer dies on the way', async () => {
    const suspects = createSuspects(opened.context);
    const options = { dataset, folds: 2, seeds: [1] };
    const found = () => suspects.view(dataset, 40).suspects;
    await suspects.find(options, work());
    const undisturbed = found();
    let killed = 0;
    const report = ({ done }: { done: number }) => {
      if (done < 10 * (killed + 1) || killed >= 2) return;
      killed++;
      opened.host.started.at(-1)!.kill();
    };
    const before = opened.host.started.length;
    await suspects.find(options, { signal: new AbortController().signal, report });
    expect(killed).toBe(2);
    expect(opened.host.started.length - before).toBe(4 + killed);
    expect(found()).toEqual(undisturbed);
  });

  test('stopped, leaves nothing; a second one at the same time is refused', async () => {
    const suspects = createSuspects(opened.context);
    const stop = new AbortController();
    const options = { dataset, folds: 3, seeds: [1] };
    const search = suspects.find(options, { signal: stop.signal, report: ({ done }) => done > 1 && stop.abort() });
    await expect(suspects.find(options, work())).rejects.toMatchObject({ kind: 'conflict' });
    await expect(search).rejects.toMatchObject({ kind: 'cancelled' });
    expect(suspects.view(dataset, 5)).toMatchObject({ search: null, cutOff: null, suspects: [] });
    expect(existsSync(opened.lab.path('models', 'suspects', String(dataset)))).toBe(false);
  });

  test('cut off by the end of the app, is gone, and said to be', async () => {
    const suspects = createSuspects(opened.context);
    const stop = new AbortController();
    const report = ({ done }: { done: number }) => {
      if (done <= 1) return;
      suspects.close();
      stop.abort();
    };
    await expect(
      suspects.find({ dataset, folds: 3, seeds: [1] }, { signal: stop.signal, report }),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    await opened.close();
    await open();
    const view = createSuspects(opened.context).view(dataset, 5);
    expect(view).toMatchObject({ search: null, suspects: [] });
    expect(view.cutOff).not.toBeNull();
  });
});
