import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { launch } from '../support/hark.ts';
import { expectAccessible } from '../support/page.ts';
import { testPages } from '../support/windows.ts';

/** Where pictures are left, to be looked at. */
const SHOTS = path.join(import.meta.dirname, '../../screenshots/studio-view');

const newPage = testPages();

/** Places the playhead has been seen at, seconds. */
type Watched = typeof globalThis & { seen: number[] };

const lane = (page: Page, kind: string) => page.locator(`[data-lane=${kind}]`).first();
const field = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Selection' }).getByRole('textbox', { name, exact: true });
const value = async (input: Locator) => Number(await input.inputValue());

/** Drags over a lane; places are shares of its width and height. */
async function drag(page: Page, on: Locator, from: [number, number], to: [number, number]): Promise<void> {
  const box = (await on.boundingBox())!;
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
  await page.mouse.move(...at(to));
  await page.mouse.up();
}

/** Different colours on a lane's canvas: a picture that is there has many. */
const shades = (on: Locator) =>
  on.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });

/** Seconds in sight: from what the crosshair says at both ends of the waveform. */
async function inSight(page: Page): Promise<{ start: number; end: number }> {
  const box = (await lane(page, 'waveform').boundingBox())!;
  const words = page.locator('output').filter({ hasText: 'sample' });
  const at = async (x: number) => {
    await page.mouse.move(box.x + x, box.y + box.height / 2);
    return Number(/sample (\d+)/.exec((await words.textContent()) ?? '')![1]);
  };
  return { start: (await at(1)) / 16_000, end: (await at(box.width - 2)) / 16_000 };
}

