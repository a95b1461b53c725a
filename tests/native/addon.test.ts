import { describe, expect, it } from 'vitest';
import { loadAddon, type NativeAddon } from '#main/engine/native/addon.ts';
import type { LayerArguments } from '#main/engine/native/calls/recurrent.ts';
import { backendsHere } from '../engine/backends-here.ts';

const f = (size: number) => new Float32Array(size);
type Loose = (...args: unknown[]) => unknown;

describe.skipIf(!backendsHere.includes('native'))('the border of the addon', () => {
  const addon = (): NativeAddon => loadAddon();
  const layer: LayerArguments = [1, 2, 3, 4, 5, false, null];
  const forward = () => [
    ...layer,
    f(24),
    f(80),
    f(100),
    f(20),
    f(20),
    f(10),
    f(10),
    f(30),
    f(10),
    f(10),
    f(addon().recurrentWorkspaceSize(...layer)),
  ];

  it('takes a right call', () => {
    expect(() => (addon().recurrentForward as Loose)(...forward())).not.toThrow();
  });

  it('refuses each argument of a wrong type or length, and a missing one', () => {
    const right: unknown[] = forward();
    right.forEach((argument, index) => {
      const wrong =
        argument instanceof Float32Array
          ? [f(argument.length - 1), new Float64Array(argument.length), undefined, 'x', []]
          : [undefined, 'x', -1, NaN, 1.5];
      for (const value of wrong) {
        const args = right.with(index, value);
        expect(() => (addon().recurrentForward as Loose)(...args), `argument ${index}: ${String(value)}`).toThrow(
          TypeError,
        );
      }
      expect(() => (addon().recurrentForward as Loose)(...right.slice(0, index)), `without ${index}`).toThrow(
        TypeError,
      );
    });
  });

  it('refuses lengths outside of the frames', () => {
    for (const lengths of [[0, 3], [4, 1], [-1, 1], [3]])
      expect(() => (addon().recurrentForward as Loose)(...forward().with(6, Int32Array.from(lengths)))).toThrow(
        /lengths/,
      );
  });

  it('refuses an LSTM without its second state', () => {
    for (const index of [13, 16])
      expect(() => (addon().recurrentForward as Loose)(...forward().with(index === 13 ? 13 : 16, null))).toThrow(
        TypeError,
      );
  });

  it('refuses sizes that would overflow', () => {
    const sizes = addon().recurrentWorkspaceSize as Loose;
    for (const [index, value] of [
      [0, 3],
      [1, 2 ** 31],
      [2, 2 ** 31],
      [3, 0],
      [4, 2 ** 30],
    ])
      expect(() => sizes(...(layer as unknown[]).with(index, value))).toThrow(TypeError);
  });

  it('refuses products, poolings and updates that do not fit', () => {
    const loose = addon() as unknown as Record<string, Loose>;
    expect(() => loose['product'](2, 3, 4, f(8), false, f(12), false, null, f(5))).toThrow(/c has 5/);
    expect(() => loose['product'](2, 3, 4, f(7), false, f(12), false, null, f(6))).toThrow(/a has 7/);
    expect(() => loose['product'](2, 3, 4, f(8), false, f(12), false, f(2), f(6))).toThrow(/bias has 2/);
    expect(() => loose['pool'](1, 1, 2, 3, Int32Array.of(2), f(6), f(3), null)).toThrow(/best/);
    expect(() => loose['poolGradient'](1, 1, 2, 3, Int32Array.of(2), f(3), Int32Array.of(0, 2, 0), f(6))).toThrow(
      /best holds 2/,
    );
    expect(() => loose['adam'](f(3), f(3), f(3), f(2), 1, 1, 1, 1, 1, 0, 1)).toThrow(/exp_avg_sq has 2/);
    expect(() => loose['sgd'](f(3), f(2), null, 1, 0, false, 0)).toThrow(/g has 2/);
    expect(() => loose['setThreads'](0)).toThrow(/out of range/);
  });

  it('knows only its own instruction sets', () => {
    expect(addon().useInstructionSet('mmx')).toBe(false);
    expect(addon().useInstructionSet(addon().instructionSet())).toBe(true);
  });
});
