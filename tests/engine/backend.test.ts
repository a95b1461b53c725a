import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { currentBackend, startBackend } from '#main/engine/backend.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { backendsHere } from './backends-here.ts';

/** Whether it is installed, whatever HARK_BACKEND keeps the tests to. */
const hasTensorflow = existsSync(path.join(import.meta.dirname, '../../node_modules/@tensorflow/tfjs-node'));

describe('the choice of backend', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is the first that this machine has, with the reasons against those before it', async () => {
    const report = await startBackend();
    expect(report.name).toBe(backendsHere[0]);
    expect(currentBackend()).toBe(report);
    expect(tf.getBackend()).toBe(report.name);
    for (const { reason } of report.unavailable) expect(reason).toMatch(/\w/);
  });

  it.each(backendsHere)('is %s when it is preferred, by option or environment', async (backend) => {
    expect((await startBackend({ prefer: backend })).name).toBe(backend);
    vi.stubEnv('HARK_BACKEND', backend);
    const report = await startBackend();
    expect(report).toMatchObject({ name: backend, unavailable: [] });
    expect(report.threads).toBeGreaterThanOrEqual(1);
    const known = ['native', 'wasm'].includes(backend);
    expect(report.instructionSet, 'kernels of ours, and SIMD in WebAssembly').toEqual(
      known ? expect.any(String) : null,
    );
    expect([...tf.add(tf.tensor1d([1, 2]), 1).dataSync()]).toEqual([2, 3]);
  });

  it.skipIf(hasTensorflow)('says why a preferred one cannot be had', async () => {
    const thrown = await startBackend({ prefer: 'tensorflow' }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(HarkError);
    expect(thrown).toMatchObject({ kind: 'unavailable', where: 'backend' });
    expect((thrown as HarkError).message).toMatch(/^The tensorflow backend cannot be used: .*not installed/);
  });

  it('refuses names and numbers of threads that make no sense', async () => {
    vi.stubEnv('HARK_BACKEND', 'abacus');
    await expect(startBackend()).rejects.toMatchObject({ kind: 'bad-input', where: 'HARK_BACKEND' });
    vi.stubEnv('HARK_BACKEND', '');
    for (const threads of [0, 1.5, 1000, NaN])
      await expect(startBackend({ threads })).rejects.toMatchObject({ kind: 'bad-input' });
    vi.stubEnv('HARK_THREADS', 'many');
    await expect(startBackend()).rejects.toMatchObject({ kind: 'bad-input', where: 'threads' });
  });
});
