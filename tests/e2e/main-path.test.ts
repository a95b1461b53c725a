import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { launch } from '../support/hark.ts';
import { complaintsOf } from '../support/page.ts';

/** Where the pictures of the path are left, to be looked at. */
const SHOTS = path.join(import.meta.dirname, '../../screenshots/main-path');

/** Sounds the window has let be heard to their end: their addresses. */
type Heard = typeof globalThis & { heard: string[] };

/**
 * The main job as a new user does it, on the real host with a new lab: first start, Compare on the sample, a cell of a matrix,
 * its clips heard, a label mended and taken back, a report taken away.
 */
it('leads from the first start to a report', async () => {
  mkdirSync(SHOTS, { recursive: true });
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'hark-path-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const hark = launch(['start', '--no-open', '--lab', path.join(folder, 'lab')]);
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const [url] = await hark.until(/http:\/\/\S+/);

  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const complaints = complaintsOf(page);
  await page.addInitScript(() => {
    const heard: string[] = ((globalThis as Heard).heard = []);
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      this.addEventListener('ended', () => heard.push(this.src), { once: true });
      return play.call(this);
    };
  });
  const shot = (name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });

  await page.goto(url);
  await page.getByRole('row', { name: /built-in sample/ }).waitFor();
  await shot('1-first-start');

  await page.getByRole('link', { name: 'Compare' }).first().click();
  await page.getByText(/Trains RNN, LSTM and GRU/).waitFor();
  await shot('2-before');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('progressbar', { name: 'GRU, seed 0' }).waitFor();
  await page.getByText(/epoch 3 of/).first().waitFor({ timeout: 120_000 }); // prettier-ignore
  await shot('3-learning');
  for (const state of ['Paused', 'Training', 'Paused', 'Training']) {
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: state, exact: true }).waitFor();
  }
  await page.getByRole('heading', { name: 'Results', exact: true }).waitFor({ timeout: 280_000 });
  await shot('4-results');
  const accuracy = await testAccuracy(page);
  expect(accuracy.lstm).toBeGreaterThan(0.85);
  expect(accuracy.gru).toBeGreaterThan(0.85);

  // From all the mistakes of one network to the sound of each.
  await page
    .getByRole('button', { name: /mistakes? of/ })
    .first()
    .click();
  const panel = page.getByRole('complementary', { name: 'Clips behind the matrix' });
  const chosen = panel.getByRole('option', { selected: true });
  await chosen.waitFor();
  const heard = () => page.evaluate(() => (globalThis as Heard).heard);
  await expect.poll(async () => (await heard()).length, { timeout: 20_000 }).toBe(1);
  await panel.getByRole('rowheader', { name: /truth/ }).waitFor();
  await shot('5-a-mistake-heard');
  if ((await panel.getByRole('option').count()) > 1) {
    const first = await chosen.innerText();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => chosen.innerText()).not.toBe(first);
    await expect.poll(async () => new Set(await heard()).size, { timeout: 20_000 }).toBe(2);
  }

  const label = panel.getByRole('button', { name: /^Label: / });
  const before = (await label.getAttribute('aria-label'))!;
  const other = panel.getByRole('group', { name: 'Classes' }).getByRole('button', { pressed: false }).first();
  await panel.getByRole('listbox').press((await other.innerText()).split(/\s+/)[1]);
  await expect.poll(() => label.getAttribute('aria-label')).not.toBe(before);
  await page.getByText(/label changed since these runs were tested/).waitFor();
  await shot('6-label-mended');
  await page.keyboard.press('Control+z');
  await expect.poll(() => label.getAttribute('aria-label')).toBe(before);

  await page.getByRole('button', { name: 'Export report' }).click();
  const dialog = page.getByRole('dialog');
  for (const format of ['Markdown', 'CSV']) await dialog.getByRole('checkbox', { name: format }).check();
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const done = dialog.getByRole('button', { name: 'Done' });
  await done.waitFor({ timeout: 120_000 });
  await shot('7-report');
  const download = page.waitForEvent('download');
  await dialog
    .getByRole('link', { name: /^Download .*\.html$/ })
    .first()
    .click();
  const file = path.join(folder, 'report.html');
  await (await download).saveAs(file);
  const html = readFileSync(file, 'utf8');
  expect(html).toContain('data:audio/wav;base64,');
  expect(html).not.toMatch(/(src|href)="https?:/);
  await done.click();

  // The light theme, a wide screen, and the same place after a reload.
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'light'));
  await page.reload();
  await chosen.waitFor();
  await page.getByRole('img', { name: /^Loss by epoch/ }).waitFor();
  await shot('8-light-and-wide');
  expect(complaints).toEqual([]);

  hark.child.kill('SIGTERM');
  expect((await hark.ended).code).toBe(0);
  expect(existsSync(path.join(folder, 'lab/lab.open.json'))).toBe(false);
});

/** Test accuracy by network, as the table of results shows it. */
async function testAccuracy(page: Page): Promise<Record<'rnn' | 'lstm' | 'gru', number>> {
  const of = async (cell: string) => {
    const row = page.getByRole('row', { name: new RegExp(`^${cell} `) }).first();
    return Number(/([\d.]+)\s%/.exec(await row.innerText())![1]) / 100;
  };
  return { rnn: await of('RNN'), lstm: await of('LSTM'), gru: await of('GRU') };
}
