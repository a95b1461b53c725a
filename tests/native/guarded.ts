import { expect } from 'vitest';
import { loadAddon } from '#main/engine/native/addon.ts';
import { Random } from '#shared/math/random.ts';
import { backendsHere } from '../engine/backends-here.ts';

const hasNative = backendsHere.includes('native');
/** The instruction set that is chosen by itself. */
export const bestSet = hasNative ? loadAddon().instructionSet() : '';
/** Those that this machine can run. */
export const setsHere = hasNative
  ? ['baseline', 'avx2', 'avx512', 'neon'].filter((name) => loadAddon().useInstructionSet(name))
  : [];
if (hasNative) loadAddon().useInstructionSet(bestSet);

/** Arrays that stand between guards of NaN: what is read beyond them spoils a result, what is written there is seen. */
export class Guarded {
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
