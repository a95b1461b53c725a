import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SweepSpec, type SweepView } from '#shared/domain/sweep.ts';
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
let dataset: number;
beforeEach(async () => {
  folder = temporaryFolder();
  opened = await openTestLab(path.join(folder.path, 'lab'));
  dataset = await importTones(opened, writeTones(path.join(folder.path, 'tones')));
});
afterEach(async () => {
  await opened.close();
  folder.remove();
});

const reopen = async () => {
  await opened.close();
  opened = await openTestLab(path.join(folder.path, 'lab'));
};

const spec = (levels: SweepSpec['levels'], epochs: number) =>
  SweepSpec.parse({ factor: 'hiddenSize', levels, base: tonesSpec(dataset, { training: { epochs } }) });

/** Waits for a view that is as wanted. */
async function until(sweep: number, wanted: (view: SweepView) => boolean): Promise<SweepView> {
  const { sweeps } = opened;
  return new Promise((resolve) => {
    const look = () => {
      const view = sweeps.view(sweep);
      if (!wanted(view)) return;
      stop();
      resolve(view);
    };
    const stop = sweeps.onChange(look);
    look();
  });
}

const ended = (sweep: number) => until(sweep, ({ state }) => ['done', 'stopped', 'failed'].includes(state));
const states = ({ levels }: SweepView) => levels.map(({ state }) => state);

describe('from start to end', () => {
  test('two sizes: one comparison each, one job, findings over the same clips', async () => {
    const { sweeps, comparisons, lab } = opened;
    const { sweep } = sweeps.start(spec([2, 12], 12));
    await until(sweep, ({ levels }) => levels[0].state === 'training');
    expect(sweeps.jobs()).toMatchObject([
      { id: `sweep-${sweep}`, kind: 'sweep', state: 'running', unit: 'epochs', total: 48, subject: sweep },
    ]);
    expect(comparisons.jobs()).toEqual([]);
    expect(() => sweeps.dismissJob(`sweep-${sweep}`)).toThrow('still at work');

    const view = await ended(sweep);
    expect(view).toMatchObject({
      ...{ name: 'Hidden size on tones', state: 'done', error: null, secondsLeft: null },
      progress: { done: 48, total: 48 },
      splitWords: 'stratified random, seed 0, speakers mixed',
    });
    expect(view.secondsSpent).toBeGreaterThan(0);
    expect(view.levels.map(({ words, state }) => [words, state])).toEqual([
      ['2 units', 'done'],
      ['12 units', 'done'],
    ]);
    expect(view.levels.map(({ summary }) => summary.map(({ cell, hiddenSize }) => `${cell} ${hiddenSize}`))).toEqual([
      ['rnn 2', 'gru 2'],
      ['rnn 12', 'gru 12'],
    ]);
    const tests = new Set(view.levels.flatMap(({ summary }) => summary.map(({ testClips }) => testClips)));
    expect([...tests]).toEqual([view.testClips]);
    expect(view.findings.map(({ cell }) => cell)).toEqual(['rnn', 'gru']);
    for (const { best, worse, alike, words } of view.findings) {
      expect([...worse, ...alike].map(({ level }) => level)).toEqual([1 - best]);
      expect(words).toContain(`n = ${view.testClips} test clips, one seed`);
    }
    // Its levels are ordinary comparisons, that say whose they are.
    const [first, second] = view.levels.map(({ comparison }) => comparison!);
    expect(comparisons.list()).toMatchObject([
      { id: second, name: 'Hidden size on tones: 12 units', sweep: { id: sweep, level: '12 units' } },
      { id: first, sweep: { id: sweep, name: 'Hidden size on tones', level: '2 units' } },
    ]);
    expect(comparisons.diff([first, second]).map(({ setting }) => setting)).toEqual(['model.hiddenSize']);
    expect(sweeps.list()).toMatchObject([{ id: sweep, done: 2, levels: 2, cells: ['rnn', 'gru'], seeds: [0] }]);
    expect(sweeps.jobs()).toMatchObject([{ state: 'done', done: 48, total: 48 }]);
    sweeps.dismissJob(`sweep-${sweep}`);
    expect(sweeps.jobs()).toEqual([]);
    expect(() => sweeps.resume(sweep)).toThrow('nothing to go on with');

    sweeps.rename(sweep, 'Sizes');
    expect(comparisons.list()[0].sweep).toEqual({ id: sweep, name: 'Sizes', level: '12 units' });
    await sweeps.remove(sweep);
    expect(sweeps.list()).toEqual([]);
    expect(comparisons.list()).toEqual([]);
    expect(existsSync(lab.path('models', String(first)))).toBe(false);
    expect(() => sweeps.view(sweep)).toThrow('not in the lab');
  });

  test('a level that cannot be made is marked, and the others go on', async () => {
    const { sweeps } = opened;
    const base = tonesSpec(dataset, { training: { epochs: 1 } });
    const features = { ...base.features, kind: 'mfcc' as const, nMfcc: 5 };
    const mfcc = SweepSpec.parse({ factor: 'nMfcc', levels: [5, 1000, 12], base: { ...base, features } });
    const { sweep } = sweeps.start(mfcc);
    const view = await ended(sweep);
    expect(view.state).toBe('done');
    expect(states(view)).toEqual(['done', 'failed', 'done']);
    expect(view.levels[1]).toMatchObject({ comparison: null, summary: [] });
    expect(view.levels[1].error).toBe('Number of coefficients cannot be 1000. Give a whole number from 1 to 512.');
    expect(view.error).toContain('1 of 3 levels failed. 1000 coefficients: ');
    expect(() => sweeps.start({ ...mfcc, levels: [1000, 2000] })).toThrow('Fewer than two levels can be run.');
  });
});

