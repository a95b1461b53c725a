import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { Random } from '#shared/math/random.ts';
import { launchBrowser } from '../tests/support/browser.ts';
import type { Request } from './arguments.ts';
import { timeProcess } from './measure.ts';
import { oursAlone, withTail, type Row } from './row.ts';
import { addressOf, LAUNCH, serve, taskWords, watch, watched } from './window.ts';

const RATE = 16_000;
const LENGTHS = [1, 10];
/** Clips opened one after the other, each for the first time. */
const OPENED = 12;
/** How long each is looked at. */
const LOOK_MS = 1000;
const PER_CLASS = 80;

/** What the page keeps of what is played. */
type Heard = typeof globalThis & { audio: HTMLMediaElement | null; gaps: number[] };

/**
 * Gates and states in a browser as people have it: from a click on a clip to all heat maps and probabilities of a 2 x 128 bidirectional
 * LSTM on the screen, how far the playhead is from the sound while it plays, and frames meanwhile; for clips of one and ten seconds.
 */
export async function inspectWindow({ words }: Request): Promise<Row[]> {
  const rows: Row[] = [];
  for (const seconds of LENGTHS) {
    if (words.length > 0 && words.join(' ') !== `${seconds} s`) continue;
    console.error(`${seconds} s ...`);
    rows.push(...(await measure(seconds)));
  }
  return rows;
}

async function measure(seconds: number): Promise<Row[]> {
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  writeClips(path.join(work, 'clips'), seconds);
  const lab = path.join(work, 'lab');
  const options = ['--cells', 'lstm', '--units', '128', '--layers', '2', '--bidirectional', '--epochs', '1'];
  await timeProcess(process.execPath, [
    ...[LAUNCH, 'cli', 'compare', path.join(work, 'clips'), '--lab', lab, '--no-report', '--split', 'random'],
    ...options,
  ]);
  const serving = serve(lab);
  const browser = await launchBrowser();
  const [load] = loadavg();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1600, height: 1000 } })).newPage();
    await page.addInitScript(keepAudio);
    await page.goto(await addressOf(serving));
    await page.getByText('Connected').waitFor();
    await page.evaluate(() => (location.hash = '/inspect'));
    await page.getByRole('img', { name: /^Hidden state/ }).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2000);
    const times: Opened[] = [];
    for (let n = 1; n <= OPENED; n++) {
      times.push(await timeToOpen(page, n));
      await page.waitForTimeout(LOOK_MS);
    }
    await watch(page);
    const { frames, tasks } = await watched(page, async () => {
      await page.getByRole('button', { name: 'Play from the start' }).click();
      await page.waitForTimeout(1000 * Math.min(seconds, 8));
    });
    const gaps = await page.evaluate(() => (globalThis as Heard).gaps);
    return [
      ...(['gates', 'all'] as const).map((what) => {
        const taken = times.map((one) => one[what]);
        return { ...withTail(oursAlone(`${seconds} s: click to ${what}`, taken), taken, null), load, target: 300 };
      }),
      {
        ...withTail(oursAlone(`${seconds} s: playhead from sound`, gaps), gaps, null),
        ...{
          load,
          target: 20,
          note: `${seconds} s: at most ${Math.max(...gaps).toFixed(1)} ms over ${gaps.length} frames`,
        },
      },
      {
        ...withTail(oursAlone(`${seconds} s: frames while playing`, frames), frames, null),
        ...{ load, note: `${seconds} s: ${taskWords(tasks)}; longest frame ${Math.max(...frames).toFixed(0)} ms` },
      },
    ];
  } finally {
    await browser.close();
    serving.kill();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Milliseconds from a press until all heat maps are drawn, and until the probabilities over time are drawn as well. */
interface Opened {
  gates: number;
  all: number;
}

/** Opens the n-th clip of the list: until what is shown is of that clip, and on the screen. */
function timeToOpen(page: Page, n: number): Promise<Opened> {
  return page.evaluate(
    (index) =>
      new Promise<Opened>((resolve) => {
        const list = document.querySelector('[role=listbox][aria-label=Clips]')!;
        const option = [...list.querySelectorAll<HTMLElement>('[role=option]')].find(
          (one) => Number(one.ariaPosInSet) === index + 1,
        )!;
        const file = option.querySelector(':scope > [title]')!.getAttribute('title')!;
        const began = performance.now();
        option.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }));
        let gates: number | null = null;
        const look = () => {
          const region = document.querySelector('[role=region][aria-label^="Inside of networks"]');
          const own = region?.ariaLabel?.endsWith(file) ? region : null;
          const maps = own?.querySelector('canvas[aria-label*=" units over "]');
          if (gates === null && maps && !own!.querySelector('canvas[aria-busy=true]'))
            requestAnimationFrame(() => (gates = performance.now() - began));
          // Drawn in this frame, on the screen with the next.
          if (gates !== null && own?.ariaBusy === 'false')
            requestAnimationFrame(() => resolve({ gates: gates!, all: performance.now() - began }));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    n,
  );
}

/** In the page: how far the playhead's line is from the sound's own clock, every frame while it plays, milliseconds. */
function keepAudio(): void {
  const heard = globalThis as Heard;
  heard.audio = null;
  heard.gaps = [];
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    heard.audio = this;
    return play.call(this);
  };
  const next = () => {
    const line = document.querySelector<HTMLElement>('[aria-label=Playhead]');
    const { audio } = heard;
    if (line && audio && !audio.paused && audio.currentTime > 0) {
      const { currentTime } = audio;
      // When all that is drawn in this frame has been placed.
      setTimeout(() => {
        const share = Number.parseFloat(line.style.left) / 100;
        heard.gaps.push(1000 * Math.abs(share * Number(line.ariaValueMax) - currentTime));
      });
    }
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

/** Two classes of gliding tones in noise. */
function writeClips(folder: string, seconds: number): void {
  for (const label of ['falling', 'rising']) {
    mkdirSync(path.join(folder, label), { recursive: true });
    for (let clip = 0; clip < PER_CLASS; clip++) {
      const random = new Random(clip, label);
      let phase = 0;
      const samples = Float32Array.from({ length: seconds * RATE }, (_, n) => {
        const share = label === 'rising' ? n / (seconds * RATE) : 1 - n / (seconds * RATE);
        phase += (2 * Math.PI * (300 + 2000 * share)) / RATE;
        return 0.3 * Math.sin(phase) + 0.1 * random.normal();
      });
      writeFileSync(path.join(folder, label, `${clip}.wav`), encodeWav([samples], RATE));
    }
  }
}
