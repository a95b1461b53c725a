import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../tests/support/browser.ts';
import type { Request } from './arguments.ts';
import { writeLongSound } from './long-sounds.ts';
import { timeProcess } from './measure.ts';
import { oursAlone, type Row, withTail } from './row.ts';
import { addressOf, LAUNCH, serve, taskWords, watch, watched, type Watched } from './window.ts';

const LENGTHS = [
  { words: '1 min', minutes: 1 },
  { words: '1 h', minutes: 60 },
  { words: '2 h', minutes: 120 },
];
const ZOOMS = 40;
const SCROLLS = 40;
/** Between two turns of the wheel: about as fast as a hand turns it. */
const TURN_MS = 60;
/**
 * A long recording in the studio's window, in a browser as people have it: the time to the first picture, then every frame while
 * the wheel zooms in and out and scrolls, and tasks that held the window longer than 50 ms.
 */
export async function studioWindow({ words }: Request): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { words: length, minutes } of LENGTHS) {
    if (words.length > 0 && words.join(' ') !== length) continue;
    console.error(`${length} ...`);
    rows.push(...(await measure(length, minutes)));
  }
  return rows;
}

async function measure(length: string, minutes: number): Promise<Row[]> {
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  const folder = path.join(work, 'sounds', 'long');
  mkdirSync(folder, { recursive: true });
  writeLongSound(path.join(folder, 'sound.wav'), minutes);
  const lab = path.join(work, 'lab');
  await timeProcess(process.execPath, [LAUNCH, 'cli', 'import', path.dirname(folder), '--lab', lab]);
  const serving = serve(lab);
  const browser = await launchBrowser();
  const [load] = loadavg();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1600, height: 1000 } })).newPage();
    await page.goto(await addressOf(serving));
    await page.getByText('Connected').waitFor();
    const opened = performance.now();
    await page.evaluate(() => (location.hash = '/studio/clip/1'));
    await pictured(page);
    const first = performance.now() - opened;
    await watch(page);
    const box = (await page.locator('[data-lane=spectrogram]').first().boundingBox())!;
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 100);
    const zooming = await turning(page, ZOOMS, 'Control', (n) => (n < ZOOMS / 2 ? -120 : 120));
    await turning(page, 10, 'Control', () => -120);
    const scrolling = await turning(page, SCROLLS, 'Shift', (n) => (n % 20 < 15 ? 120 : -240));
    const row = (name: string, { frames, tasks }: Watched): Row => ({
      ...withTail(oursAlone(`${length}: ${name}`, frames), frames, null),
      ...{ load, note: `${length}: ${taskWords(tasks)}; longest frame ${Math.max(...frames).toFixed(0)} ms` },
    });
    return [
      { ...oursAlone(`${length}: first picture`, [first]), load },
      row('frames while zooming', zooming),
      row('frames while scrolling', scrolling),
    ];
  } finally {
    await browser.close();
    serving.kill();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Waits until waveform and spectrogram are drawn: many colours, and the parameters printed. */
async function pictured(page: Page): Promise<void> {
  await page.getByText(/^hann \d+ · FFT \d+ · hop/).waitFor({ timeout: 120_000 });
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll<HTMLCanvasElement>('[data-lane=spectrogram] canvas')].some((canvas) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size > 100;
      }),
    undefined,
    { timeout: 120_000, polling: 50 },
  );
}

async function turning(page: Page, turns: number, key: string, delta: (turn: number) => number): Promise<Watched> {
  return watched(page, async () => {
    await page.keyboard.down(key);
    for (let turn = 0; turn < turns; turn++) {
      await page.mouse.wheel(0, delta(turn));
      await page.waitForTimeout(TURN_MS);
    }
    await page.keyboard.up(key);
    await page.waitForTimeout(1000);
  });
}