describe('pause, stop, interruption', () => {
  test('a pause holds the level at hand, and ends', async () => {
    const { sweeps, comparisons } = opened;
    const { sweep } = sweeps.start(spec([4, 6], 40));
    await until(sweep, ({ progress }) => progress.done >= 2);
    sweeps.pause(sweep);
    expect(sweeps.view(sweep)).toMatchObject({ state: 'paused', levels: [{ state: 'paused' }, { state: 'waiting' }] });
    expect(sweeps.jobs()).toMatchObject([{ state: 'running', message: 'Paused.' }]);
    expect(sweeps.list()[0].state).toBe('paused');
    // A level that is resumed by itself goes on; so does the ablation then.
    comparisons.resume(sweeps.view(sweep).levels[0].comparison!);
    await until(sweep, ({ state }) => state === 'running');
    sweeps.pause(sweep);
    sweeps.resume(sweep);
    const view = await ended(sweep);
    expect(view.state).toBe('done');
    expect(states(view)).toEqual(['done', 'done']);
  });

  test('stop tests the level at hand and begins no other; removal in the midst', async () => {
    const { sweeps, comparisons } = opened;
    const { sweep } = sweeps.start(spec([4, 6], 400));
    await until(sweep, ({ progress }) => progress.done >= 4);
    await sweeps.cancelJob(`sweep-${sweep}`);
    const view = sweeps.view(sweep);
    expect(view.state).toBe('stopped');
    expect(states(view)).toEqual(['stopped', 'waiting']);
    expect(view.levels[0].summary).toHaveLength(2);
    await expect(sweeps.stop(sweep)).rejects.toThrow('not under way');

    // What was not begun may follow later.
    sweeps.resume(sweep);
    await until(sweep, ({ levels }) => levels[1].state === 'training');
    await sweeps.remove(sweep);
    expect([sweeps.list(), comparisons.list(), comparisons.trainers(), sweeps.jobs()]).toEqual([[], [], [], []]);
  });

  test('the app that is closed: interrupted, then the levels not done follow; a pause stays one', async () => {
    const { sweep } = opened.sweeps.start(spec([4, 6], 40));
    await until(sweep, ({ progress }) => progress.done >= 2);
    await reopen();
    expect(opened.sweeps.view(sweep)).toMatchObject({ state: 'interrupted', levels: [{ state: 'interrupted' }, {}] });
    // It goes on as a whole, not its level alone.
    expect(opened.comparisons.interrupted()).toEqual([]);
    opened.sweeps.resume(sweep);
    await until(sweep, ({ levels }) => levels[1].state === 'training');
    opened.sweeps.pause(sweep);
    await reopen();
    expect(opened.sweeps.view(sweep)).toMatchObject({
      state: 'paused',
      levels: [{ state: 'done' }, { state: 'paused' }],
    });
    opened.sweeps.resume(sweep);
    expect(opened.comparisons.jobs()).toEqual([]);
    const view = await ended(sweep);
    expect(states(view)).toEqual(['done', 'done']);
    expect(view.progress.done).toBe(view.progress.total);
  });

  test('what has been learnt is tested when an interrupted one is stopped', async () => {
    const { sweep } = opened.sweeps.start(spec([4, 6], 400));
    await until(sweep, ({ progress }) => progress.done >= 4);
    await reopen();
    await opened.sweeps.stop(sweep);
    const view = opened.sweeps.view(sweep);
    expect(view.state).toBe('stopped');
    expect(states(view)).toEqual(['stopped', 'waiting']);
    expect(view.findings).toHaveLength(2);
  });

  test('while the lab is being closed nothing new is begun', async () => {
    const { sweeps, comparisons } = opened;
    const { sweep } = sweeps.start(spec([4, 6], 400));
    await until(sweep, ({ progress }) => progress.done >= 1);
    const closing = Promise.all([sweeps.close(), comparisons.close()]);
    const refused = expect.objectContaining({ kind: 'conflict', message: 'The lab is being closed.' }) as Error;
    expect(() => sweeps.start(spec([4, 6], 1))).toThrow(refused);
    expect(() => sweeps.resume(sweep)).toThrow(refused);
    await closing;
    expect(sweeps.view(sweep)).toMatchObject({ state: 'interrupted', levels: [{}, { state: 'waiting' }] });
  });

  test('a level’s comparison that is deleted by itself leaves its place, to be filled by going on', async () => {
    const { sweeps, comparisons } = opened;
    const { sweep } = sweeps.start(spec([4, 6], 2));
    const { levels } = await ended(sweep);
    await comparisons.remove(levels[0].comparison!);
    expect(states(sweeps.view(sweep))).toEqual(['waiting', 'done']);
    sweeps.resume(sweep);
    expect(states(await ended(sweep))).toEqual(['done', 'done']);
  });
});
