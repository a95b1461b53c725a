import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { median } from '#shared/math/statistics.ts';
import { backendsHere } from '../engine/backends-here.ts';
import { losses } from './fixtures/work.ts';

const fixture = (name: string) => path.join(import.meta.dirname, 'fixtures', name);
const run = (name: string, ...args: string[]) =>
  spawnSync(
    process.execPath,
    ['--expose-gc', '--disable-warning=ExperimentalWarning', ...SMALL, fixture(name), ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, MALLOC_ARENA_MAX: '1' },
    },
  );
/** JavaScript's own heap grows by leaps of many megabytes, when it likes; kept small, what grows is seen. */
const SMALL = ['--max-semi-space-size=1'];
/** Each step of each cell. */
const STEPS = 3;

describe.skipIf(!backendsHere.includes('native'))('the addon', () => {
  let expected: number[];
  beforeAll(async () => {
    await startBackend({ prefer: 'native', threads: 2 });
    expected = losses(STEPS);
  });
  const inWorker = async (steps: number): Promise<unknown> => {
    const worker = new Worker(fixture('elsewhere.ts'), { workerData: { steps } });
    const [said] = (await once(worker, 'message')) as [unknown];
    await worker.terminate();
    return said;
  };

  it('computes the same to the bit in a worker thread, and in a forked process', async () => {
    expect(await inWorker(STEPS)).toEqual(expected);
    const child = fork(fixture('elsewhere.ts'), [String(STEPS)], { serialization: 'advanced', execArgv: [] });
    const [said] = (await once(child, 'message')) as [unknown];
    child.kill();
    expect(said).toEqual(expected);
  });

  it('is called by several threads at once', async () => {
    const several = [0, 1, 2].map(() => inWorker(40));
    // This thread is one more, while they are under way.
    const own = losses(40);
    for (const said of await Promise.all(several)) expect(said).toEqual(own);
  });

  it('lets a worker be ended inside of a call, and serves the others on', () => {
    const { status, signal, stdout, stderr } = run('leave.ts', 'terminate');
    expect({ status, signal }, stderr).toEqual({ status: 0, signal: null });
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it('lets the process end while a worker is inside of a call', () => {
    const { status, signal, stderr } = run('leave.ts', 'exit');
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
  });

  // The sanitized build has an allocator of its own, which keeps what is freed.
  it.skipIf(process.env['ASAN_OPTIONS'])('leaks nothing over 10,000 training steps', () => {
    const { status, stdout, stderr } = run('steps.ts', '10000');
    expect(status, stderr).toBe(0);
    type Moment = Record<'rss' | 'heapUsed' | 'external' | 'tensors' | 'buffers' | 'bytes', number>;
    const moments = JSON.parse(stdout) as Moment[];
    expect(moments).toHaveLength(10);
    // The first 3,000 steps warm up: compiled code, the workspaces, the heap's own size.
    const [warm, ...later] = moments.slice(2);
    for (const { tensors, buffers, bytes } of later)
      expect({ tensors, buffers, bytes }).toEqual({ tensors: warm.tensors, buffers: warm.buffers, bytes: warm.bytes });
    const grown = (of: keyof Moment) => Math.min(...later.slice(-3).map((moment) => moment[of])) - warm[of];
    expect(grown('external'), 'memory of typed arrays').toBeLessThan(50_000);
    expect(grown('heapUsed'), 'memory of objects').toBeLessThan(1_000_000);
    // The system gives and takes megabytes at a time; what the kernels leaked of their scratch memory would show each time.
    const growth = later.map(({ rss }, index) => (rss - moments[index + 2].rss) / 1000);
    expect(median(growth), `bytes a step: ${growth.map(Math.round).join(', ')}`).toBeLessThan(300);
  });
});
