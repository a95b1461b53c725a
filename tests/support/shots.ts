import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startFakeLab } from './fake-lab.ts';
import type { FakeLabOptions, FakeState } from './fake/state.ts';

/**
 * Pictures of the window on a made lab: `node tests/support/shots.ts FOLDER [name...]`.
 * Each view is taken dark and light, 1280 and 1920 wide; SCHEME and WIDTH choose among them.
 */
interface View {
  hash: string;
  lab?: FakeLabOptions;
  /** Calls that fail. */
  failing?: Record<string, Parameters<FakeState['fail']>[1]>;
  /** What to do before the picture is taken. */
  act?(page: Page): Promise<void>;
}

const firstClip = async (page: Page) => {
  await page.getByRole('row').nth(3).click();
  await page.getByRole('slider', { name: 'Playhead' }).waitFor();
};
const openImport = async (page: Page, path: string) => {
  await page.keyboard.press('Control+i');
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  await page.keyboard.press('Enter');
};
const LONG: FakeLabOptions = { datasets: ['long-names', 'digits'], comparisons: false };

const VIEWS: Record<string, View> = {
  library: { hash: '#/library' },
  'library-empty': { hash: '#/library', lab: { datasets: [], comparisons: false } },
  'library-long': { hash: '#/library', lab: LONG },
  clips: { hash: '#/library/1', act: firstClip },
  'clips-many': { hash: '#/library/2', act: firstClip },
  'clips-long': { hash: '#/library/1', lab: LONG, act: firstClip },
  label: {
    hash: '#/library/1',
    async act(page) {
      await firstClip(page);
      await page.keyboard.press('Enter');
    },
  },
  'spectrogram-settings': {
    hash: '#/library/1',
    async act(page) {
      await firstClip(page);
      await page.getByRole('button', { name: 'Spectrogram settings' }).click();
    },
  },
  history: {
    hash: '#/library/1',
    async act(page) {
      await firstClip(page);
      await page.keyboard.press('Enter');
      await page.getByRole('combobox', { name: 'Label' }).fill('seven');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Label: seven. Change' }).waitFor();
      await page.keyboard.press('Control+h');
    },
  },
  'clips-error': {
    hash: '#/library/1',
    failing: {
      'library.clips': {
        kind: 'internal',
        message: 'The list of clips could not be read from the lab’s store.',
        where: 'lab.sqlite',
        remedy: 'Close Hark and start it again; it repairs the store from its last backup.',
      },
    },
  },
  overview: { hash: '#/library/2/overview' },
  'overview-long': { hash: '#/library/1/overview', lab: LONG },
  split: { hash: '#/library/1/split' },
  files: { hash: '#/library/2/files' },
  import: { hash: '#/library', act: (page) => openImport(page, '/home/ada/recordings/my words') },
  'import-error': { hash: '#/library', act: (page) => openImport(page, '/home/ada/locked') },
  'import-result': {
    hash: '#/library',
    lab: { importMs: 500 },
    async act(page) {
      await openImport(page, '/home/ada/recordings/my words');
      await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('left out; the rest').waitFor();
    },
  },
  compare: { hash: '#/compare' },
  recipe: {
    hash: '#/compare',
    async act(page) {
      await page.getByRole('button', { name: /^Training/ }).click();
      await page.getByRole('combobox', { name: /^Schedule/ }).click();
      await page.getByRole('option', { name: 'Step', exact: true }).click();
      await page.getByRole('textbox', { name: /^Step size/ }).fill('4');
      await page.getByRole('textbox', { name: /^Gamma/ }).fill('0.5');
      await page.getByRole('textbox', { name: /^Warm-up/ }).fill('2.5');
      await page.getByRole('textbox', { name: /^Truncated/ }).fill('20');
    },
  },
  comparison: { hash: '#/compare/1' },
  steps: { hash: '#/inspect/steps' },
  'steps-back': { hash: '#/inspect/steps', act: (page) => page.keyboard.press('End') },
  activations: { hash: '#/inspect/activations' },
  reports: { hash: '#/reports' },
  settings: { hash: '#/settings' },
  'settings-refused': {
    hash: '#/settings',
    failing: {
      'lab.chooseEngine': {
        kind: 'unavailable',
        message: 'The wasm backend cannot be used: its process ended with signal SIGILL.',
        where: 'backend',
        remedy: 'Choose another one, or leave the choice to Hark; nothing has been changed.',
      },
    },
    async act(page) {
      await page.getByRole('radio', { name: 'WebAssembly' }).press(' ');
      await page.getByRole('alert').getByText('SIGILL').waitFor();
    },
  },
  palette: { hash: '#/library/1', act: (page) => page.keyboard.press('Control+k') },
  keys: { hash: '#/library/1', act: (page) => page.keyboard.press('?') },
};

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error('usage: node tests/support/shots.ts FOLDER [view...]');
mkdirSync(folder, { recursive: true });

const browser = await launchBrowser();
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const schemes = process.env['SCHEME'] ? [process.env['SCHEME']] : ['dark', 'light'];
const widths = process.env['WIDTH'] ? sizes.filter(({ width }) => width === Number(process.env['WIDTH'])) : sizes;
for (const [name, view] of Object.entries(VIEWS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const lab = await startFakeLab(view.lab);
  for (const [call, error] of Object.entries(view.failing ?? {})) lab.state.fail(call, error);
  for (const scheme of schemes) {
    for (const viewport of widths) {
      const page = await browser.newPage({ viewport });
      page.on(
        'console',
        (message) => ['error', 'warning'].includes(message.type()) && console.log(name, message.text()),
      );
      page.on('pageerror', (error) => console.log(name, error.message));
      await page.addInitScript((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme);
      await page.goto(lab.url + view.hash);
      await page.getByText('Connected').waitFor();
      await page.waitForTimeout(900);
      await view.act?.(page);
      await page.waitForTimeout(500);
      await page.screenshot({ path: path.join(folder, `${name}-${scheme}-${viewport.width}.png`) });
      await page.close();
    }
  }
  await lab.close();
}
await browser.close();
