import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startFakeLab, type FakeLab } from './fake-lab.ts';
import type { FakeLabOptions } from './fake/state.ts';
import { complaintsOf } from './page.ts';

export interface PageOptions extends BrowserContextOptions {
  /** What the test makes the page complain of on purpose. */
  complaints?: RegExp;
}

export interface WindowOptions {
  /** Address within the window, e.g. `#/library/1`. */
  at?: string;
  scheme?: 'dark' | 'light';
  width?: number;
  height?: number;
  /** How long whatever is asked of the open window is waited for, ms. */
  patience?: number;
  /** What the test makes the window complain of on purpose. */
  complaints?: RegExp;
  lab?: FakeLabOptions;
}

/** The window that `testWindows` opened last. */
export let page: Page;
/** The made lab it is on. */
export let lab: FakeLab;

/** A page of this test alone, closed when the test is over, which fails if the page complained of anything but what it was meant to. */
export async function openPage(browser: Browser, { complaints: meant, ...options }: PageOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const opened = await context.newPage();
  const complaints = complaintsOf(opened);
  onTestFinished(async () => {
    await context.close();
    expect(complaints.filter((words) => !meant?.test(words))).toEqual([]);
  });
  return opened;
}

/** How a file that tests pages begins: one browser for all its tests. @returns opens a page in it, as `openPage` does */
export function testPages(): (options?: PageOptions) => Promise<Page> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  return (options) => openPage(browser, options);
}

/**
 * How a file that tests the window on made labs begins.
 * @param usual what its tests have in common, unless one says otherwise
 * @returns opens a window on a new lab, both of this test alone: they are `page` and `lab` from then on
 */
export function testWindows(usual: WindowOptions = {}): (options?: WindowOptions) => Promise<void> {
  const newPage = testPages();
  return async (options = {}) => {
    const { at = '', scheme = 'dark', width = 1280, height = 800, patience, complaints } = { ...usual, ...options };
    const started = await startFakeLab({ ...usual.lab, ...options.lab });
    onTestFinished(() => started.close());
    lab = started;
    page = await newPage({
      viewport: { width, height },
      permissions: ['clipboard-read', 'clipboard-write'],
      complaints,
    });
    await page.addInitScript((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme);
    await page.goto(lab.url + at);
    await page.getByText('Connected').waitFor();
    if (patience !== undefined) page.setDefaultTimeout(patience);
  };
}
