import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { linear } from '#main/engine/linear.ts';
import { loadAddon } from '#main/engine/native/addon.ts';
import { describeShared, relativeError } from '../support/shared.ts';
import { backendsHere } from '../engine/backends-here.ts';
import { errorsOf, recurrentCases, title } from '../engine/golden-recurrent.ts';

const hasNative = backendsHere.includes('native');
const best = hasNative ? loadAddon().instructionSet() : '';
const here = hasNative
  ? ['baseline', 'avx2', 'avx512', 'neon'].filter((name) => loadAddon().useInstructionSet(name))
  : [];

describe.each(here)('the kernels for %s', (name) => {
  beforeAll(async () => {
    await startBackend({ prefer: 'native' });
    expect(loadAddon().useInstructionSet(name)).toBe(true);
  });
  afterAll(() => void loadAddon().useInstructionSet(best));

  describeShared('give PyTorch’s values', () => {
    it.each(recurrentCases.cases.map((item) => [title(item), item] as const))('%s', (_, item) => {
      expect(loadAddon().instructionSet()).toBe(name);
      for (const [tensor, error] of Object.entries(errorsOf(item))) expect(error, tensor).toBeLessThan(1e-4);
    });
  });

  it('multiply matrices of any size, either way round', () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(1, 256, 257, 600));
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1 }),
        (m, n, k, transposeA, transposeB, seed) => {
          const values = (count: number, salt: number) =>
            Float32Array.from({ length: count }, (_, i) => Math.sin(seed + salt + 1.37 * i));
          const [a, b, bias] = [values(m * k, 0), values(k * n, 1), values(n, 2)];
          const c = new Float32Array(m * n).fill(NaN);
          loadAddon().product(m, n, k, a, transposeA, b, transposeB, bias, c);
          // Three columns are enough to see each panel.
          for (const column of new Set([0, n >> 1, n - 1])) {
            const expected = Array.from({ length: m }, (_, row) => {
              let sum = bias[column];
              for (let i = 0; i < k; i++)
                sum += a[transposeA ? i * m + row : row * k + i] * b[transposeB ? column * k + i : i * n + column];
              return sum;
            });
            const found = expected.map((_, row) => c[row * n + column]);
            const scale = k + 1;
            found.forEach((value, row) => expect(Math.abs(value - expected[row]) / scale).toBeLessThan(2e-6));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('have sigmoid and tanh within 3e-7, from the denormals to the flat ends', () => {
    // An RNN of one unit without memory is tanh; the update gate of a GRU that starts at h = 1 with n = 0 shows sigmoid.
    const points = Float32Array.from({ length: 4000 }, (_, i) => (i % 2 ? 1 : -1) * 10 ** (-12 + (i / 4000) * 14));
    const [one, zero] = [Float32Array.of(1), Float32Array.of(0)];
    const layer = (cell: number) => [cell, points.length, 1, 1, 1, false, null] as const;
    const hN = new Float32Array(points.length);
    const output = new Float32Array(points.length);
    const addon = loadAddon();
    const ones = new Float32Array(points.length).fill(1);
    addon.recurrentForward(...layer(0), points, one, zero, zero, zero, ones, null, output, hN, null, null);
    points.forEach((value, i) =>
      expect(Math.abs(output[i] - Math.tanh(value)) / Math.abs(Math.tanh(value)), `tanh ${value}`).toBeLessThan(3e-7),
    );
    const update = Float32Array.of(0, 1, 0);
    const none = new Float32Array(3);
    addon.recurrentForward(...layer(2), points, update, none, none, none, ones, null, output, hN, null, null);
    points.forEach((value, i) => {
      const expected = 1 / (1 + Math.exp(-value));
      // Below e^-87 only that it is next to nothing matters.
      const error = value < -87 ? output[i] : Math.abs(output[i] - expected) / expected;
      expect(error, `sigmoid ${value}`).toBeLessThan(3e-7);
    });
  });

  it('run a linear layer with its gradient', () => {
    const [x, weight, bias] = [tf.randomNormal([130, 33]), tf.randomNormal([17, 33]), tf.randomNormal([17])];
    const viaOps = (...t: tf.Tensor[]) =>
      tf.sum(tf.square(tf.add(tf.sum(tf.mul(tf.expandDims(t[0], 1), tf.expandDims(t[1], 0)), 2), t[2]))) as tf.Scalar;
    const fused = (...t: tf.Tensor[]) => tf.sum(tf.square(linear(t[0], t[1], t[2]))) as tf.Scalar;
    const [expected, found] = [viaOps, fused].map((f) => tf.grads(f)([x, weight, bias]));
    found.forEach((gradient, i) =>
      expect(relativeError(gradient.dataSync(), expected[i].dataSync())).toBeLessThan(1e-5),
    );
  });
});

describe.skipIf(!hasNative)('the choice of instruction set', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const started = (environment: Record<string, string>) => {
    const script =
      "const { startBackend } = await import('#main/engine/backend.ts'); console.log(JSON.stringify(await startBackend()));";
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      env: { ...process.env, HARK_BACKEND: '', ...environment },
      encoding: 'utf8',
    });
    return JSON.parse(text) as {
      name: string;
      instructionSet: string | null;
      threads: number;
      unavailable: { backend: string; reason: string }[];
    };
  };

  it('takes the best there is, or the one that the environment wants', () => {
    expect(started({})).toMatchObject({ name: 'native', instructionSet: best });
    expect(started({ HARK_ISA: here[0], HARK_THREADS: '1' })).toMatchObject({ instructionSet: here[0], threads: 1 });
  });

  it('says why there is no native backend, and goes on with another', () => {
    const report = started({ HARK_NATIVE_ADDON: 'nowhere.node' });
    expect(report.name).not.toBe('native');
    expect(report.unavailable[0]).toEqual({ backend: 'native', reason: 'the kernels are not built' });
    expect(started({ HARK_ISA: 'mmx' }).unavailable[0].reason).toMatch(/no mmx kernels/);
  });
});
