import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startFakeLab } from './fake-lab.ts';
import type { FakeLabOptions } from './fake/state.ts';

/**
 * Pictures of the window on a made lab: `node tests/support/shots.ts FOLDER [name...]`.
 * Each view is taken dark and light, 1280 and 1920 wide, unless it says otherwise.
 */
interface View {
  hash: string;
  lab?: FakeLabOptions;
  /** What to do before the picture is taken. */
  act?(page: Page): Promise<void>;
}

const VIEWS: Record<string, View> = {
  library: { hash: '#/library/1' },
  'library-empty': { hash: '#/library', lab: { datasets: [], comparisons: false } },
  compare: { hash: '#/compare' },
  reports: { hash: '#/reports' },
  settings: { hash: '#/settings' },
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
for (const [name, view] of Object.entries(VIEWS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const lab = await startFakeLab(view.lab);
  for (const scheme of ['dark', 'light']) {
    for (const viewport of sizes) {
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
