import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { createComparisons } from '#main/experiments/comparisons.ts';
import { createContext } from '#main/experiments/context.ts';
import { predictFiles } from '#main/experiments/predict.ts';
import type { Host } from '#main/lab/host.ts';
import { writeEngineSettings } from '#main/lab/settings.ts';
import type { ToTrainer } from '#main/training/protocol.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
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
  vi.unstubAllEnvs();
  await opened.close();
  folder.remove();
});

const reopen = async () => {
  await opened.close();
  opened = await openTestLab(path.join(folder.path, 'lab'));
};

/** The views until one is as wanted, or the comparison has ended. */
async function watchUntil(
  id: number,
  wanted: (view: ComparisonView) => boolean = () => false,
): Promise<ComparisonView> {
  let last: ComparisonView | null = null;
  for await (const view of opened.comparisons.watch(id)) {
    last = view;
    if (wanted(view)) break;
  }
  return last!;
}

/** What must be the same whenever the same is trained: all but ids and times. */
const curves = (view: ComparisonView) =>
  view.runs.map(({ cell, seed, epochs, result }) => ({
    ...{ cell, seed, confusion: result?.confusion, loss: result?.testLoss },
    epochs: epochs.map((record) => ({ ...record, seconds: 0, clipsPerSecond: 0 })),
  }));

const epochsOf = (view: ComparisonView) => view.runs.reduce((sum, run) => sum + run.epochs.length, 0);

