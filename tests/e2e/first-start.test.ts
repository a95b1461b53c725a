import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { launch } from '../support/hark.ts';
import { temporaryFolder } from '../support/lab.ts';
import { complaintsOf } from '../support/page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('npm start on a new lab: the printed link opens the window, which fills with the sample while it is in use', async () => {
  const running = launch(['start', '--no-open', '--lab', path.join(temporaryFolder(), 'lab')]);
  const [url] = await running.until(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/);
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(url);
  expect(page.url()).not.toContain('token');
  await page.getByText('Connected').waitFor();
  await page.getByText('Spoken sequences (built-in sample)').first().waitFor({ timeout: 120_000 });
  expect(complaints).toEqual([]);

  // The session outlives a reload; the link does not.
  await page.reload();
  await page.getByText('Connected').waitFor();
  const stranger = await (await browser.newContext()).newPage();
  expect((await stranger.goto(url))!.status()).toBe(403);
  const fresh = await running.until(/A fresh link, good once: (\S+)/);
  expect((await stranger.goto(fresh[1]))!.status()).toBe(200);
  await stranger.getByText('Connected').waitFor();

  running.child.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 0 });
});