it('shows a clip down to its samples, takes exact selections, and keeps regions that can be undone', async () => {
  mkdirSync(SHOTS, { recursive: true });
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'hark-studio-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const hark = launch(['start', '--no-open', '--lab', path.join(folder, 'lab')]);
  const [url] = await hark.until(/http:\/\/\S+/);
  const page = await newPage();
  const shot = (name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });

  await page.goto(url);
  await page.getByRole('row', { name: /880.*built-in sample|built-in sample.*880/ }).waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Studio' }).first().click();
  await page.getByText('No clip chosen').waitFor();
  await page.getByRole('listbox', { name: 'Clips' }).getByRole('option').first().click();
  const [wave, spectrogram] = [lane(page, 'waveform'), lane(page, 'spectrogram')];
  await page.getByText(/^hann 400 · FFT 512 · hop/).waitFor();
  await expect.poll(() => shades(spectrogram), { timeout: 20_000 }).toBeGreaterThan(100);
  await expect.poll(() => shades(wave)).toBeGreaterThan(1);
  await shot('1-whole');
  await expectAccessible(page);

  await page.getByRole('slider', { name: 'Playhead' }).focus();

  // By the wheel at the pointer, then by keys, to 50 ms and on to single samples.
  const box = (await wave.boundingBox())!;
  const whole = await inSight(page);
  await page.mouse.move(box.x + box.width / 2, box.y + 20);
  await page.keyboard.down('Control');
  for (let i = 0; i < 5; i++) await page.mouse.wheel(0, -120);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await inSight(page)).start).toBeGreaterThan(0.05);
  const zoomed = await inSight(page);
  const middle = (whole.start + whole.end) / 2;
  expect((zoomed.start + zoomed.end) / 2).toBeCloseTo(middle, 2);
  for (let i = 0; i < 20 && (await inSight(page)).end - (await inSight(page)).start > 0.05; i++)
    await page.keyboard.press('+');
  const near = await inSight(page);
  expect(near.end - near.start).toBeLessThanOrEqual(0.05);
  await expect.poll(() => shades(spectrogram)).toBeGreaterThan(50);
  await page.keyboard.press('PageDown');
  await expect.poll(async () => (await inSight(page)).start).toBeGreaterThan(near.start + 0.01);
  await page.keyboard.press('Shift+S');
  await expect.poll(async () => (await inSight(page)).end - (await inSight(page)).start).toBeLessThan(0.006);
  await expect.poll(() => shades(wave)).toBeGreaterThan(5);
  await shot('2-samples');
  await page.keyboard.press('f');
  await expect.poll(async () => (await inSight(page)).start).toBeLessThan(0.005);

  // A box, then its exact figures.
  await drag(page, spectrogram, [0.3, 0.3], [0.5, 0.6]);
  expect(await value(field(page, 'From, Hz'))).toBeGreaterThan(300);
  expect(await value(field(page, 'To, Hz'))).toBeLessThan(5000);
  for (const [name, typed] of [
    ['Start, s', '0.2'],
    ['End, s', '0.35'],
    ['From, Hz', '1000'],
    ['To, Hz', '3000'],
  ]) {
    // prettier-ignore
    await field(page, name).fill(typed);
    await field(page, name).press('Enter');
  }
  expect(await value(field(page, 'Length, s'))).toBeCloseTo(0.15, 6);
  await page.getByRole('button', { name: /^Times in seconds/ }).click();
  expect(await value(field(page, 'Length, samples'))).toBe(2400);
  await page.getByRole('button', { name: /^Times in samples/ }).click();

  // It is played from its start to its end, and no further; then the playhead stands at its start again.
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  await playhead.focus();
  await page.evaluate(() => {
    const seen: number[] = ((globalThis as Watched).seen = []);
    const head = document.querySelector('[aria-label=Playhead]')!;
    new MutationObserver(() => seen.push(Number(head.ariaValueNow))).observe(head, { attributes: true });
  });
  await page.keyboard.press('Space');
  const farthest = () => page.evaluate(() => Math.max(0, ...(globalThis as Watched).seen));
  await expect.poll(farthest, { timeout: 20_000 }).toBeGreaterThan(0.3);
  await expect.poll(async () => Number(await playhead.getAttribute('aria-valuenow'))).toBeCloseTo(0.2, 2);
  await page.getByRole('button', { name: 'Play the selection' }).waitFor();
  expect(await farthest()).toBeLessThan(0.45);

  // A region of it, named where it stands.
  await page.keyboard.press('Enter');
  const naming = page.getByRole('textbox', { name: 'Label of the region' });
  await naming.waitFor();
  await shot('3-naming');
  await naming.fill('burst');
  await naming.press('Enter');
  const table = page.getByRole('grid', { name: 'Regions' });
  await table.getByRole('row', { name: /Regions 0\.200 0\.350 1000–3000 burst/ }).waitFor();

  // Its edge is dragged by a fifth of what is in sight, renamed in the table by keys, and all is taken back.
  const sight = await inSight(page);
  const share = (seconds: number) => (seconds - sight.start) / (sight.end - sight.start);
  await drag(page, spectrogram, [share(0.35), 0.4], [share(0.45), 0.4]);
  const dragged = table.getByRole('row', { name: /burst/ });
  await expect.poll(async () => Number(/0\.200 (\d\.\d+)/.exec((await dragged.innerText()).replace(/\s+/g, ' '))?.[1])).toBeCloseTo(0.45, 1); // prettier-ignore
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await table.getByRole('textbox').fill('vowel');
  await page.keyboard.press('Enter');
  await table.getByRole('row', { name: /vowel/ }).waitFor();
  await shot('4-regions');
  await expectAccessible(page);
  await page.keyboard.press('Control+z');
  await table.getByRole('row', { name: /burst/ }).waitFor();
  await page.keyboard.press('Control+z');
  await table.getByRole('row', { name: /0\.200 0\.350 .* burst/ }).waitFor();

  // Pictures to take away.
  for (const format of ['PNG', 'SVG']) {
    await page.getByRole('button', { name: 'Save the picture' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: format }).click();
    const file = path.join(folder, `picture.${format.toLowerCase()}`);
    await (await download).saveAs(file);
    const content = readFileSync(file);
    if (format === 'PNG') {
      expect(content.subarray(1, 4).toString()).toBe('PNG');
      expect(content.readUInt32BE(16)).toBe(2400);
    } else {
      expect(content.toString()).toMatch(/^<svg .*<polygon .*href="data:image\/png;base64,.*burst.*<\/svg>$/s);
    }
  }

  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'light'));
  await page.reload();
  await table.getByRole('row', { name: /burst/ }).waitFor();
  await expect.poll(() => shades(spectrogram), { timeout: 20_000 }).toBeGreaterThan(100);
  await shot('5-light-and-wide');
  await expectAccessible(page);
});