describe('from start to end', () => {
  test('trains the cells side by side, and answers all that is asked of the result', async () => {
    const { comparisons, lab } = opened;
    const spec = tonesSpec(dataset, { training: { epochs: 30 } });
    const { comparison } = comparisons.start(spec);
    const midst = await watchUntil(comparison, (view) => epochsOf(view) >= 3);
    const counts = midst.runs.map(({ epochs }) => epochs.length);
    expect(Math.abs(counts[0] - counts[1])).toBeLessThanOrEqual(1);
    expect(comparisons.trainers()).toHaveLength(2);
    expect(comparisons.jobs()).toMatchObject([{ id: `compare-${comparison}`, state: 'running', unit: 'epochs' }]);

    const view = await watchUntil(comparison);
    expect(view).toMatchObject({ state: 'done', error: null, skipped: [], preparing: null, secondsLeft: null });
    expect(view.backend).not.toBe('');
    expect(view.secondsSpent).toBeGreaterThan(0);
    for (const { gradientNorms, gradientNorm } of view.runs.flatMap(({ epochs }) => epochs)) {
      expect(gradientNorms!.p10).toBeLessThanOrEqual(gradientNorm);
      expect(gradientNorms!.p90).toBeGreaterThanOrEqual(gradientNorm);
      expect(gradientNorms!.max).toBeGreaterThanOrEqual(gradientNorms!.p90);
      expect(gradientNorms!.after).toBeLessThanOrEqual(1);
    }
    expect(view.name).toBe('RNN, GRU on tones');
    expect(view.classes).toEqual(['falling', 'rising']);
    expect(view.runs.map(({ state, epochs }) => [state, epochs.length])).toEqual([
      ['done', 30],
      ['done', 30],
    ]);
    expect(comparisons.trainers()).toEqual([]);
    const gru = view.summary.find(({ cell }) => cell === 'gru')!;
    expect(gru.accuracy).toBeGreaterThanOrEqual(0.9);
    expect(gru.testClips).toBe(view.split.test);
    expect(view.tests).toHaveLength(1);
    expect(view.tests[0]).toMatchObject({ a: 'rnn', b: 'gru', clips: view.split.test });

    const matrices = comparisons.matrices(comparison, null);
    expect(matrices.map(({ cell, clips }) => [cell, clips])).toEqual([
      ['rnn', view.split.test],
      ['gru', view.split.test],
    ]);
    const run = view.runs[0];
    expect(matrices[0].counts).toEqual(run.result!.confusion);
    const query = { cell: 'rnn', seed: null, truth: 'rising', predicted: 'rising' } as const;
    const right = comparisons.cellClips(comparison, query);
    expect(right).toHaveLength(matrices[0].counts[1][1]);
    const wrong = comparisons.cellClips(comparison, { ...query, truth: null, predicted: null });
    expect(wrong).toHaveLength(matrices[0].counts[0][1] + matrices[0].counts[1][0]);
    const said = comparisons.predictions(comparison, right[0].clip);
    expect(said.map(({ cell }) => cell)).toEqual(['rnn', 'gru']);
    expect(said[0].label).toBe('rising');
    expect(said[0].probabilities[0]).toEqual({ label: 'rising', probability: expect.closeTo(right[0].probability, 6) });
    expect(said[0].probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);

    expect(readdirSync(lab.path('models', String(comparison), String(run.id)))).toEqual([
      'best.safetensors',
      'probes.jsonl',
    ]);
    expect(comparisons.jobs()).toMatchObject([{ state: 'done', done: 60, total: 60 }]);
    comparisons.dismissJob(`compare-${comparison}`);
    expect(comparisons.jobs()).toEqual([]);
    expect(comparisons.list()).toMatchObject([
      { id: comparison, state: 'done', accuracy: [{ cell: 'rnn' }, { cell: 'gru' }] },
    ]);

    await startBackend();
    const file = path.join(folder.path, 'tones', right[0].file);
    const [prediction] = await predictFiles(lab, run.id, [file]);
    expect(prediction.label).toBe('rising');
    expect(prediction.probabilities['rising']).toBeCloseTo(right[0].probability, 4);

    await comparisons.remove(comparison);
    expect(existsSync(lab.path('models', String(comparison)))).toBe(false);
    expect(comparisons.list()).toEqual([]);
    expect(() => comparisons.view(comparison)).toThrow('not in the lab');
  });

  test('several seeds, equal parameters, and what the settings differ in', async () => {
    const { comparisons } = opened;
    const spec = tonesSpec(dataset, { seeds: [3, 5], match: 'parameters', training: { epochs: 2 } });
    const preview = comparisons.preview(spec);
    const first = comparisons.start(spec).comparison;
    const second = comparisons.start({ ...spec, seeds: [3], match: 'units' }).comparison;
    const [view, other] = await Promise.all([watchUntil(first), watchUntil(second)]);
    expect([view.state, other.state]).toEqual(['done', 'done']);
    expect(view.runs.map(({ cell, seed }) => `${cell} ${seed}`)).toEqual(['rnn 3', 'gru 3', 'rnn 5', 'gru 5']);
    for (const { cell, parameters } of preview.cells)
      expect(view.summary.find((row) => row.cell === cell)!.parameters).toBe(parameters);
    const [a, b] = preview.cells.map(({ parameters }) => parameters);
    expect(Math.abs(a - b) / a).toBeLessThan(0.15);
    expect(view.summary[0]).toMatchObject({ runs: 2, intervalMethod: expect.stringContaining('2 seeds') });
    const [both] = comparisons.matrices(first, null);
    expect(both.clips).toBe(2 * view.split.test);
    expect(comparisons.matrices(first, 5)[0].clips).toBe(view.split.test);
    const differences = comparisons.diff([first, second]).map(({ setting }) => setting);
    expect(differences).toEqual(['seeds', 'match']);
    // The first cell is the reference where there is no LSTM: the same size in both, so the same bits.
    expect(curves(other)[0]).toEqual(curves(view)[0]);
  });

  test('trains on what the lab has chosen, and says why where that is gone', async () => {
    const { lab, comparisons } = opened;
    const spec = tonesSpec(dataset, { cells: ['rnn'], training: { epochs: 1 } });
    writeEngineSettings(lab.store, { backend: 'wasm', threads: 1 });
    expect(await watchUntil(comparisons.start(spec).comparison)).toMatchObject({
      state: 'done',
      backend: 'wasm, simd',
    });
    writeEngineSettings(lab.store, { backend: 'native', threads: null });
    vi.stubEnv('HARK_NATIVE_ADDON', 'nowhere.node');
    const failed = await watchUntil(comparisons.start(spec).comparison);
    expect(failed.state).toBe('failed');
    expect(failed.runs[0].error).toBe(
      'The native backend cannot be used: the kernels are not built. Choose another in Settings, or leave the choice to Hark.',
    );
  });

  test('a clip that cannot be read is listed with its reason, and the rest goes on', async () => {
    writeFileSync(path.join(folder.path, 'tones', 'rising', '7.wav'), 'no sound at all');
    const { comparison } = opened.comparisons.start(tonesSpec(dataset, { training: { epochs: 1 } }));
    const view = await watchUntil(comparison);
    expect(view.state).toBe('done');
    expect(view.skipped).toMatchObject([{ file: 'rising/7.wav', reason: expect.stringMatching(/.{10}/) }]);
    const { train, validation, test: tested } = view.split;
    expect(train + validation + tested).toBe(59);
  });
});

