import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemory } from '#main/experiments/memory/memory.ts';
import { MemorySettings } from '#shared/domain/memory.ts';
import { openTestLab, temporaryFolder, type OpenedLab } from '../support/comparison-lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenedLab;
const open = async () => {
  opened = await openTestLab(path.join(folder.path, 'lab'));
};
beforeEach(async () => {
  folder = temporaryFolder();
  await open();
});
afterEach(async () => {
  await opened.close();
  folder.remove();
});

const small = MemorySettings.parse({
  ...{ task: 'phone-order', cells: ['rnn', 'gru'], distances: [6, 2], hiddenSize: 12, seeds: [0, 1], steps: 60 },
});
/** Far more than a test would wait for. */
const endless = MemorySettings.parse({ distances: [400], hiddenSize: 64, steps: 10_000 });
const ignore = () => {};
const work = (signal = new AbortController().signal, report: (progress: { done: number }) => void = ignore) => ({
  signal,
  report,
});

describe('an experiment of the memory laboratory', () => {
  test('tells how far it is, shows each point as it comes, and is kept over a restart', async () => {
    const memory = createMemory(opened.context);
    expect(memory.view('phone-order')).toEqual({ running: null, last: null });
    const shares: number[] = [];
    const seen: number[] = [];
    const report = ({ done, total }: { done: number; total: number }) => shares.push(done / total);
    const kept = await memory.run(small, { signal: new AbortController().signal, report }, () =>
      seen.push(memory.view('adding').running?.points.length ?? -1),
    );
    expect(seen).toEqual([0, 1, 2, 3, 4, -1]);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(kept.points.map(({ cell, distance }) => [cell, distance])).toEqual([
      ['rnn', 2],
      ['gru', 2],
      ['rnn', 6],
      ['gru', 6],
    ]);
    for (const { accuracy, interval, seeds } of kept.points) {
      expect(seeds.map(({ seed }) => seed)).toEqual([0, 1]);
      expect(accuracy).toBeCloseTo((seeds[0].accuracy + seeds[1].accuracy) / 2, 12);
      expect(interval[0]).toBeLessThanOrEqual(accuracy);
      expect(interval[1]).toBeGreaterThanOrEqual(accuracy);
    }
    expect(kept).toMatchObject({ classes: 4, testSequences: 512 });
    expect(kept.intervalMethod).toContain('512 test sequences and 2 seeds');
    expect(opened.host.started).toHaveLength(1);

    await opened.close();
    await open();
    const again = createMemory(opened.context);
    expect(again.view('phone-order')).toEqual({ running: null, last: kept });
    expect(again.view('adding').last).toBeNull();
    const repeated = await again.run(small, work(), ignore);
    expect(repeated.points).toEqual(kept.points);
  });

  test('stopped, leaves its process and files nowhere, and what was kept before as it was', async () => {
    const memory = createMemory(opened.context);
    const kept = await memory.run({ ...small, task: 'delayed-recall', seeds: [0] }, work(), ignore);
    const files = readdirSync(opened.lab.folder, { recursive: true }).sort();
    const stop = new AbortController();
    const run = memory.run(
      endless,
      work(stop.signal, ({ done }) => done > 0 && stop.abort()),
      ignore,
    );
    await expect(memory.run(small, work(), ignore)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(run).rejects.toMatchObject({ kind: 'cancelled' });
    expect(memory.view('delayed-recall')).toEqual({ running: null, last: kept });
    expect(readdirSync(opened.lab.folder, { recursive: true }).sort()).toEqual(files);
    expect(() => process.kill(opened.host.started.at(-1)!.pid!, 0)).toThrow('ESRCH');
    // The machine is free again: the next one gets its turn.
    (await opened.context.turns.take())();
  });

  test('whose process dies says so, and another can be run', async () => {
    const memory = createMemory(opened.context);
    const die = ({ done }: { done: number }) => done > 0 && opened.host.started.at(-1)!.kill();
    await expect(memory.run(endless, work(undefined, die), ignore)).rejects.toMatchObject({
      kind: 'internal',
      message: expect.stringContaining('ended') as string,
    });
    expect(memory.view('delayed-recall')).toEqual({ running: null, last: null });
    const kept = await memory.run({ ...small, seeds: [1], distances: [2] }, work(), ignore);
    expect(kept.points).toHaveLength(2);
  });

  test('waits for its turn, and can be stopped while it does', async () => {
    const memory = createMemory(opened.context);
    const release = await opened.context.turns.take();
    const stop = new AbortController();
    const run = memory.run(small, work(stop.signal), ignore);
    const settled = expect(run).rejects.toMatchObject({ kind: 'cancelled' });
    stop.abort();
    release();
    await settled;
  });
});
