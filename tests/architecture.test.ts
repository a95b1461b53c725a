import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './support/lab.ts';

const ROOT = path.join(import.meta.dirname, '..');
interface Rules {
  forbidden: { name: string }[];
  options: object;
}
const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as Rules;

/** Names of the rules that a tree of files breaks. */
async function broken(base: string, folders: string[]): Promise<string[]> {
  const options = { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true, baseDir: base };
  const { output } = await cruise(folders, options as ICruiseOptions);
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

/** A made tree: each file with one import. */
async function brokenIn(files: Record<string, string>): Promise<string[]> {
  const base = temporaryFolder();
  for (const name of ['electron', 'zod']) {
    mkdirSync(path.join(base, 'node_modules', name), { recursive: true });
    writeFileSync(path.join(base, 'node_modules', name, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    writeFileSync(path.join(base, 'node_modules', name, 'index.js'), '');
  }
  writeFileSync(
    path.join(base, 'tsconfig.json'),
    '{ "compilerOptions": { "allowImportingTsExtensions": true, "noEmit": true } }',
  );
  writeFileSync(path.join(base, 'package.json'), '{ "type": "module" }');
  for (const [file, imported] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
    writeFileSync(
      path.join(base, file),
      imported === '' ? 'export const a = 1;\n' : `import '${imported}';\nexport const a = 1;\n`,
    );
  }
  const found = await broken(base, [...new Set(Object.keys(files).map((file) => file.split('/')[0]))]);
  return [...new Set(found.map((line) => line.split(': ').slice(0, -1).join(': ')))];
}

/** One small violation of each rule: which file imports what. */
const violations: Record<string, Record<string, string>> = {
  'shared: no import from a floor above': { 'src-shared/a.ts': '../src-main/lab/a.ts', 'src-main/lab/a.ts': '' },
  'native: no import from a floor above': { 'src-native/a.ts': '../src-main/lab/a.ts', 'src-main/lab/a.ts': '' },
  'lab, audio: no import from a floor above': { 'src-main/lab/a.ts': '../datasets/a.ts', 'src-main/datasets/a.ts': '' },
  'datasets, features: no import from a floor above': {
    'src-main/features/a.ts': '../engine/a.ts',
    'src-main/engine/a.ts': '',
  },
  'engine: no import from a floor above': { 'src-main/engine/a.ts': '../models/a.ts', 'src-main/models/a.ts': '' },
  'models: no import from a floor above': { 'src-main/models/a.ts': '../training/a.ts', 'src-main/training/a.ts': '' },
  'training: no import from a floor above': {
    'src-main/training/a.ts': '../experiments/a.ts',
    'src-main/experiments/a.ts': '',
  },
  'experiments, inspection: no import from a floor above': {
    'src-main/inspection/a.ts': '../reports/a.ts',
    'src-main/reports/a.ts': '',
  },
  'reports: no import from a floor above': { 'src-main/reports/a.ts': '../router/a.ts', 'src-main/router/a.ts': '' },
  'router: no import from a floor above': { 'src-main/router/a.ts': '../hosts/a.ts', 'src-main/hosts/a.ts': '' },
  'lab, audio: rooms of one floor do not know each other': {
    'src-main/audio/a.ts': '../lab/a.ts',
    'src-main/lab/a.ts': '',
  },
  'native: rooms of one floor do not know each other': {
    'src-native/a.ts': '../src-main/native/a.ts',
    'src-main/native/a.ts': '',
  },
  'datasets, features: rooms of one floor do not know each other': {
    'src-main/datasets/a.ts': '../features/a.ts',
    'src-main/features/a.ts': '',
  },
  'experiments, inspection: rooms of one floor do not know each other': {
    'src-main/experiments/a.ts': '../inspection/a.ts',
    'src-main/inspection/a.ts': '',
  },
  'no import in a circle': { 'src-main/lab/a.ts': './b.ts', 'src-main/lab/b.ts': './a.ts' },
  'the window never imports the main process': { 'src-renderer/a.ts': '../src-main/lab/a.ts', 'src-main/lab/a.ts': '' },
  'shared imports nothing of ours, no Node, no DOM library': { 'src-shared/a.ts': 'node:fs' },
  'the main process never imports the window': {
    'src-main/lab/a.ts': '../../src-renderer/a.ts',
    'src-renderer/a.ts': '',
  },
  'electron only in its host': { 'src-main/lab/a.ts': 'electron' },
  'kernels are known to sound, features and the engine alone': {
    'src-main/lab/a.ts': '../native/a.ts',
    'src-main/native/a.ts': '',
  },
};

describe('the rules of the house', () => {
  test('every rule has a violation that shows it firing', () => {
    expect(Object.keys(violations).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
  });

  test.each(Object.entries(violations))('%s', async (name, files) => {
    expect(await brokenIn(files)).toContain(name);
  });

  test('what they allow passes: downwards, within a room, and Electron in its host', async () => {
    expect(
      await brokenIn({
        'src-main/hosts/electron.ts': 'electron',
        'src-main/hosts/web.ts': '../router/a.ts',
        'src-main/router/a.ts': '../experiments/a.ts',
        'src-main/experiments/a.ts': '../features/a.ts',
        'src-main/features/a.ts': '../lab/a.ts',
        'src-main/lab/a.ts': './b.ts',
        'src-main/lab/b.ts': '../../src-shared/a.ts',
        'src-shared/a.ts': 'zod',
      }),
    ).toEqual([]);
  });

  test('the house keeps them', async () => {
    const folders = ['src-shared', 'src-main', 'src-renderer'].filter((folder) => readdirSync(ROOT).includes(folder));
    expect(await broken(ROOT, folders)).toEqual([]);
  });
});
