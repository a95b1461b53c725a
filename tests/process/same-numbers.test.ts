import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { nodeHost } from '#main/hosts/node-host.ts';
import { openHouse } from '#main/hosts/open-house.ts';
import { tonesSpec, writeTones } from '../support/comparison-lab.ts';
import { harkJson } from '../support/hark.ts';
import { temporaryFolder } from '../support/lab.ts';

const WHAT_TIME_DOES_NOT_CHANGE = ['cell', 'seed', 'parameters', 'testClips', 'testLoss', 'testAccuracy', 'macroF1', 'confusion', 'bestEpoch', 'epochs'] as const; // prettier-ignore

test('window and command line come to the same numbers from the same settings', async () => {
  const folder = temporaryFolder();
  const sounds = path.join(folder, 'tones');
  const lab = path.join(folder, 'lab');
  writeTones(sounds, 20);
  const { dataset } = await harkJson<{ dataset: number }>(lab, 'import', sounds);
  const spec = tonesSpec(dataset, { seeds: [3] });

  const house = await openHouse(nodeHost('web'), lab);
  const client = createRouterClient(house.router);
  const { comparison } = await client.compare.start(spec);
  const settings = path.join(folder, 'settings.json');
  let inTheWindow;
  for await (const view of await client.compare.watch({ comparison })) inTheWindow = view;
  // As a report gives them.
  writeFileSync(settings, JSON.stringify(inTheWindow!.spec));
  await house.close();

  type Compared = { runs: Record<string, unknown>[] };
  const { runs } = await harkJson<Compared>(lab, 'compare', 'tones', '--spec', settings, '--no-report');
  const numbers = (run: Record<string, unknown>) => WHAT_TIME_DOES_NOT_CHANGE.map((key) => [key, run[key]]);
  expect(inTheWindow!.runs).toHaveLength(spec.cells.length);
  expect(runs.map(numbers)).toEqual(inTheWindow!.runs.map((run) => numbers({ ...run, ...run.result })));
});
