import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { jumpToStep, undoStep } from '#main/lab/history.ts';
import { openStore } from '#main/lab/store.ts';
import { Random } from '#shared/math/random.ts';
import { attempt, begin, programme, stateOf } from '../lab/random-steps.ts';
import { temporaryFolder, temporaryLab } from '../support/lab.ts';

/** Enough for a step to take a while, so that it is often met half done. */
const CLIPS = 40;
const ROUNDS = 16;
const fixture = path.join(import.meta.dirname, 'fixtures', 'steps.ts');

/** How the lab is at the beginning of a programme, before its step `index`, and after that. */
async function statesAt(seed: number, index: number): Promise<{ first: string; around: string[] }> {
  const store = await openStore(':memory:');
  begin(store, CLIPS);
  const first = stateOf(store);
  const random = new Random(seed);
  const names = programme(seed);
  for (const name of names.slice(0, index)) attempt(store, name, random);
  const before = stateOf(store);
  attempt(store, names[index], random);
  const around = [before, stateOf(store)];
  store.close();
  return { first, around };
}

/** Kills the programme a moment after it has begun step `last`. @returns the step it had begun last */
async function killed(folder: string, seed: number, last: number, milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [fixture, folder, String(seed), String(CLIPS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    said += text;
    if (said.split('\n').includes(String(last)) && !child.killed) {
      await wait(milliseconds);
      child.kill('SIGKILL');
    }
  }
  expect(await exit).toEqual([null, 'SIGKILL']);
  return Number(said.trim().split('\n').at(-1));
}

test('200 steps, undone, redone and jumped between, killed after any of them: each is done or not, and all are undone', async () => {
  const random = new Random(4);
  for (let seed = 0; seed < ROUNDS; seed++) {
    const folder = path.join(temporaryFolder(), 'lab');
    const begun = await killed(folder, seed, random.below(190), 4 * random.uniform());
    const { first, around } = await statesAt(seed, begun);
    const { store } = await temporaryLab(folder);
    expect(store.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(store.pragma('foreign_key_check')).toEqual([]);
    const found = stateOf(store);
    expect(around).toContain(found);
    const standing = store.prepare('select max(id) from step where undone = 0').pluck().get() as number | null;
    while (undoStep(store));
    expect(stateOf(store)).toBe(first);
    jumpToStep(store, standing);
    expect(stateOf(store)).toBe(found);
    store.close();
  }
});
