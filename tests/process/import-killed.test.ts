import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importDataset } from '#main/datasets/import.ts';
import { listDatasets } from '#main/lab/datasets.ts';
import { folderOf, readingInspect, temporaryFolder, temporaryLab } from '../support/lab.ts';

const FILES = 900;

test('an import killed on the way loses the batch at hand and nothing else, and goes on from there', async () => {
  const source = folderOf(
    Object.fromEntries(Array.from({ length: FILES }, (_, index) => [`${'ab'[index % 2]}/${index}.wav`, index])),
  );
  const folder = path.join(temporaryFolder(), 'lab');
  const script = path.join(import.meta.dirname, 'fixtures', 'import.ts');
  const child = spawn(process.execPath, [script, folder, source], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    if (Number(text.trim().split('\n').at(-1)) > 600) break;
  }
  child.kill('SIGKILL');
  expect(await exit).toEqual([null, 'SIGKILL']);

  const lab = await temporaryLab(folder);
  const [left] = listDatasets(lab.store);
  expect(left).toMatchObject({ state: 'partial' });
  expect(left.clips).toBeGreaterThanOrEqual(512);
  expect(left.clips).toBeLessThan(FILES);
  expect(lab.store.pragma('integrity_check', { simple: true })).toBe('ok');
  const { inspect, read } = readingInspect();
  const result = await importDataset(lab, { path: source, layout: null, name: null, inspect });
  expect(result).toMatchObject({ dataset: left.id, clips: FILES, added: FILES - left.clips, skipped: [] });
  expect(read).toHaveLength(FILES - left.clips);
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files).toHaveLength(FILES);
  expect(files.every((entry) => statSync(path.join(entry.parentPath, entry.name)).size === 1644)).toBe(true);
});
