import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Page } from 'playwright-core';

export const LAUNCH = path.join(import.meta.dirname, '../scripts/launch.mjs');
/** A task that holds the window longer than this is felt. */
const LONG_TASK_MS = 50;

/** What the page keeps of itself. */
export interface Watched {
  /** Milliseconds from frame to frame, and of every long task. */
  frames: number[];
  tasks: number[];
}
type WatchedPage = typeof globalThis & Watched;

/** Has the page keep the time of every frame and of every long task. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = globalThis as WatchedPage;
    Object.assign(watched, { frames: [], tasks: [] });
    new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe(
      {
        type: 'longtask',
      },
    );
    let before = performance.now();
    const next = (now: number) => {
      watched.frames.push(now - before);
      before = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

/** What it has kept while `work` was done. */
export async function watched(page: Page, work: () => Promise<void>): Promise<Watched> {
  await page.evaluate(() => Object.assign(globalThis as WatchedPage, { frames: [], tasks: [] }));
  await work();
  return page.evaluate(() => {
    const { frames, tasks } = globalThis as WatchedPage;
    return { frames: [...frames], tasks: [...tasks] };
  });
}

export const taskWords = (tasks: readonly number[]): string =>
  `${tasks.length} tasks over ${LONG_TASK_MS} ms${tasks.length > 0 ? `, the longest ${Math.max(...tasks).toFixed(0)} ms` : ''}`;

/** Serves a lab to a browser. */
export const serve = (lab: string): ChildProcess =>
  spawn(process.execPath, [LAUNCH, 'cli', 'serve', '--no-open', '--lab', lab]);

/** The address it prints. */
export function addressOf(serving: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    serving.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [address] = /http:\/\/\S+/.exec(said) ?? [];
      if (address) resolve(address);
    });
    serving.on('close', () => reject(new Error(`The lab could not be served: ${said}`)));
  });
}
