import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildNative } from '../../scripts/build-native.mjs';
import { backendsHere } from '../engine/backends-here.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('the build of the kernels', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.skipIf(!backendsHere.includes('native'))('has nothing to do when nothing has changed', async () => {
    await buildNative({ quiet: true });
    expect(await buildNative({ quiet: true })).toEqual({
      built: false,
      path: path.join(root, 'build/native/hark.node'),
      reason: null,
    });
  });

  it('gives a reason, and no failure, where there is no compiler', async () => {
    vi.stubEnv('CXX', 'no-such-compiler');
    expect(await buildNative({ quiet: true })).toEqual({
      built: false,
      path: null,
      reason: expect.stringMatching(/no C\+\+ compiler.*no-such-compiler/),
    });
    const script = path.join(root, 'scripts/build-native.mjs');
    expect(
      execFileSync(process.execPath, [script], {
        encoding: 'utf8',
        env: process.env,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ).toBe('');
  });
});