describe('cut off and taken up again', () => {
  const spec = () => tonesSpec(dataset, { training: { epochs: 60 } });
  const wholeCurves = async () => curves(await watchUntil(opened.comparisons.start(spec()).comparison));

  test('a trainer that is killed: the same curve', async () => {
    const whole = await wholeCurves();
    const { comparison } = opened.comparisons.start(spec());
    await watchUntil(comparison, (view) => epochsOf(view) >= 3);
    const [{ pid }] = opened.comparisons.trainers();
    process.kill(pid!, 'SIGKILL');
    const view = await watchUntil(comparison);
    expect(view.state).toBe('done');
    expect(view.runs.map(({ resumes }) => resumes).sort()).toEqual([0, 1]);
    expect(curves(view)).toEqual(whole);
  });

  test('the app that is closed: interrupted, then the same curve', async () => {
    const whole = await wholeCurves();
    const { comparison } = opened.comparisons.start(spec());
    await watchUntil(comparison, (view) => epochsOf(view) >= 3);
    const watching = watchUntil(comparison);
    await reopen();
    // Whoever watched is let go.
    await watching;
    const { name } = opened.comparisons.view(comparison);
    expect(opened.comparisons.interrupted()).toEqual([{ id: comparison, name }]);
    expect(opened.comparisons.view(comparison).state).toBe('interrupted');
    expect(() => opened.comparisons.pause(comparison)).toThrow('not under way');
    opened.comparisons.resume(comparison);
    const view = await watchUntil(comparison);
    expect(view.state).toBe('done');
    expect(curves(view)).toEqual(whole);
  });

  test('app and trainers killed together: nothing lost but the epoch at hand', async () => {
    const whole = await wholeCurves();
    await opened.close();
    const lab = path.join(folder.path, 'lab');
    const { comparison, trainers } = await runUntilKilled(lab, 'start', dataset, (epochs) => epochs >= 3);
    for (const pid of trainers) killIfAlive(pid);
    const again = await runUntilKilled(lab, 'resume', comparison, (epochs) => epochs >= 6);
    expect(again.epochs).toBeGreaterThanOrEqual(6);
    opened = await openTestLab(lab);
    expect(opened.comparisons.interrupted()).toMatchObject([{ id: comparison }]);
    opened.comparisons.resume(comparison);
    const view = await watchUntil(comparison);
    expect(view.state).toBe('done');
    expect(curves(view)).toEqual(whole);
  });

  test('while the lab is being closed nothing new is begun', async () => {
    const { comparison } = opened.comparisons.start(spec());
    await watchUntil(comparison, (view) => epochsOf(view) >= 1);
    const { comparisons, lab, pool } = opened;
    const closing = comparisons.close();
    const refused = expect.objectContaining({ kind: 'conflict', message: 'The lab is being closed.' }) as Error;
    expect(() => comparisons.start(spec())).toThrow(refused);
    expect(() => comparisons.resume(comparison)).toThrow(refused);
    await expect(comparisons.stop(comparison)).rejects.toThrow(refused);
    await closing;
    expect(comparisons.trainers()).toEqual([]);
    expect(lab.store.prepare('select count(*) from comparison').pluck().get()).toBe(1);
    await pool.close();
    lab.close();
    opened = await openTestLab(path.join(folder.path, 'lab'));
    expect(opened.comparisons.view(comparison).state).toBe('interrupted');
  });

  test('what has been learnt is tested when an interrupted comparison is stopped', async () => {
    const { comparison } = opened.comparisons.start(spec());
    await watchUntil(comparison, (view) => epochsOf(view) >= 3);
    await reopen();
    await opened.comparisons.stop(comparison);
    const view = opened.comparisons.view(comparison);
    expect(view.state).toBe('stopped');
    expect(view.runs.every(({ result, epochs }) => result?.epochs === epochs.length)).toBe(true);
    expect(() => opened.comparisons.resume(comparison)).toThrow('nothing to go on with');
  });
});

