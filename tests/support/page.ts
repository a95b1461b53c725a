import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { FakeLab } from './fake-lab.ts';

export interface OpenOptions {
  /** Address within the window, e.g. `#/library/1`. */
  at?: string;
  scheme?: 'dark' | 'light';
  width?: number;
  height?: number;
}

/** Errors of a page from here on: thrown, or told to its console. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  return complaints;
}

/** The window on a made lab, with all it complains of kept: errors, refused by policy, asked of other machines. */
export async function openWindow(browser: Browser, lab: FakeLab, options: OpenOptions = {}) {
  const { at = '', scheme = 'dark', width = 1280, height = 800 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:' && origin !== new URL(lab.url).origin)
      complaints.push(`asked ${request.url()}`);
  });
  await page.addInitScript((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme);
  await page.goto(lab.url + at);
  await page.getByText('Connected').waitFor();
  return { page, complaints };
}

/** No serious or critical finding of axe; each is named with its element. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`));
  expect(serious).toEqual([]);
}
