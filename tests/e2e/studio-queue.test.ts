import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { labOf } from '../support/call.ts';
import { writeTones } from '../support/comparison-lab.ts';
import { hark, launch } from '../support/hark.ts';
import { temporaryFolder } from '../support/lab.ts';
import { expectAccessible } from '../support/page.ts';
import { testPages } from '../support/windows.ts';

/** Where pictures of the two pages are left, to be looked at. */
const SHOTS = path.join(import.meta.dirname, '../../screenshots/studio-queue');

const newPage = testPages();

interface StudioOptions {
  /** What is done to the folder of tones before it is imported. */
  change?(folder: string): void;
  /** What the test makes the page complain of on purpose. */
  complaints?: RegExp;
}

/** A lab on the real host with a dataset of rising and falling tones, its window open at a page of the studio. */
async function openStudio(at: string, { change, complaints }: StudioOptions = {}) {
  mkdirSync(SHOTS, { recursive: true });
  const folder = temporaryFolder();
  const tones = writeTones(path.join(folder, 'tones'), 20);
  change?.(tones);
  const lab = path.join(folder, 'lab');
  expect((await hark(lab, 'import', tones)).code).toBe(0);
  const running = launch(['start', '--no-open', '--lab', lab]);
  const [url] = await running.until(/http:\/\/\S+/);
  const page = await newPage({ complaints });
  await page.addInitScript(() =>
    localStorage.setItem('hark.selection', JSON.stringify({ state: { dataset: 1, autoplay: null }, version: 0 })),
  );
  await page.goto(url);
  await page.getByText('Connected').waitFor();
  await page.evaluate((hash) => (location.hash = hash), at);
  const shot = (name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
  return { page, shot, tones, lab };
}

const queueOf = (page: Page) => page.getByRole('region', { name: 'Queue' });
/** The clip at hand: its class by its folder. */
const fileOf = async (page: Page) =>
  (await queueOf(page)
    .getByRole('region', { name: /^Clip / })
    .getAttribute('aria-label'))!.slice('Clip '.length);
const at = (page: Page, words: RegExp | string) => queueOf(page).getByText(words).first().waitFor();

describe('the queue', () => {
  test('30 clips are labelled by keys alone, and every step can be taken back', async () => {
    const { page, shot } = await openStudio('/studio/queue');
    await at(page, /^Clip 1 of 40/);
    await page.getByRole('slider', { name: 'Playhead' }).first().waitFor();
    const digit: Record<string, string> = { falling: '1', rising: '2' };
    for (let clip = 1; clip <= 30; clip++) {
      await at(page, new RegExp(`^Clip ${clip} of 40`));
      await page.keyboard.press(digit[(await fileOf(page)).split('/')[0]]);
      await queueOf(page).getByText('Done', { exact: true }).first().waitFor();
      await page.keyboard.press('Enter');
    }
    await at(page, /^Clip 31 of 40, 30 finished now/);
    await at(page, /Of 40\sclips in the dataset: 10 to do, 30 done, 0 checked, 0 rejected/);
    await at(page, /clips a minute/);
    await shot('1-thirty');
    await expectAccessible(page);

    // A class made on the way has the next key, and is there for the next clip.
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Name' }).fill('odd');
    await page.keyboard.press('Enter');
    await queueOf(page).getByLabel('Label: odd').waitFor();
    await queueOf(page).getByRole('button', { name: '3 odd', pressed: true }).waitFor();
    await page.keyboard.press('Enter');
    await at(page, /^Clip 32 of 40/);
    await page.keyboard.press('3');
    await queueOf(page).getByLabel('Label: odd').waitFor();

    // One undo a step, each at its clip.
    await page.keyboard.press('Control+z');
    await queueOf(page).getByLabel('Label: rising').waitFor();
    await at(page, /^Clip 32 of 40/);
    await page.keyboard.press('Control+z');
    await at(page, /^Clip 31 of 40/);
    await queueOf(page).getByLabel('Label: rising').waitFor();
    await at(page, /10 to do, 30 done/);

    // Skip, back, rejected, checked, a note.
    await page.keyboard.press('s');
    await at(page, /^Clip 32 of 40/);
    await page.keyboard.press('Backspace');
    await at(page, /^Clip 31 of 40/);
    await page.keyboard.press('x');
    await at(page, /^Clip 32 of 40/);
    await page.keyboard.press('c');
    await at(page, /^Clip 33 of 40/);
    await at(page, /8 to do, 30 done, 1 checked, 1 rejected/);
    await page.keyboard.press('m');
    await page.keyboard.type('clicks');
    await page.keyboard.press('Escape');
    await page.keyboard.press('s');
    await at(page, /^Clip 34 of 40/);
    for (let clip = 34; clip <= 40; clip++) {
      await at(page, new RegExp(`^Clip ${clip} of 40`));
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { name: /^Through all 40\sclips$/ }).waitFor();
    await shot('2-through');
    await page.getByRole('button', { name: 'Go through what is left' }).click();
    await at(page, /^Clip 1 of 1/);
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('clicks');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^All 1\sclip/ }).waitFor();
  });

  test('orders, states and what is missing', async () => {
    const { page, shot, tones } = await openStudio('/studio/queue', { complaints: /status of 404/ });
    await at(page, /^Clip 1 of 40/);
    const first = await fileOf(page);
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'Most suspect first' }).click();
    await page.getByText('Wrong labels have not been searched for').waitFor();
    await shot('3-no-search');
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'By file' }).click();
    await at(page, /^Clip 1 of 40/);

    rmSync(path.join(tones, first));
    await page.reload();
    await at(page, /^Clip 1 of 40/);
    await page.getByText(/is not there any more|could not be|cannot be played/).first().waitFor(); // prettier-ignore
    await shot('4-missing');
    await page.keyboard.press('s');
    await at(page, /^Clip 2 of 40/);
    await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'light'));
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.reload();
    await page.getByRole('checkbox', { name: 'Checked' }).press('Space');
    await page.getByRole('checkbox', { name: 'To do' }).press('Space');
    await page.getByRole('heading', { name: 'Nothing to label' }).waitFor();
    await shot('5-nothing');
    await expectAccessible(page);
  });
});