describe('pause and stop', () => {
  const long = () => tonesSpec(dataset, { training: { epochs: 200 } });

  test('a pause holds, lets others train, and ends', async () => {
    const { comparisons } = opened;
    const { comparison } = comparisons.start(long());
    await watchUntil(comparison, (view) => epochsOf(view) >= 2);
    comparisons.pause(comparison);
    const paused = comparisons.view(comparison);
    expect(paused.state).toBe('paused');
    expect(paused.runs.map(({ state }) => state)).toEqual(['paused', 'paused']);
    // Whatever was in hand has had time to end while the other trains.
    const other = await watchUntil(comparisons.start(tonesSpec(dataset, { training: { epochs: 2 } })).comparison);
    expect(other.state).toBe('done');
    expect(epochsOf(comparisons.view(comparison))).toBeLessThanOrEqual(epochsOf(paused) + 1);
    comparisons.resume(comparison);
    const on = await watchUntil(comparison, (view) => epochsOf(view) >= epochsOf(paused) + 3);
    expect(on.state).toBe('training');
    await comparisons.remove(comparison);
  });

  test('stop tests the best weights so far', async () => {
    const { comparisons } = opened;
    const { comparison } = comparisons.start(long());
    await watchUntil(comparison, (view) => view.runs.every(({ epochs }) => epochs.length >= 2));
    await comparisons.stop(comparison);
    const view = comparisons.view(comparison);
    expect(view.state).toBe('stopped');
    for (const run of view.runs) {
      expect(run.state).toBe('stopped');
      expect(run.epochs.length).toBeLessThan(200);
      expect(run.result).toMatchObject({ epochs: run.epochs.length, testClips: view.split.test });
    }
    expect(comparisons.trainers()).toEqual([]);
  });

  test('stop in a pause; removal in the midst', async () => {
    const { comparisons } = opened;
    const [one, two] = [comparisons.start(long()).comparison, comparisons.start(long()).comparison];
    await watchUntil(one, (view) => epochsOf(view) >= 1);
    comparisons.pause(one);
    await comparisons.remove(two);
    await comparisons.stop(one);
    expect(comparisons.view(one).state).toBe('stopped');
    expect(comparisons.list().map(({ id }) => id)).toEqual([one]);
  });

  test('a pause outlives the app', async () => {
    const { comparison } = opened.comparisons.start(long());
    await watchUntil(comparison, (view) => epochsOf(view) >= 1);
    opened.comparisons.pause(comparison);
    await reopen();
    expect(opened.comparisons.view(comparison).state).toBe('paused');
    opened.comparisons.resume(comparison);
    const view = await watchUntil(comparison, ({ runs }) => runs.some(({ resumes }) => resumes > 0));
    expect(view.state).not.toBe('paused');
    await opened.comparisons.remove(comparison);
  });
});

