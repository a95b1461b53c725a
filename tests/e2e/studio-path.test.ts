import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { launch } from '../support/hark.ts';
import { temporaryFolder } from '../support/lab.ts';
import { describeShared, sharedPath } from '../support/shared.ts';
import { testPages } from '../support/windows.ts';

/** Where the pictures of the path are left, to be looked at. */
const SHOTS = path.join(import.meta.dirname, '../../screenshots/studio-path');

const newPage = testPages();

/** What the lab answers of the clip's sound now, as 16-bit samples. */
const soundOf = (page: Page, clip: number) =>
  page.evaluate(async (id) => {
    const answer = await fetch(`/bulk/clips/${id}/samples?from=0&count=220500&v=${Math.random()}`);
    return [...new Float32Array(await answer.arrayBuffer())];
  }, clip);

/** Seconds in sight: from what the crosshair says at both ends of the waveform. */
async function inSight(page: Page): Promise<number> {
  const box = (await lane(page, 'waveform').boundingBox())!;
  const words = page.locator('output').filter({ hasText: 'sample' });
  const at = async (x: number) => {
    await page.mouse.move(box.x + x, box.y + 10);
    return Number(/sample (\d+)/.exec((await words.textContent()) ?? '')![1]);
  };
  return ((await at(box.width - 2)) - (await at(1))) / 44_100;
}

const lane = (page: Page, name: string): Locator => page.locator(`[data-lane="${name}"]`).first();

describeShared('a person’s path in the studio', () => {
  test('imports ESC-10, turns a band of a clip down, hears it, takes it back and again, labels it and goes on', async () => {
    mkdirSync(SHOTS, { recursive: true });
    const hark = launch(['start', '--no-open', '--lab', path.join(temporaryFolder(), 'lab')]);
    const [url] = await hark.until(/http:\/\/\S+/);
    const page = await newPage();
    const shot = (name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
    await page.goto(url);
    await page.getByText(/done: 880 clips/).waitFor({ timeout: 120_000 });

    await page.keyboard.press('Control+i');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill(sharedPath('data/esc10'));
    await page.keyboard.press('Enter');
    await dialog.getByText(/ESC-10/).first().waitFor(); // prettier-ignore
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.getByText(/40.clips, 10.classes/).waitFor({ timeout: 60_000 });
    await shot('1-imported');
    await dialog.getByRole('button', { name: 'Look at it' }).click();

    await page.keyboard.press('Alt+2');
    const clips = page.getByRole('listbox', { name: 'Clips' });
    await clips.getByRole('option', { name: /4-164021-A-1/ }).click();
    const clip = Number(/clip\/(\d+)/.exec(page.url())![1]);
    const spectrogram = lane(page, 'spectrogram');
    await page.getByText(/^hann \d+ · FFT \d+/).waitFor();
    const box = (await spectrogram.boundingBox())!;
    for (let i = 0; i < 60 && (await inSight(page)) > 0.05; i++) {
      await page.mouse.move(box.x + 0.4 * box.width, box.y + 100);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -120);
      await page.keyboard.up('Control');
    }
    expect(await inSight(page)).toBeLessThanOrEqual(0.05);
    await shot('2-fifty-milliseconds');

    const original = await soundOf(page, clip);
    await page.mouse.move(box.x + 0.3 * box.width, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 160, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.press('Alt+b');
    const form = page.getByRole('form', { name: 'Attenuate the box' });
    await form.waitFor();
    await shot('3-box-tried');
    await form.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(/^1.edit$/).waitFor({ timeout: 20_000 });
    const attenuated = await soundOf(page, clip);
    expect(attenuated).not.toEqual(original);

    // Heard: the selection is played to its end and the player rests.
    const pressed = () => page.getByRole('button', { name: 'Pause' }).count();
    await page.keyboard.press('Space');
    await expect.poll(pressed, { interval: 5, timeout: 10_000 }).toBeLessThanOrEqual(1);
    await expect.poll(pressed, { timeout: 10_000 }).toBe(0);
    await shot('4-attenuated');

    await page.keyboard.press('Alt+g');
    await page.getByRole('form', { name: 'Gain' }).getByRole('button', { name: 'Apply' }).click();
    await page.getByText(/^2.edits$/).waitFor({ timeout: 20_000 });
    for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByText(/^\d.edits?$/).count(), { timeout: 20_000 }).toBe(0);
    expect(await soundOf(page, clip)).toEqual(original);
    await page.keyboard.press('Control+Shift+z');
    await page.getByText(/^1.edit$/).waitFor({ timeout: 20_000 });
    expect(await soundOf(page, clip)).toEqual(attenuated);

    await page.getByRole('button', { name: /^Label: rooster/ }).click();
    await page.getByRole('combobox', { name: 'Label' }).fill('crowing');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Label: crowing/ }).waitFor();
    await shot('5-labelled');
    await page.getByRole('slider', { name: 'Playhead' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.url()).not.toContain(`clip/${clip}`);
    await page.getByRole('button', { name: /^Label: rain/ }).waitFor();
    await shot('6-the-next');
  });
});
