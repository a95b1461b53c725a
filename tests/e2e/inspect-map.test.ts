import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/page.ts';
import { lab, page, testWindows } from '../support/windows.ts';

const PATIENT = { timeout: 20_000 };

const open = testWindows({ at: '#/inspect/map', patience: PATIENT.timeout });

const map = () => page.getByRole('application', { name: /^Map: / });
const card = () => page.getByRole('region', { name: /^Clip / });
const marked = () => page.getByText(/^\d+\sclips? marked/);

/** Colours that fill a good part of the points on the canvas; what is faint is none. */
const coloursOf = (canvas: Locator) =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    const opaque = new Uint32Array(data.buffer).filter((word) => word >>> 24 === 255);
    const counts = new Map<number, number>();
    for (const word of opaque) counts.set(word, (counts.get(word) ?? 0) + 1);
    return [...counts.values()].filter((count) => count > 300).length;
  });

/** Drags over the map along places given as shares of its size. */
async function drag(places: [number, number][]): Promise<void> {
  const box = (await map().boundingBox())!;
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(places[0]));
  await page.mouse.down();
  for (const place of places.slice(1)) await page.mouse.move(...at(place), { steps: 8 });
  await page.mouse.up();
}
const ALL: [number, number][] = [
  [0.005, 0.01],
  [0.995, 0.01],
  [0.995, 0.99],
  [0.005, 0.99],
];

describe('the map of clips', () => {
  it('shows every clip with what it rests on', async () => {
    await open();
    await map().waitFor();
    await page.getByText(/^300\sclips \(test\) · LSTM, seed 0 · 128 values before the head · PCA$/).waitFor();
    await page.getByText(/Of the 10 nearest neighbours in the full space .* bear the clip’s own label .*, n = 300 clips/).waitFor(); // prettier-ignore
    await page.getByText('The two axes hold 42.0').waitFor();
    await page.getByText('1\u00a0clip left out, which could not be read').click();
    await page.getByText('silent/unreadable_0.wav: The file is empty.').waitFor();
    const canvas = map().locator('canvas').first();
    await expect.poll(() => coloursOf(canvas), PATIENT).toBeGreaterThan(8);
    const legend = page.getByRole('group', { name: 'Classes' });
    expect(await legend.getByRole('button').count()).toBe(10);
    // One class alone: the others are faint, none of their colours is full.
    await legend.getByRole('button', { name: /^seven/ }).click();
    await expect.poll(() => coloursOf(canvas), PATIENT).toBeLessThan(4);
    await legend.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => coloursOf(canvas), PATIENT).toBeGreaterThan(8);
    await page.getByLabel('Coloured by').selectOption('outcome');
    await page
      .getByRole('group', { name: 'Answers' })
      .getByRole('button', { name: /^wrong/ })
      .waitFor();
  });

  it('is gone through by the keyboard alone: chosen, marked, heard, cleared', async () => {
    await open();
    await map().focus();
    await page.keyboard.press('ArrowRight');
    await card().waitFor();
    const first = await card().getAttribute('aria-label');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => card().getAttribute('aria-label'), PATIENT).not.toBe(first);
    const audio = page.waitForRequest(/\/bulk\/clips\/\d+\/audio\.wav/);
    await page.keyboard.press('Enter');
    await audio;
    await page.keyboard.press('Space');
    await page.getByText('1\u00a0clip marked').waitFor();
    await page.keyboard.press('Shift+ArrowUp');
    await page.getByText('2\u00a0clips marked').waitFor();
    const near = page.getByRole('region', { name: 'Nearest neighbours as a table' });
    expect(await near.getByRole('row').count()).toBe(11);
    await near.getByRole('row').nth(1).getByRole('button').first().click(); // prettier-ignore
    await map().focus();
    await page.keyboard.press('Escape');
    await page.getByText('No clip chosen').waitFor();
    await page.getByText(/^Drag around clips/).waitFor();
  });

  it('marks what a drag goes around, and adds with Shift; a press chooses, the pointer lets clips be heard', async () => {
    await open();
    await map().waitFor();
    await drag(ALL);
    await page.getByText('300\u00a0clips marked').waitFor();
    await drag([
      [0.005, 0.01],
      [0.4, 0.01],
      [0.4, 0.99],
      [0.005, 0.99],
    ]);
    await expect.poll(() => marked().textContent(), PATIENT).not.toContain('300');
    const left = Number.parseInt((await marked().textContent())!, 10);
    expect(left).toBeGreaterThan(20);
    await page.keyboard.down('Shift');
    await drag([
      [0.6, 0.01],
      [0.995, 0.01],
      [0.995, 0.99],
      [0.6, 0.99],
    ]);
    await page.keyboard.up('Shift');
    await expect
      .poll(async () => Number.parseInt((await marked().textContent())!, 10), PATIENT)
      .toBeGreaterThan(left + 20);
    await page.getByRole('button', { name: 'Clear' }).click();

    const box = (await map().boundingBox())!;
    const audio = page.waitForRequest(/\/bulk\/clips\/\d+\/audio\.wav/);
    for (let step = 0; step < 200 && !(await map().getAttribute('data-point')); step++)
      await page.mouse.move(
        box.x + box.width * (0.3 + 0.002 * step),
        box.y + box.height * (0.5 + 0.1 * Math.sin(step)),
      );
    await audio;
    const said = await map().locator('output').textContent();
    await page.mouse.down();
    await page.mouse.up();
    await card()
      .getByText(said!.match(/\d_[a-z]+_\d+\.wav/)![0])
      .waitFor();
    await page.getByRole('checkbox', { name: 'Hear clips under the pointer' }).uncheck();
  });

  it('zooms by the wheel and moves by the tool', async () => {
    await open();
    await map().waitFor();
    const canvas = map().locator('canvas').first();
    const picture = () => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
    await expect.poll(() => coloursOf(canvas), PATIENT).toBeGreaterThan(8);
    const whole = await picture();
    const box = (await map().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -600);
    await expect.poll(picture, PATIENT).not.toBe(whole);
    const near = await picture();
    await page.locator('label', { hasText: /^Move$/ }).click();
    await drag([
      [0.5, 0.5],
      [0.7, 0.6],
    ]);
    await expect.poll(picture, PATIENT).not.toBe(near);
    expect(await marked().count()).toBe(0);
    await page.getByRole('button', { name: /^Show all \(0\)/ }).click();
    await expect.poll(picture, PATIENT).toBe(whole);
  });

  it('leaves as a picture and as numbers', async () => {
    await open();
    await map().waitFor();
    const save = async (name: string) => {
      await page.getByRole('button', { name: 'Save' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name }).click(),
      ]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    };
    const csv = await save('Numbers as CSV');
    expect(csv.name).toBe('Overnight-ten-seeds-lstm-0-pca.csv');
    const lines = csv.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(301);
    expect(lines[0]).toBe('file,part,label,prediction,probability,speaker,x,y');
    const svg = await save('Picture as SVG');
    expect(svg.text.match(/<path/g)!.length).toBe(300 + 10);
    expect(svg.text).toContain('PC 1 (42.0');
    expect((await save('Picture as PNG')).text.slice(1, 4)).toBe('PNG');
  });
});

