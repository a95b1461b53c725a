import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { loadAddon } from '#main/engine/native/addon.ts';
import type { LayerArguments } from '#main/engine/native/calls/recurrent.ts';
import { Random } from '#shared/math/random.ts';
import { backendsHere } from '../engine/backends-here.ts';

const hasNative = backendsHere.includes('native');
const best = hasNative ? loadAddon().instructionSet() : '';
const here = hasNative
  ? ['baseline', 'avx2', 'avx512', 'neon'].filter((name) => loadAddon().useInstructionSet(name))
  : [];

/** Arrays that stand between guards of NaN: what is read beyond them spoils a result, what is written there is seen. */
class Guarded {
  static readonly margin = 96;
  readonly #all: Float32Array[] = [];
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  array(size: number, fill?: number): Float32Array {
    const all = new Float32Array(size + 2 * Guarded.margin).fill(NaN);
    this.#all.push(all);
    const own = all.subarray(Guarded.margin, Guarded.margin + size);
    for (let i = 0; i < size; i++) own[i] = fill ?? this.#random.normal() / 2;
    return own;
  }

  check(): void {
    for (const all of this.#all) {
      const { margin } = Guarded;
      expect(all.subarray(0, margin).every(Number.isNaN) && all.subarray(all.length - margin).every(Number.isNaN)).toBe(
        true,
      );
      expect(all.subarray(margin, all.length - margin).every(Number.isFinite)).toBe(true);
    }
  }
}

describe.each(here)('the kernels for %s stay within their arguments', (name) => {
  afterAll(() => void loadAddon().useInstructionSet(best));
  const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }));

  it('in recurrent layers', () => {
    const addon = loadAddon();
    addon.useInstructionSet(name);
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
          output,
          state(),
          second(),
          workspace,
        );
        addon.recurrentBackward(
          ...layer,
          weightHh,
          output,
          h0,
          c0,
          g.array(output.length),
          state(),
          second(),
          workspace,
          state(),
          second(),
        );
        addon.recurrentInputGradient(...layer, weightIh, workspace, g.array(x.length, 0));
        addon.recurrentWeightGradient(
          ...layer,
          x,
          output,
          h0,
          workspace,
          g.array(rows * inputs),
          g.array(rows * hidden),
          g.array(rows),
          g.array(rows),
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
          addon.product(m, n, k, g.array(m * k), transposeA, g.array(k * n), transposeB, g.array(n), g.array(m * n));
          const lengths = Int32Array.from({ length: m }, () => 1 + random.below(n));
          for (const kind of [0, 1, 2]) {
            const frames = kind === 1 ? new Int32Array(m * k) : null;
            addon.pool(kind, m, n, k, lengths, g.array(m * n * k), g.array(m * k), frames);
            addon.poolGradient(kind, m, n, k, lengths, g.array(m * k), frames, g.array(m * n * k, 0));
          }
          addon.dropout(seed >>> 0, 2 ** 31, 2, g.array(m * n), g.array(m * n));
          for (const operation of [0, 1, 2, 3, 4]) addon.elementwise(operation, g.array(m), g.array(m), g.array(m));
          addon.columnSums(m, n, g.array(m * n), g.array(n));
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
});
