import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { currentBackend, startBackend } from '#main/engine/backend.ts';
import { loadAddon } from '#main/engine/native/addon.ts';
import { backendsHere } from '../engine/backends-here.ts';
import { hasShared, relativeError } from '../support/shared.ts';
import { exercises } from './exercises.ts';
import { functionsOf, record, replay, type Call, type Replayed } from './recording.ts';

const hasNative = backendsHere.includes('native');
const best = hasNative ? loadAddon().instructionSet() : '';
const here = hasNative
  ? ['baseline', 'avx2', 'avx512', 'neon'].filter((name) => loadAddon().useInstructionSet(name))
  : [];
if (hasNative) loadAddon().useInstructionSet(best);

/** The smallest number that is no denormal. */
const NORMAL = 2 ** -126;
/** As `relativeError`, but what is infinite or not a number must be the same in both. */
const gap = (found: ArrayLike<number>, wanted: ArrayLike<number>): number => {
  const finite = (values: ArrayLike<number>) => Array.from(values, (value) => (Number.isFinite(value) ? value : 0));
  const same = Array.from(wanted).every((value, i) => Number.isFinite(value) || Object.is(value, found[i]));
  return same ? relativeError(finite(found), finite(wanted)) : Infinity;
};
const isDenormal = (value: number) => value !== 0 && Math.abs(value) < NORMAL;

describe.skipIf(!hasNative)('every function of the addon', () => {
  const addon = loadAddon();
  let calls: Call[] = [];
  beforeAll(async () => {
    await startBackend({ prefer: 'native' });
    calls = Object.values(exercises).flatMap((exercise) => record(addon, () => tf.tidy(exercise)));
  });
  afterEach(() => {
    addon.useInstructionSet(best);
    addon.setThreads(currentBackend().threads);
  });

  it.skipIf(!hasShared)('is called by the exercises', () => {
    expect([...new Set(calls.map(({ name }) => name))].sort()).toEqual(functionsOf(addon).sort());
  });

  /** The smallest call of each kind, where each costs: alike are those that differ in their values and sizes alone. */
  const some = (): Call[] => {
    // A number in front chooses what is done; the others are sizes and rates.
    const kindOf = (value: unknown, index: number) =>
      value === null || typeof value === 'boolean' || (index === 0 && typeof value === 'number') ? value : typeof value;
    const kinds = Map.groupBy(calls, ({ name, args }) => [name, ...args.map(kindOf)].join());
    const sizeOf = ({ args }: Call) =>
      args.reduce<number>((sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0), 0);
    return [...kinds.values()].map((alike) => alike.reduce((a, b) => (sizeOf(b) < sizeOf(a) ? b : a)));
  };

  it.each(here)('stays within its arguments and computes the same with %s', (name) => {
    addon.useInstructionSet(name);
    for (const { call, arrays, answer, within } of replay(addon, calls)) {
      expect(within, call.name).toBe(true);
      // How large a workspace is depends on the width of vectors.
      if (typeof call.answer === 'number' && !/size$/i.test(call.name))
        expect(relativeError([Number(answer)], [call.answer])).toBeLessThan(1e-4);
      arrays.forEach((found, index) => {
        if (!found) return;
        const wanted = call.after[index]!;
        // A level of a picture may be rounded the other way.
        const most = found instanceof Uint8Array ? 1.01 / 255 : 1e-4;
        expect(gap(found, wanted), `${call.name}, argument ${index}`).toBeLessThan(most);
      });
    }
  });

  it('computes the same to the bit on any number of threads', () => {
    const [one, ...others] = [1, 2, 3, 7].map((threads) => {
      addon.setThreads(threads);
      return replay(addon, calls);
    });
    for (const other of others)
      other.forEach(({ call, arrays, answer }: Replayed, index) => {
        expect(answer, call.name).toEqual(one[index].answer);
        expect(arrays, call.name).toEqual(one[index].arrays);
      });
  });

  it.each(here)('gives no denormals with %s, but copies of what went in, of either sign', (name) => {
    addon.useInstructionSet(name);
    const tiny = (values: Float32Array) => values.map((value) => value * 1e-39);
    let seen = 0;
    for (const { call, arrays } of replay(addon, calls, tiny)) {
      const given = new Set(
        call.args.flatMap((value) => (value instanceof Float32Array ? [...tiny(value)].map(Math.abs) : [])),
      );
      seen += [...given].filter(isDenormal).length;
      for (const found of arrays)
        if (found instanceof Float32Array)
          expect(
            found.filter((value) => isDenormal(value) && !given.has(Math.abs(value))),
            call.name,
          ).toEqual(new Float32Array());
    }
    expect(seen).toBeGreaterThan(1000);
  });

  it('refuses arguments of a wrong type, and missing ones', () => {
    const functions = addon as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const { name, args } of some())
      args.forEach((value, index) => {
        const wrong = typeof value === 'number' ? ['x', null, NaN] : ['x', 1.5, {}, new Float64Array(4), undefined];
        // NaN is a number, and for a rate or a factor no worse than another.
        for (const other of wrong.filter((one) => !Number.isNaN(one)))
          expect(() => functions[name](...args.with(index, other)), `${name}, argument ${index}`).toThrow(TypeError);
        expect(() => functions[name](...args.slice(0, index)), `${name} without ${index}`).toThrow(TypeError);
      });
  });

  it('reads and writes nothing outside, whatever the sizes say', () => {
    const edited = (values: Int32Array, at: number, one: number) => (values.length > 0 ? values.with(at, one) : values);
    const wrongs = (value: unknown): unknown[] => {
      if (value instanceof Int32Array)
        return [
          value.slice(1),
          ...[-1, 2 ** 20, 2 ** 31 - 1].flatMap((one) => [0, -1].map((at) => edited(value, at, one))),
        ];
      if (ArrayBuffer.isView(value)) return [(value as Float32Array).slice(1), (value as Float32Array).slice(0, 0)];
      if (Array.isArray(value)) return [value.slice(1), [...value, value[0]], [new Float32Array()]];
      return typeof value === 'number' ? [value + 1, value - 1, -1, 2 ** 20, 2 ** 31, 2 ** 53, NaN, Infinity] : [null];
    };
    // A TypeError, or nothing but what was given is touched.
    const isHarmless = (call: Call): boolean => {
      try {
        return replay(addon, [call]).every(({ within }) => within);
      } catch (error) {
        return error instanceof TypeError;
      }
    };
    const harmful: string[] = [];
    for (const call of some()) {
      const workspaces = call.workspaces.map(() => null);
      call.args.forEach((value, index) => {
        for (const wrong of wrongs(value))
          if (!isHarmless({ ...call, workspaces, args: call.args.with(index, wrong) }))
            harmful.push(`${call.name}, argument ${index}: ${String(wrong).slice(0, 40)}`);
      });
    }
    expect(harmful).toEqual([]);
  });
});
