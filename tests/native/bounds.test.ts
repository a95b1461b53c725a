import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { loadAddon } from '#main/engine/native/addon.ts';
import type { NormedArguments } from '#main/engine/native/calls/normed.ts';
import type { LayerArguments } from '#main/engine/native/calls/recurrent.ts';
import { Random } from '#shared/math/random.ts';
import { bestSet, Guarded, setsHere } from './guarded.ts';

describe.each(setsHere)('the kernels for %s stay within their arguments', (name) => {
  afterAll(() => void loadAddon().useInstructionSet(bestSet));
  const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }));

  const shape = fc.record({
    cell: fc.constantFrom(0, 1, 2),
    batch: size,
    time: fc.integer({ min: 1, max: 6 }),
    inputs: size,
    hidden: size,
    reverse: fc.boolean(),
    ragged: fc.boolean(),
    seed: fc.integer(),
  });

  it('in recurrent layers', () => {
    const addon = loadAddon();
    addon.useInstructionSet(name);
    fc.assert(
      fc.property(shape, ({ cell, batch, time, inputs, hidden, reverse, ragged, seed }) => {
        const g = new Guarded(seed);
        const random = new Random(seed, 'lengths');
        const lengths = ragged ? Int32Array.from({ length: batch }, () => 1 + random.below(time)) : null;
        const layer: LayerArguments = [cell, batch, time, inputs, hidden, reverse, lengths];
        const rows = [1, 4, 3][cell] * hidden;
        const state = () => g.array(batch * hidden);
        const second = () => (cell === 1 ? state() : null);
        const [x, weightIh, weightHh, h0, c0] = [
          g.array(batch * time * inputs),
          g.array(rows * inputs),
          g.array(rows * hidden),
          state(),
          second(),
        ];
        const hiddenMask = ragged ? state() : null;
        const output = g.array(batch * time * hidden, 0);
        const workspace = g.array(addon.recurrentWorkspaceSize(...layer), 0);
        addon.recurrentForward(
          ...layer,
          x,
          weightIh,
          weightHh,
          g.array(rows),
          g.array(rows),
          h0,
          c0,
          hiddenMask,
          output,
          state(),
          second(),
          workspace,
        );
        const traces = g.array([0, 5, 4][cell] * batch * time * hidden, 0);
        addon.recurrentTraces(...layer, workspace, traces);
        addon.recurrentBackward(
          ...layer,
          ...([x, weightIh, weightHh, output, h0, c0, hiddenMask, workspace] as const),
          ...([g.array(output.length), state(), second(), state(), second()] as const),
          ...([g.array(rows * inputs), g.array(rows * hidden), g.array(rows), g.array(rows)] as const),
          reverse ? g.array(x.length, 0) : null,
        );
        g.check();
      }),
      { numRuns: 60 },
    );
  });

  it('in recurrent layers with normalisation in the cell', () => {
    const addon = loadAddon();
    addon.useInstructionSet(name);
    fc.assert(
      fc.property(shape, ({ cell, batch, time, hidden, reverse, ragged, seed }) => {
        const g = new Guarded(seed);
        const random = new Random(seed, 'lengths');
        const lengths = ragged ? Int32Array.from({ length: batch }, () => 1 + random.below(time)) : null;
        const layer: NormedArguments = [cell, batch, time, hidden, reverse, lengths];
        const rows = [1, 4, 3][cell] * hidden;
        const frames = lengths ? lengths.reduce((sum, length) => sum + length, 0) : batch * time;
        const [side, state] = [() => g.array(rows), () => g.array(batch * hidden)];
        const lstms = (make: () => Float32Array) => (cell === 1 ? make() : null);
        const ofC = () => lstms(() => g.array(hidden));
        const [weightHh, norm, normC, normCBias] = [g.array(rows * hidden), side(), ofC(), ofC()];
        const [h0, c0, hiddenMask] = [state(), lstms(state), ragged ? state() : null];
        const output = g.array(batch * time * hidden, 0);
        // With and without a way back.
        const workspace = g.array(addon.normedWorkspaceSize(...layer), 0);
        for (const room of [null, workspace])
          addon.normedForward(
            ...([...layer, 1e-5, g.array(frames * rows), weightHh, norm, side(), normC, normCBias] as const),
            ...([h0, c0, hiddenMask, output, state(), lstms(state), room] as const),
          );
        addon.normedTraces(...layer, workspace, g.array([0, 5, 4][cell] * batch * time * hidden, 0));
        addon.normedBackward(
          ...([...layer, weightHh, norm, normC, normCBias, output, h0, c0, hiddenMask] as const),
          ...([g.array(output.length), state(), lstms(state), workspace] as const),
          ...([g.array(frames * rows), g.array(rows * hidden), side(), side()] as const),
          ...([ofC(), ofC(), state(), lstms(state)] as const),
        );
        g.check();
      }),
      { numRuns: 60 },
    );
  });

  it('in products, poolings and the rest', () => {
    const addon = loadAddon();
    addon.useInstructionSet(name);
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        fc.integer(),
        (m, n, k, transposeA, transposeB, seed) => {
          const g = new Guarded(seed);
          const random = new Random(seed, 'lengths');
          const activation = m % 4;
          addon.product(
            ...([1, m, n, k, g.array(m * k), null, transposeA, g.array(k * n), null, transposeB] as const),
            ...([g.array(n), activation, g.array(m * n)] as const),
          );
          addon.activationGradient(activation, g.array(m), g.array(m), g.array(m));
          const lengths = Int32Array.from({ length: m }, () => 1 + random.below(n));
          for (const kind of [0, 1, 2]) {
            const frames = kind === 1 ? new Int32Array(m * k) : null;
            addon.pool(kind, m, n, k, lengths, g.array(m * n * k), g.array(m * k), frames);
            addon.poolGradient(kind, m, n, k, lengths, g.array(m * k), frames, g.array(m * n * k, 0));
          }
          addon.dropout(seed >>> 0, 2 ** 31, 2, g.array(m * n), g.array(m * n));
          addon.sgd(g.array(m), g.array(m), g.array(m), 0.1, 0.9, true, 0.1);
          addon.adam(g.array(m), g.array(m), g.array(m), g.array(m, 0), 0.1, 0.9, 0.99, 1e-8, 0.1, 0.1, 1);
          addon.rmsprop(g.array(m), g.array(m), g.array(m, 0), g.array(m), g.array(m, 0), 0.1, 0.9, 1e-8, 0.5, 0.1);
          expect(Number.isFinite(addon.squares(g.array(m)))).toBe(true);
          addon.scale(g.array(m), 2);
          g.check();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('in arithmetic and movement', () => {
    const addon = loadAddon();
    addon.useInstructionSet(name);
    fc.assert(
      fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.integer(), (m, n, k, wideA, wideB, seed) => {
        const g = new Guarded(seed);
        // The square roots and the logarithm want what is positive.
        for (let operation = 0; operation < 14; operation++) addon.unary(operation, 0.1, g.array(m, 2), g.array(m));
        const shape = Int32Array.of(m, wideA ? n : 0, n, n, 1, wideB ? 1 : 0);
        for (let operation = 0; operation < 7; operation++)
          addon.binary(operation, 2, shape, g.array(wideA ? m * n : n), g.array(m * n, 3), g.array(m * n));
        for (let kind = 0; kind < 4; kind++) addon.reduce(kind, m, n, k, g.array(m * n * k), g.array(m * k));
        addon.softmax(m, n, wideA, g.array(m * n), g.array(m * n));
        addon.select(n, new Uint8Array(m).fill(1, m >> 1), g.array(m * n), g.array(m * n), g.array(m * n));
        for (const order of [
          [0, 1, 2],
          [2, 0, 1],
          [1, 2, 0],
          [2, 1, 0],
          [1, 0, 2],
          [0, 2, 1],
        ])
          addon.transpose(3, Int32Array.of(m, n, k), Int32Array.from(order), g.array(m * n * k), g.array(m * n * k));
        const larger = Int32Array.of(m + 1, n + 3);
        addon.pad(2, Int32Array.of(m, n), Int32Array.of(1, 2), larger, 7, g.array(m * n), g.array((m + 1) * (n + 3)));
        const rows = Int32Array.from({ length: m }, (_, i) => (i * 7) % n);
        addon.gatherRows(m, n, k, rows, g.array(n * k), g.array(m * k));
        addon.addRows(m, n, k, rows, g.array(m * k), g.array(n * k));
        g.check();
      }),
      { numRuns: 60 },
    );
  });

  it('in convolutions and pooling', () => {
    const addon = loadAddon();
    addon.useInstructionSet(name);
    const small = fc.integer({ min: 1, max: 4 });
    const sizes = fc.tuple(small, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }));
    const steps = fc.tuple(small, small, small, small, small, small, small, small);
    fc.assert(
      fc.property(sizes, steps, size, size, fc.integer(), ([batch, height, width], steps, inside, outside, seed) => {
        const [kernelHeight, kernelWidth, strideY, strideX, dilationY, dilationX, padTop, padLeft] = steps;
        const out = (size: number, kernel: number, stride: number, dilation: number, pad: number) =>
          Math.floor((size + 2 * pad - dilation * (kernel - 1) - 1) / stride) + 1;
        const run = (dilations: readonly [number, number], margins: readonly [number, number], pool: boolean) => {
          const outHeight = out(height, kernelHeight, strideY, dilations[0], margins[0]);
          const outWidth = out(width, kernelWidth, strideX, dilations[1], margins[1]);
          if (outHeight < 1 || outWidth < 1) return;
          const windows = Int32Array.of(
            ...[batch, height, width, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX],
            ...[...dilations, ...margins],
          );
          const g = new Guarded(seed);
          const input = (channels: number) => g.array(batch * height * width * channels);
          const output = (channels: number) => g.array(batch * outHeight * outWidth * channels);
          if (pool) {
            const best = new Int32Array(batch * outHeight * outWidth * inside);
            for (const kind of [0, 1]) {
              addon.poolWindows(inside, windows, kind, input(inside), output(inside), best);
              addon.poolWindowsGradient(inside, windows, kind, output(inside), best, input(inside));
            }
          } else
            for (const [from, to, groups] of [
              [inside, outside, 1],
              [inside, inside, inside],
            ]) {
              const weight = () => g.array((to * from * kernelHeight * kernelWidth) / groups);
              addon.convolve(from, to, groups, windows, input(from), weight(), g.array(to), output(to));
              addon.convolveInputGradient(from, to, groups, windows, weight(), output(to), input(from));
              addon.convolveWeightGradient(from, to, groups, windows, input(from), output(to), weight());
            }
          g.check();
        };
        run([dilationY, dilationX], [padTop, padLeft], false);
        run([1, 1], [Math.min(padTop, kernelHeight >> 1), Math.min(padLeft, kernelWidth >> 1)], true);
      }),
      { numRuns: 60 },
    );
  });
});
