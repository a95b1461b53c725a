import path from 'node:path';
import { expect, test } from 'vitest';
import { hark, launch } from '../support/hark.ts';
import { temporaryFolder } from '../support/lab.ts';
import { expectAccessible } from '../support/page.ts';
import { testPages } from '../support/windows.ts';

const newPage = testPages();

test('the guide shows its pages with their pictures, in the colours of the window', async () => {
  const lab = path.join(temporaryFolder(), 'lab');
  await hark(lab, 'doctor');
  const serving = launch(['cli', 'serve', '--no-open', '--lab', lab]);
  const [url] = await serving.until(/http:\/\/\S+/);
  const page = await newPage();
  await page.goto(url);
  await page.getByText('Connected').waitFor();
  await page.keyboard.press('Alt+7');
  await page.getByRole('heading', { level: 1, name: 'Why does it hear five for nine?' }).waitFor();

  const picture = page.getByRole('img', { name: /confusion matrix/ });
  await picture.scrollIntoViewIfNeeded();
  const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width, { timeout: 20_000 }).toBeGreaterThan(1000);
  const before = await picture.getAttribute('src');
  await page.keyboard.press('Control+Shift+L');
  await expect.poll(() => picture.getAttribute('src'), { timeout: 20_000 }).not.toBe(before);
  await expect.poll(width, { timeout: 20_000 }).toBeGreaterThan(1000);
  await expectAccessible(page);

  await page.getByRole('article').getByRole('link', { name: 'Inspect' }).click();
  await page.getByText('No network to look into yet').waitFor();
});