describe('one run that cannot', () => {
  test('trainers that die again and again: three more tries, then failed, and the other cells go on', async () => {
    let starts = 0;
    const { lab, pool } = opened;
    const fragile: Host = {
      ...opened.host,
      startProcess(entry) {
        const child = opened.host.startProcess(entry);
        return {
          ...child,
          send(message) {
            const { kind, task } = message as ToTrainer & { task?: { model: { cell: string } } };
            if (kind !== 'start' || task!.model.cell !== 'rnn') return child.send(message);
            starts++;
            child.kill();
            return true;
          },
        };
      },
    };
    const comparisons = createComparisons(createContext({ lab, host: fragile, pool }));
    const { comparison } = comparisons.start(tonesSpec(dataset, { training: { epochs: 2 } }));
    let view: ComparisonView | null = null;
    for await (view of comparisons.watch(comparison));
    expect(starts).toBe(4);
    expect(view!.state).toBe('done');
    expect(view!.error).toContain('1 of 2 runs failed');
    expect(view!.runs.map(({ state }) => state)).toEqual(['failed', 'done']);
    expect(view!.runs[0].error).toContain('3 times in vain');
    await comparisons.close();

    // A host that holds takes the failed run up again.
    await reopen();
    opened.comparisons.resume(comparison);
    expect((await watchUntil(comparison)).runs.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(opened.comparisons.view(comparison).error).toBeNull();
  });
});

interface Line {
  comparison: number;
  epochs: number;
  trainers: number[];
}

/** Runs a whole Hark in a process of its own and kills it once enough epochs are through. */
async function runUntilKilled(lab: string, what: 'start' | 'resume', id: number, enough: (epochs: number) => boolean) {
  const script = path.join(import.meta.dirname, '../support/run-comparison.ts');
  const child = spawn(process.execPath, [script, lab, what, String(id)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let last: Line | null = null;
  for await (const line of createInterface(child.stdout)) {
    last = JSON.parse(line) as Line;
    if (enough(last.epochs)) child.kill('SIGKILL');
  }
  await gone;
  return last!;
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went with its parent.
  }
}

describe('what is seen while networks are trained', () => {
  const epochsSeen = (comparison: number) =>
    opened.comparisons.probes(comparison, 0).map(({ epochs }) => epochs.map(({ epoch }) => epoch));

  test('gradients through time and radii by epoch, from before the first; none of a DNN', async () => {
    const { comparisons } = opened;
    const spec = tonesSpec(dataset, { cells: ['rnn', 'lstm', 'dnn'], model: { bidirectional: true } });
    const { comparison } = comparisons.start(spec);
    const view = await watchUntil(comparison);
    expect(view.state).toBe('done');
    const probes = comparisons.probes(comparison, 0);
    expect(probes.map(({ cell }) => cell)).toEqual(['rnn', 'lstm', 'dnn']);
    expect(probes[2]).toMatchObject({ head: null, epochs: [] });
    expect(epochsSeen(comparison).slice(0, 2)).toEqual([[0, 1, 2, 4], [0, 1, 2, 4]]); // prettier-ignore
    // The same clips for all cells.
    expect(probes[1].head).toEqual(probes[0].head);
    expect(probes[0].head!.clips).toBe(16);
    const [{ places }] = probes[1].epochs;
    expect(places.map(({ reverse, radii }) => [reverse, radii.map(({ block }) => block)])).toEqual(
      [false, true].map((reverse) => [reverse, ['input', 'forget', 'candidate', 'output']]),
    );
    for (const { radius } of places.flatMap(({ radii }) => radii)) expect(radius).toBeGreaterThan(0.1);

    const at = (epoch: number) => comparisons.probeGradients(comparison, 0, epoch);
    expect(at(2).map(({ cell, epoch }) => [cell, epoch])).toEqual([['rnn', 2], ['lstm', 2]]); // prettier-ignore
    expect(at(3).map(({ epoch }) => epoch)).toEqual([2, 2]);
    expect(at(100).map(({ epoch }) => epoch)).toEqual([4, 4]);
    const [rnn, lstm] = at(4);
    expect(rnn.places[0].cell).toBeNull();
    expect(lstm.places[0].hidden.left[0]).toBe(1);
    expect(lstm.places[0].hidden.mean).not.toEqual(at(0)[1].places[0].hidden.mean);
    expect(comparisons.probes(comparison, 1)).toEqual([]);
    expect(() => comparisons.probes(999, 0)).toThrow('not in the lab');
  });

  test('after a trainer was killed each look is there once, as if it had not been', async () => {
    const { comparisons } = opened;
    // Long enough that it is still at work when the kill reaches it.
    const spec = tonesSpec(dataset, { cells: ['gru'], model: { hiddenSize: 48 }, training: { epochs: 80 } });
    const whole = comparisons.start(spec).comparison;
    await watchUntil(whole);
    const { comparison } = comparisons.start(spec);
    await watchUntil(comparison, (view) => epochsOf(view) >= 3);
    for (const { pid } of comparisons.trainers()) process.kill(pid!, 'SIGKILL');
    const view = await watchUntil(comparison);
    expect(view.runs[0].resumes).toBe(1);
    expect(epochsSeen(comparison)[0].slice(0, 5)).toEqual([0, 1, 2, 4, 6]);
    expect(epochsSeen(comparison)).toEqual(epochsSeen(whole));
    for (const epoch of [0, 6, 40, 80]) {
      const of = (id: number) => comparisons.probeGradients(id, 0, epoch).map(({ places }) => places);
      expect(of(comparison)).toEqual(of(whole));
    }
  });

  test('a truncated training is seen truncated', async () => {
    const { comparisons } = opened;
    const spec = tonesSpec(dataset, { cells: ['rnn'], training: { epochs: 1, truncation: 4 } });
    const { comparison } = comparisons.start(spec);
    await watchUntil(comparison);
    const [{ places }] = comparisons.probeGradients(comparison, 0, 1);
    expect(places[0].hidden.reached.slice(0, 5)).toEqual([16, 16, 16, 16, 0]);
    expect(places[0].hidden.mean[4]).toBeNull();
  });
});
