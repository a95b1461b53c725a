import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronPath, noWindowReason } from '../../scripts/electron.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const ROOT = path.join(import.meta.dirname, '../..');
const program = electronPath();
const reason = program === null ? 'Electron’s runtime is not here' : noWindowReason();
if (reason) console.warn(`${reason}: the tests of Electron’s own window are skipped.`);

describe.skipIf(reason !== null)('Electron’s window', () => {
  let app: ElectronApplication;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'hark-electron-'));
    app = await _electron.launch({
      executablePath: program!,
      args: [ROOT, '--lab', path.join(folder, 'lab'), `--user-data-dir=${path.join(folder, 'user')}`],
    });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('opens on Hark’s own page and talks to the lab', async () => {
    const page = await app.firstWindow();
    expect(page.url()).toMatch(/^hark:\/\/app\//);
    await page.getByRole('navigation').first().waitFor();
    expect(await page.title()).toContain('Hark');
  });

  test('has neither Node nor Electron in its page', async () => {
    const page = await app.firstWindow();
    expect(
      await page.evaluate(() => ['require', 'process', 'module', 'electron'].filter((name) => name in globalThis)),
    ).toEqual([]);
  });

  test('is sandboxed and isolated, as the settings say', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
  });

  test('goes nowhere else, opens no window, gets no permission', async () => {
    const page = await app.firstWindow();
    await page.evaluate(() => void (location.href = 'https://example.org/'));
    await page.evaluate(() => void window.open('https://example.org/'));
    expect(app.windows()).toHaveLength(1);
    expect(page.url()).toMatch(/^hark:\/\/app\//);
    expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe(
      'denied',
    );
  });

  test('a page’s own request to the outside is refused by its policy', async () => {
    const page = await app.firstWindow();
    expect(
      await page.evaluate(() =>
        fetch('https://example.org/').then(
          () => 'sent',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
  });
});
