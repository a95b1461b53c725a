/**
 * Takes the pictures of `resources/guide/five-for-nine.md` as its reader would see them: a comparison on the Free Spoken Digit Dataset,
 * then the way the page tells, in a browser, in both colour schemes. Prints the figures that the page cites.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { addressOf, LAUNCH, serve } from '../bench/window.ts';
import { launchBrowser } from '../tests/support/browser.ts';

const OUT = path.join(import.meta.dirname, '../resources/guide/five-for-nine');
const VIEWPORT = { width: 1280, height: 860 };
const WORK = mkdtempSync(path.join(tmpdir(), 'hark-guide-'));
const LAB = path.join(WORK, 'lab');
/** Where in the clip its silence ends, seconds. */
const SILENCE = 0.225;

const folder = process.argv[2] ?? path.join(process.env['HARK_SHARED'] ?? '../shared', 'data/fsdd');
process.exitCode = await takeAll();

async function takeAll(): Promise<number> {
  const options = ['--cells', 'rnn,lstm,gru,dnn', '--epochs', '8', '--no-report', '--name', 'Digits, 8 epochs'];
  const command = [LAUNCH, 'cli', 'compare', path.resolve(folder), '--lab', LAB, ...options];
  const trained = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (trained.status !== 0) return trained.status ?? 1;
  const serving = serve(LAB);
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    await page.goto(await addressOf(serving));
    await page.getByText('Connected').waitFor();
    const clip = await findMistake(page);
    await asHeard(page, clip);
    await withoutSilence(page, clip);
    return 0;
  } finally {
    await browser.close();
    serving.kill();
    await new Promise((resolve) => serving.once('close', resolve));
    rmSync(WORK, { recursive: true, force: true });
  }
}

/** The pictures are of no machine: where the lab lies is told as its reader's would. */
function hidePlace(page: Page): Promise<void> {
  return page.evaluate((folder) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.textContent?.includes(folder)) node.textContent = node.textContent.replace(folder, '~/labs');
  }, WORK);
}

/** Takes a picture of the window, or of a part of it, in the light and in the dark. */
async function take(page: Page, name: string, part: Locator | Page = page): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    if ((await page.locator('html').getAttribute('data-mantine-color-scheme')) !== scheme)
      await page.keyboard.press('Control+Shift+L');
    await page.waitForFunction((wanted) => document.documentElement.dataset['mantineColorScheme'] === wanted, scheme);
    // The pointer leaves crosshairs, the change of colours is drawn anew.
    await page.mouse.move(5, VIEWPORT.height - 5);
    await page.waitForTimeout(800);
    await hidePlace(page);
    const shot = (await part.screenshot()).toString('base64');
    const webp = await page.evaluate(async (png) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      canvas.getContext('2d')!.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.9).split(',')[1];
    }, shot);
    writeFileSync(path.join(OUT, `${name}${scheme === 'dark' ? '.dark' : ''}.webp`), Buffer.from(webp, 'base64'));
  }
}

/** The RNN's matrix, with what it took for five. @returns the clip */
async function findMistake(page: Page): Promise<number> {
  await page.evaluate(() => (location.hash = '#/compare/1'));
  const section = page.getByRole('region', { name: 'Confusion matrices' });
  await section.scrollIntoViewIfNeeded();
  const matrix = section.locator('[data-matrix="rnn"]').getByRole('grid');
  await matrix.focus();
  const column = (await matrix.getByRole('columnheader').allInnerTexts()).findIndex((name) => name.trim() === '5');
  const row = matrix.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '9', exact: true }) });
  await row.locator(`[role=gridcell][data-column="${column}"]`).click();
  const panel = page.getByRole('complementary', { name: 'Clips behind the matrix' });
  await panel.getByRole('rowheader', { name: /truth/ }).waitFor();
  await section.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await take(page, '1-matrix');
  await panel.getByRole('link', { name: 'Look inside the networks' }).click();
  await page.getByRole('img', { name: /^Hidden state/ }).first().waitFor(); // prettier-ignore
  return Number(/\/inspect\/1\/(\d+)$/.exec(page.url())![1]);
}

async function asHeard(page: Page, clip: number): Promise<void> {
  await page.getByText('All together').click();
  const head = page.getByRole('region', { name: /^Inside of networks over/ });
  await page.getByRole('button', { name: /^Play to there, where the GRU/ }).waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-label^="Inside of networks"][aria-busy=false]'));
  console.log(`clip ${clip}: ${(await head.locator('header').innerText()).replaceAll('\n', ' ')}`);
  await take(page, '2-all-together');
  await page.locator('label', { hasText: /^RNN$/ }).click();
  await page.getByRole('button', { name: 'Beside a right one' }).click();
  await page
    .getByRole('region', { name: /^A clip it got right/ })
    .getByText('Got right')
    .waitFor();
  await page.waitForTimeout(1500);
  await take(page, '3-beside');
  await page.getByRole('button', { name: 'Close the clip beside' }).click();
}

async function withoutSilence(page: Page, clip: number): Promise<void> {
  await page.getByRole('link', { name: 'Edit in the Studio' }).click();
  const selection = page.getByRole('group', { name: 'Selection' });
  for (const [name, value] of [
    ['Start, s', '0'],
    ['End, s', String(SILENCE)],
  ] as const) {
    const field = selection.getByRole('textbox', { name });
    await field.fill(value);
    await field.press('Enter');
  }
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('1 edit', { exact: true }).waitFor();
  await page.evaluate((number) => (location.hash = `#/inspect/1/${number}`), clip);
  await page.getByText(/5 when it was tested/).waitFor();
  const head = page.getByRole('region', { name: /^Inside of networks over/ });
  console.log(`without its silence: ${(await head.locator('header').innerText()).replaceAll('\n', ' ')}`);
  await page.waitForTimeout(1500);
  await take(page, '4-without-silence');
}
