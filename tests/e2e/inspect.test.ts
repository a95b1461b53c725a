import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hark, launch } from '../support/hark.ts';
import { temporaryFolder } from '../support/lab.ts';
import { expectAccessible } from '../support/page.ts';
import { testPages } from '../support/windows.ts';

/** Where the pictures are left, to be looked at. */
const SHOTS = path.join(import.meta.dirname, '../../screenshots/inspect');

const PATIENT = { timeout: 20_000 };

const newPage = testPages();

/** Heat maps in sight, by what they are called. */
const maps = (page: Page) => page.getByRole('img', { name: /units over \d+ frames/ });

/** How many colours a heat map shows. */
const shadesOf = (page: Page, name: RegExp) =>
  page
    .getByRole('img', { name })
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });

test('looks inside of networks while a clip plays, and takes pictures and numbers away', async () => {
  mkdirSync(SHOTS, { recursive: true });
  const lab = path.join(temporaryFolder(), 'lab');
  const options = ['--cells', 'lstm,gru', '--units', '24', '--layers', '2', '--bidirectional', '--pooling', 'attention', '--epochs', '2']; // prettier-ignore
  const trained = await hark(
    lab,
    'compare',
    ...options,
    '--no-report',
    '--name',
    'A comparison with a rather long name',
  );
  expect(trained.code, trained.stderr).toBe(0);
  const serving = launch(['cli', 'serve', '--no-open', '--lab', lab]);
  const [url] = await serving.until(/http:\/\/\S+/);
  const page = await newPage({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  const shot = (name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
  await page.goto(url);
  await page.getByText('Connected').waitFor();

  // The room leads to what a network got wrong.
  await page.keyboard.press('Alt+4');
  await expect.poll(() => page.url(), PATIENT).toMatch(/#\/inspect\/1\/\d+$/);
  const clips = page.getByRole('listbox', { name: 'Clips' });
  await clips.getByRole('option', { selected: true }).getByText(/: \S/).first().waitFor(); // prettier-ignore
  await page.getByRole('img', { name: /^Hidden state of the LSTM, 24 units over \d+ frames/ }).waitFor();
  await expect.poll(() => maps(page).count(), PATIENT).toBe(6);
  expect(await shadesOf(page, /^Hidden state of the LSTM/)).toBeGreaterThan(40);
  await page.getByText(/from .* on/).first().waitFor(); // prettier-ignore
  await page.getByRole('img', { name: /^Attention, at most/ }).waitFor();
  await page.getByRole('img', { name: /^Bright: the frames that the attention weighs most/ }).waitFor();
  await shot('1-gates');

  // The sound and every view are under one playhead.
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => Number(document.querySelector('[aria-label=Playhead]')?.ariaValueNow) > 0.1);
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.getByRole('button', { name: /^Play to there, where the LSTM/ }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();

  // Another layer, the other direction, another network, all of them.
  const first = await page.getByRole('region', { name: 'Signals in numbers' }).textContent();
  await page.getByText('Layer 2').click();
  await page.getByText('Backwards').click();
  await expect
    .poll(() => page.getByRole('region', { name: 'Signals in numbers' }).textContent(), PATIENT)
    .not.toBe(first);
  await page.getByText('layer 2, backwards').waitFor();
  await page.locator('label', { hasText: /^GRU$/ }).click();
  await page.getByRole('img', { name: /^Update gate of the GRU/ }).waitFor();
  await page.getByText('All together').click();
  await page.getByRole('img', { name: /^Hidden state of the LSTM/ }).waitFor();
  await page.getByRole('img', { name: /^Hidden state of the GRU/ }).waitFor();
  expect(await page.getByRole('img', { name: /^Update gate/ }).count()).toBe(0);
  await page.getByRole('button', { name: /^Update gate/ }).click();
  await page.getByRole('img', { name: /^Update gate/ }).waitFor();
  await shot('2-all-together');

  // A unit is followed, and let go.
  const map = (await page.getByRole('img', { name: /^Hidden state of the GRU/ }).boundingBox())!;
  await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
  const followed = page.getByRole('list', { name: /^Units followed/ });
  await followed.getByText(/^GRU hidden state, unit \d+$/).waitFor();
  await shot('3-followed');

  // What it likes: where it is strongest, in which classes; another unit is there at once, a moment leads to its clip.
  await followed.getByRole('button', { name: /^What it likes: GRU hidden state, unit \d+$/ }).click();
  const likes = page.getByRole('region', { name: 'What a unit likes' });
  await likes.getByText(/^It answers|^It never answers/).waitFor();
  await likes
    .getByText(/^Hidden state h, layer 2, backwards, unit \d+ of 24 · GRU, seed 0 · over \d+\stest clips$/)
    .waitFor();
  const moments = likes.getByRole('region', { name: 'Strongest moments' });
  expect(await moments.getByRole('row').count()).toBe(21);
  const sizes = await moments.locator('tbody td:first-child').allTextContents();
  const strengths = sizes.map((size) => Math.abs(Number(size.replace('−', '-'))));
  expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
  await moments.getByRole('button', { name: /^Hear half a second/ }).first().click(); // prettier-ignore
  const unit = likes.getByRole('textbox', { name: 'Unit, 0 to 23' });
  await unit.fill('5');
  await likes.getByRole('heading', { name: 'What GRU unit 5 likes' }).waitFor();
  await likes.getByText(/unit 5 of 24/).waitFor();
  await shot('9-likes');
  await moments.getByRole('button', { name: /^Look inside/ }).nth(3).click(); // prettier-ignore
  await followed.getByText('GRU hidden state, unit 5', { exact: true }).waitFor();
  await moments.locator('tr[data-here]').waitFor();
  await expectAccessible(page);
  await likes.getByRole('button', { name: 'Close what a unit likes' }).click();
  await followed.getByRole('button', { name: 'Do not follow GRU hidden state, unit 5' }).click();
  await followed.getByRole('button', { name: /^Do not follow/ }).click();
  await followed.waitFor({ state: 'detached' });

  // Another clip of the label that came out otherwise stands beside it.
  await page.locator('label', { hasText: /^LSTM$/ }).click();
  await page.getByRole('button', { name: /^Beside a (right|wrong) one$/ }).click();
  const beside = page.getByRole('region', { name: /^A clip it got (right|wrong)$/ });
  await beside.getByText(/^Got (right|wrong)$/).waitFor();
  await shot('8-beside');
  await beside.getByRole('button', { name: 'Close the clip beside' }).click();
  await beside.waitFor({ state: 'detached' });

  // What speaks for the answer, and what is said where a part is covered.
  await page.getByRole('combobox', { name: 'Saliency' }).click();
  await page.getByRole('option', { name: /integrated gradients/ }).click();
  await page.getByRole('img', { name: /^What speaks for/ }).waitFor();
  await page.getByRole('img', { name: /^Bright: what speaks for/ }).waitFor();
  await page.getByRole('button', { name: 'Cover the middle third' }).click();
  const covered = page.getByRole('status', { name: 'With the box covered' });
  await covered.getByText(/→/).waitFor();
  const said = await covered.textContent();
  await covered.getByRole('textbox', { name: 'Covered to, s' }).fill('0.05');
  await page.keyboard.press('Tab');
  const spectrogram = (await page.getByText(/^hann \d+ · FFT/).boundingBox())!;
  await page.mouse.move(spectrogram.x + 40, spectrogram.y - 100);
  await page.mouse.down();
  await page.mouse.move(spectrogram.x + 400, spectrogram.y - 10, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => covered.textContent(), PATIENT).not.toBe(said);
  await shot('4-covered');
  await covered.getByRole('button', { name: 'Uncover' }).click();
  await covered.waitFor({ state: 'detached' });

  // Pictures and numbers go with one.
  const save = async (item: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
    return readFile(await (await download).path());
  };
  const svg = (await save('Picture as SVG')).toString();
  expect(svg).toMatch(/^<svg .*LSTM: forget gate f.*<\/svg>$/s);
  expect((await save('Picture as PNG')).subarray(1, 4).toString()).toBe('PNG');
  const rows = (await save('Numbers as CSV, a row a frame')).toString().trim().split('\r\n');
  const head = rows[0].split(',');
  expect(head.filter((name) => name.startsWith('forget_'))).toHaveLength(24);
  const forget = head.indexOf('forget_0');
  for (const row of rows.slice(1)) {
    const gate = Number(row.split(',')[forget]);
    expect(gate).toBeGreaterThan(0);
    expect(gate).toBeLessThan(1);
  }

  // By keys alone, from clip to clip; a search that finds nothing says so.
  await clips.focus();
  const before = page.url();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url(), PATIENT).not.toBe(before);
  await page.locator('[aria-label^="Inside of networks over"][aria-busy=false]').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('/');
  await page.keyboard.type('nothing like it');
  await page.getByText(/^0.test clips of \d+/).waitFor();
  await shot('5-nothing-found');

  // What is cut in the Studio is drawn and asked about as it is then.
  await page.getByPlaceholder('File, label or answer').fill('');
  const length = async () => Number(await page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuemax'));
  const whole = await length();
  const back = page.url();
  await page.getByRole('link', { name: 'Edit in the Studio' }).click();
  const selection = page.getByRole('group', { name: 'Selection' });
  for (const [name, value] of [
    ['Start, s', '0'],
    ['End, s', '0.05'],
  ] as const) {
    await selection.getByRole('textbox', { name }).fill(value);
    await selection.getByRole('textbox', { name }).press('Enter');
  }
  await page.getByRole('toolbar', { name: 'Edit sound' }).getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('1 edit', { exact: true }).waitFor();
  const drawn = page.waitForRequest((request) => /\/spectrogram\?v=/.test(request.url()));
  await page.goto(back);
  await drawn;
  await expect.poll(length, PATIENT).toBeCloseTo(whole - 0.05, 3);
});

test('an empty lab leads to the first training; a comparison that has gone is said to be', async () => {
  const lab = path.join(temporaryFolder(), 'lab');
  await hark(lab, 'doctor');
  const serving = launch(['cli', 'serve', '--no-open', '--lab', lab]);
  const [url] = await serving.until(/http:\/\/\S+/);
  const page = await newPage();
  await page.goto(url);
  await page.getByText('Connected').waitFor();
  await page.evaluate(() => (location.hash = '#/inspect'));
  await page.getByText('No network to look into yet').waitFor();
  await page.getByRole('link', { name: 'Compare networks' }).waitFor();
  await page.screenshot({ path: path.join(SHOTS, '6-empty.png') });
  await page.evaluate(() => (location.hash = '#/inspect/77/1'));
  await page.getByRole('alert').getByText('This comparison cannot be looked into').waitFor();
  await page.screenshot({ path: path.join(SHOTS, '7-gone.png') });
});
