import { describe, expect, test } from 'vitest';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import { Jobs, secondsLeft, type Progress, type Work } from '#main/router/jobs.ts';

type Report = (progress: Progress) => void;

/** Work that a test drives by hand. */
function work(run: (report: Report, signal: AbortSignal) => Promise<string>): Work<string> {
  return { kind: 'import', title: 'Import a', unit: 'files', run, ended: (result) => `Ended: ${result}` };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

describe('Jobs', () => {
  test('a job tells how far it is and how it ended', async () => {
    const jobs = new Jobs();
    let seen = 0;
    jobs.onChange(() => seen++);
    const { id, result } = jobs.start(
      work((report) => {
        report({ done: 3, total: 10, subject: 5 });
        return Promise.resolve('well');
      }),
    );
    expect(jobs.list()).toMatchObject([{ id, state: 'running', done: 3, total: 10, subject: 5, unit: 'files' }]);
    expect(await result).toBe('well');
    await Promise.resolve();
    expect(jobs.list()).toMatchObject([{ state: 'done', message: 'Ended: well', secondsLeft: null }]);
    expect(seen).toBeGreaterThanOrEqual(3);
  });

  test('a failure stays with its words, place and remedy', async () => {
    const jobs = new Jobs();
    const { result } = jobs.start(
      work(() =>
        Promise.reject(new HarkError('not-found', 'No such folder.', { where: '/a', remedy: 'Choose another.' })),
      ),
    );
    await expect(result).rejects.toThrow('No such folder.');
    expect(jobs.list()).toMatchObject([{ state: 'failed', message: 'No such folder. /a Choose another.' }]);
  });

  test('one that is cancelled is not shown as a failure', async () => {
    const jobs = new Jobs();
    const { id, result } = jobs.start(
      work(async (_, signal) => {
        await untilAborted(signal);
        throwIfCancelled(signal);
        return 'never';
      }),
    );
    jobs.cancel(id);
    await expect(result).rejects.toMatchObject({ kind: 'cancelled' });
    expect(jobs.list()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('only an ended job can be dismissed', async () => {
    const jobs = new Jobs();
    const { id, result } = jobs.start(work(async (_, signal) => (await untilAborted(signal), 'stopped')));
    expect(() => jobs.dismiss(id)).toThrow(expect.objectContaining({ kind: 'conflict' }) as HarkError);
    jobs.cancel(id);
    await result;
    await Promise.resolve();
    jobs.dismiss(id);
    expect(jobs.list()).toEqual([]);
    expect(() => jobs.dismiss(id)).toThrow(expect.objectContaining({ kind: 'not-found' }) as HarkError);
  });

  test('closing stops everything and waits until it has', async () => {
    const jobs = new Jobs();
    let ended = false;
    const { result } = jobs.start(
      work(async (_, signal) => {
        await untilAborted(signal);
        await new Promise((resolve) => setImmediate(resolve));
        ended = true;
        throw new HarkError('cancelled', 'Stopped.');
      }),
    );
    result.catch(() => {});
    await jobs.close();
    expect(ended).toBe(true);
    let begun = false;
    const late = work(() => Promise.resolve(((begun = true), 'well')));
    expect(() => jobs.start(late)).toThrow(expect.objectContaining({ kind: 'conflict' }) as HarkError);
    expect(begun).toBe(false);
  });

  test('what is reported after the end changes nothing', async () => {
    const jobs = new Jobs();
    let late: Report = () => {};
    await jobs.start(work((report) => ((late = report), Promise.resolve('well')))).result;
    await Promise.resolve();
    late({ done: 99 });
    expect(jobs.list()[0].done).toBe(0);
  });
});

describe('secondsLeft', () => {
  test.each([
    [25, 100, 10, 30],
    [100, 100, 10, 0],
    [0, 100, 10, null],
    [5, null, 10, null],
    [5, 100, 0.5, null],
  ])('%d of %s after %d s: %s', (done, total, elapsed, left) => expect(secondsLeft(done, total, elapsed)).toBe(left));
});