describe('while a map is made', () => {
  it('says how far it is, shows the one before, and can be stopped and begun again', async () => {
    await open({ lab: { walkMs: 1500 } });
    await page.getByRole('progressbar', { name: 'Map under way' }).waitFor();
    await page.getByText(/^Through the network: \d+ of 250 clips$/).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Map: stopped.').waitFor();
    await page.getByRole('button', { name: 'Begin again' }).click();
    await map().waitFor();
    await page.locator('label', { hasText: /^UMAP$/ }).click();
    await page.getByRole('progressbar', { name: 'Map under way' }).waitFor();
    await page.getByText(/· PCA$/).waitFor();
    await page.getByText(/· UMAP, nNeighbors 15, minDist 0.1, seed 0$/).waitFor();
    await page.getByRole('textbox', { name: 'nNeighbors' }).fill('5');
    await page.keyboard.press('Enter');
    await page.getByText(/· UMAP, nNeighbors 5, minDist 0.1, seed 0$/).waitFor();
  });

  it('says what went wrong and tries again', async () => {
    await open({ lab: { comparisons: true } });
    await map().waitFor();
    lab.state.fail('inspect.map', { kind: 'bad-input', message: '15 neighbours are more than 9 clips have.', where: 'nNeighbors', remedy: 'Choose at most 8, or more parts.' }); // prettier-ignore
    await page.locator('label', { hasText: /^UMAP$/ }).click();
    await page.getByText('The map cannot be made').waitFor();
    await page.getByText('Choose at most 8, or more parts.').waitFor();
    lab.state.fail('inspect.map', null);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/· UMAP, nNeighbors 15/).waitFor();
  });

  it('without a network says what it is for', async () => {
    await open({ lab: { comparisons: false } });
    await page.getByText('No network to look into yet').waitFor();
    await page.getByText(/every clip is a point/).waitFor();
    await page.getByRole('link', { name: 'Compare networks' }).waitFor();
  });
});

describe('everyone', () => {
  it.each(['dark', 'light'] as const)('can use it (%s)', async (scheme) => {
    await open({ scheme });
    await map().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await card().waitFor();
    await expectAccessible(page);
  });

  it('also where names are long and classes many', async () => {
    await open({ lab: { datasets: ['long-names'] } });
    await map().waitFor();
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
  });
});
