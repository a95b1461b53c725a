import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a page complains of from here on: errors thrown or told to its console, and whatever it asks of another origin than its own. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  let own: string | null = null;
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol === 'blob:' || protocol === 'data:') return;
    own ??= origin;
    if (origin !== own) complaints.push(`asked ${request.url()}`);
  });
  return complaints;
}

/** No serious or critical finding of axe; each is named with its element. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`));
  expect(serious).toEqual([]);
}