test('suspect labels: found by one click, accepted or refused by one key, undone by one', async () => {
  const planted = (folder: string) =>
    renameSync(path.join(folder, 'rising/7.wav'), path.join(folder, 'falling/rises.wav'));
  const { page, shot } = await openStudio('/studio/suspects', { change: planted });
  await page.getByText(/50\snetworks \(5 folds, 5\sseeds\) on 40\sclips of 2\sclasses/).waitFor();
  await shot('6-before');
  await expectAccessible(page);
  const begin = page.getByRole('button', { name: 'Search for suspect labels' });
  await begin.click();
  await page.getByRole('heading', { name: 'Searching for suspect labels' }).waitFor();
  await page.getByText(/LSTM, seed 1 of 5/).waitFor({ timeout: 60_000 });
  await shot('7-searching');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await begin.waitFor();
  // A search of the whole size takes minutes: three networks a kind are enough for tones.
  await (await labOf(page)).studio.findSuspects({ dataset: 1, folds: 3, seeds: [1] });
  await page.getByText(/LSTM, seed 1 of 1/).waitFor({ timeout: 60_000 });
  const list = page.getByRole('listbox', { name: /most suspect of 40\sclips/ });
  await list.waitFor({ timeout: 120_000 });
  const chosen = list.getByRole('option', { selected: true });
  expect(await chosen.innerText()).toContain('rises.wav');
  await page.getByRole('slider', { name: 'Playhead' }).first().waitFor();
  await shot('8-found');
  await expectAccessible(page);

  const verdicts = page.getByRole('status').filter({ hasText: 'accepted' });
  await page.keyboard.press('y');
  await expect.poll(() => verdicts.innerText()).toBe('1 accepted, 0 refused');
  await list.getByRole('option', { name: /^1\s*rises/ }).getByText('accepted').waitFor(); // prettier-ignore
  await page.keyboard.press('u');
  await expect.poll(() => verdicts.innerText()).toBe('0 accepted, 0 refused');
  expect(await chosen.innerText()).toContain('rises.wav');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('n');
  await expect.poll(() => verdicts.innerText()).toBe('0 accepted, 1 refused');
  await page.keyboard.press('Control+z');
  await expect.poll(() => verdicts.innerText()).toBe('0 accepted, 0 refused');
});
