import Database from 'better-sqlite3';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ComparisonSummary } from '#shared/domain/comparison.ts';
import type { DatasetSummary, ImportResult } from '#shared/domain/dataset.ts';
import { type Running, harkJson, launch } from '../support/hark.ts';
import { noiseWav, folderOf, temporaryFolder } from '../support/lab.ts';
import { writeTones } from '../support/comparison-lab.ts';

/** Looks into a lab from outside until a query answers what is waited for. */
async function until(
  lab: string,
  query: string,
  isThere: (value: unknown) => boolean,
  running: Running,
): Promise<void> {
  const file = path.join(lab, 'lab.sqlite');
  for (;;) {
    if (running.child.exitCode !== null) throw new Error(`it ended too early: ${running.said().stderr}`);
    if (existsSync(file)) {
      const store = new Database(file, { readonly: true, timeout: 5000 });
      try {
        if (isThere(store.prepare(query).pluck().get())) return;
      } catch {
        // The schema is not there yet.
      } finally {
        store.close();
      }
    }
    await pause(20);
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

interface Compared {
  state: string;
  runs: { cell: string; seed: number; state: string; epochs: number; testAccuracy: number; confusion: number[][] }[];
}
const figures = ({ runs }: Compared) =>
  runs.map(({ cell, seed, state, epochs, testAccuracy, confusion }) => ({
    cell,
    seed,
    state,
    epochs,
    testAccuracy,
    confusion,
  }));

describe('kill -9 of the whole app', () => {
  test('in an import: what was in stays in, and the next import adds the rest', async () => {
    const CLIPS = 4000;
    const sounds = folderOf(
      Object.fromEntries(
        Array.from({ length: CLIPS }, (_, clip) => [`${clip % 2 ? 'a' : 'b'}/${clip}.wav`, noiseWav(clip, 400)]),
      ),
    );
    const lab = path.join(temporaryFolder(), 'lab');
    const running = launch(['cli', 'import', sounds, '--lab', lab]);
    await until(lab, 'select count(*) from clip', (clips) => Number(clips) > 0, running);
    running.child.kill('SIGKILL');
    expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });

    const [cutOff] = await harkJson<DatasetSummary[]>(lab, 'datasets');
    expect(cutOff.state).toBe('partial');
    expect(cutOff.clips).toBeGreaterThan(0);
    expect(cutOff.clips).toBeLessThan(CLIPS);
    expect(await harkJson<ImportResult>(lab, 'import', sounds)).toMatchObject({
      dataset: cutOff.id,
      clips: CLIPS,
      added: CLIPS - cutOff.clips,
    });
    expect(await harkJson(lab, 'datasets')).toMatchObject([{ state: 'ready', clips: CLIPS }]);
  });

  test('in a training: its trainers end, and the resumed runs come out as if nothing had been', async () => {
    const sounds = writeTones(temporaryFolder(), 40);
    const args = [
      'compare',
      sounds,
      '--cells',
      'rnn,gru',
      '--units',
      '24',
      '--epochs',
      '30',
      '--batch',
      '8',
      '--split',
      'random',
    ];
    const options = ['--no-early-stopping', '--no-report'];
    const undisturbed = await harkJson<Compared>(path.join(temporaryFolder(), 'lab'), ...args, ...options);

    const lab = path.join(temporaryFolder(), 'lab');
    const running = launch(['cli', ...args, ...options, '--lab', lab]);
    await until(lab, 'select count(*) from epoch', (epochs) => Number(epochs) >= 6, running);
    const trainers = childrenOf(running.child.pid!);
    running.child.kill('SIGKILL');
    await running.ended;
    while (trainers.some(alive)) await pause(50);

    expect(await harkJson<ComparisonSummary[]>(lab, 'comparisons')).toMatchObject([{ id: 1, state: 'interrupted' }]);
    const resumed = await harkJson<Compared>(lab, 'resume', '1', '--no-report');
    expect(resumed.state).toBe('done');
    expect(figures(resumed)).toEqual(figures(undisturbed));
  });

  test('Ctrl+C leaves a comparison that goes on the same way', async () => {
    const sounds = writeTones(temporaryFolder(), 40);
    const lab = path.join(temporaryFolder(), 'lab');
    const running = launch([
      'cli',
      'compare',
      sounds,
      '--lab',
      lab,
      '--cells',
      'gru',
      '--epochs',
      '60',
      '--batch',
      '8',
      '--split',
      'random',
      '--json',
    ]);
    await until(lab, 'select count(*) from epoch', (epochs) => Number(epochs) >= 2, running);
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'cancelled' } });
    expect(stderr).toContain('hark resume 1');
    expect(await harkJson<ComparisonSummary[]>(lab, 'comparisons')).toMatchObject([{ state: 'interrupted' }]);
    expect((await harkJson<Compared>(lab, 'resume', '1', '--no-report')).state).toBe('done');
  });
});

/** Processes started by another, as /proc tells; none where there is no /proc. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}
