import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { composedConvolution } from '#main/engine/convolution.ts';
import { linear } from '#main/engine/linear.ts';
import { loadAddon } from '#main/engine/native/addon.ts';
import { nativeConvolution } from '#main/engine/native/convolution-kernels.ts';
import { windowsAlong } from '#main/engine/windows.ts';
import { describeShared, relativeError } from '../support/shared.ts';
import { backendsHere } from '../engine/backends-here.ts';
import { outcomeOf } from '../engine/golden/case.ts';
import { goldenCases } from '../engine/golden/table.ts';

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
    it.each(goldenCases.map((item) => [item.group, item.title, item] as const))('%s: %s', (_, __, item) => {
      expect(loadAddon().instructionSet()).toBe(name);
      expect(outcomeOf(item)).toEqual({ state: 'passes' });
    });
  });

  it('multiply matrices of any size, either way round', () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(1, 256, 257, 600, 1300));
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
          loadAddon().product(1, m, n, k, a, null, transposeA, b, null, transposeB, bias, 0, c);
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
    addon.recurrentForward(...layer(0), points, one, zero, zero, zero, ones, null, null, output, hN, null, null);
    points.forEach((value, i) =>
      expect(Math.abs(output[i] - Math.tanh(value)) / Math.abs(Math.tanh(value)), `tanh ${value}`).toBeLessThan(3e-7),
    );
    const update = Float32Array.of(0, 1, 0);
    const none = new Float32Array(3);
    addon.recurrentForward(...layer(2), points, update, none, none, none, ones, null, null, output, hN, null, null);
    points.forEach((value, i) => {
      const expected = 1 / (1 + Math.exp(-value));
      // Below e^-87 only that it is next to nothing matters.
      const error = value < -87 ? output[i] : Math.abs(output[i] - expected) / expected;
      expect(error, `sigmoid ${value}`).toBeLessThan(3e-7);
    });
  });

  it('have exp and log as exact as their numbers', () => {
    const size = 4001;
    const [x, y] = [new Float32Array(size), new Float32Array(size)];
    x.forEach((_, i) => (x[i] = -87.3365 + (i / size) * 176));
    loadAddon().unary(6, 0, x, y);
    x.forEach((value, i) => expect(Math.abs(y[i] / Math.exp(value) - 1), `exp ${value}`).toBeLessThan(6e-7));
    x.forEach((_, i) => (x[i] = i % 2 ? 10 ** (-37 + (i / size) * 75) : 1 + (i - 2000) / 4500));
    loadAddon().unary(7, 0, x, y);
    x.forEach((value, i) =>
      expect(Math.abs(y[i] - Math.log(value)), `log ${value}`).toBeLessThan(3e-7 * Math.abs(Math.log(value)) + 1e-12),
    );
  });

  it('keep what is not a number, in every lane', () => {
    const addon = loadAddon();
    const size = 37;
    for (let at = 0; at < size; at++) {
      const x = new Float32Array(size).map((_, i) => (i === at ? NaN : i / size));
      const y = new Float32Array(size);
      const expectOnlyAt = (what: string) =>
        expect(
          [...y.keys()].filter((i) => Number.isNaN(y[i])),
          what,
        ).toEqual([at]);
      for (let operation = 0; operation < 14; operation++) {
        addon.unary(operation, 0.1, x, y);
        expectOnlyAt(`unary ${operation}`);
      }
      for (const activation of [2, 3]) {
        addon.product(1, size, 1, 1, x, null, false, Float32Array.of(1), null, false, null, activation, y);
        expectOnlyAt(`activation ${activation}`);
      }
      for (const [cell, gates] of [1, 4, 3].entries()) {
        const [weights, none, states] = [gates, gates, size].map((count, i) => new Float32Array(count).fill(i ? 0 : 1));
        const second = () => (cell === 1 ? states.slice() : null);
        addon.recurrentForward(
          ...([cell, size, 1, 1, 1, false, null, x, weights, none, none, none, states, second(), null] as const),
          ...([y, new Float32Array(size), second(), null] as const),
        );
        expectOnlyAt(`cell ${cell}`);
      }
    }
  });

  it('convolve as the composed form does', () => {
    const axes = { vertical: windowsAlong(9, 3, { padding: 1 }), horizontal: windowsAlong(17, 5, { stride: 2 }) };
    for (const [inside, outside, groups] of [
      [3, 21, 1],
      [20, 20, 20],
      [6, 40, 2],
    ]) {
      const shapes = [[2, 9, 17, inside], [outside, inside / groups, 3, 5], [outside]];
      const inputs = shapes.map((shape, i) => tf.randomNormal(shape, 0, 1, 'float32', i + 1));
      const [found, expected] = [nativeConvolution, composedConvolution].map((form) => {
        const run = (...[x, w, b]: tf.Tensor[]) => form(x as tf.Tensor4D, w as tf.Tensor4D, b, { ...axes, groups });
        const loss = (...t: tf.Tensor[]) => tf.sum(tf.square(run(...t))) as tf.Scalar;
        return [run(...inputs), ...tf.grads(loss)(inputs)];
      });
      found.forEach((tensor, i) => expect(relativeError(tensor.dataSync(), expected[i].dataSync())).toBeLessThan(2e-5));
    }
  });

  it('give the same bits on one thread and two', () => {
    const addon = loadAddon();
    const values = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(1.37 * i));
    const twice = (size: number, run: (to: Float32Array) => void) => {
      const [one, two] = [1, 2].map((threads) => {
        const to = new Float32Array(size);
        addon.setThreads(threads);
        run(to);
        return Buffer.from(to.buffer);
      });
      expect(one.equals(two)).toBe(true);
    };
    for (const [batch, m, n, k] of [
      [1, 300, 200, 600],
      [1, 40, 30, 5000],
      [5, 90, 70, 80],
      [40, 20, 30, 10],
    ])
      for (const transposed of [false, true]) {
        const places = (size: number) => Int32Array.from({ length: batch }, (_, i) => i * size);
        const [a, b, bias] = [values(batch * m * k), values(batch * k * n), values(n)];
        twice(batch * m * n, (c) =>
          addon.product(
            ...([batch, m, n, k, a, places(m * k), transposed, b, places(k * n), !transposed] as const),
            ...([bias, 2, c] as const),
          ),
        );
      }
    const x = values(300 * 7 * 90);
    for (const kind of [0, 1, 2, 3])
      for (const [outer, count, inner] of [
        [1, 2100, 90],
        [300, 7, 90],
        [2100, 90, 1],
        [1, 189_000, 1],
      ])
        twice(outer * inner, (y) => addon.reduce(kind, outer, count, inner, x, y));
    const rows = Int32Array.from({ length: 2100 }, (_, i) => (i * 31) % 50);
    twice(50 * 90, (y) => addon.addRows(2100, 50, 90, rows, x, y));
    addon.setThreads(os.availableParallelism());
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
