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
    for (const index of [13, 17])
      expect(() => (addon().recurrentForward as Loose)(...forward().with(index, null))).toThrow(TypeError);
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
    const product = (...[a, aAt, b, bias, c, activation = 0]: unknown[]) =>
      loose['product'](1, 2, 3, 4, a, aAt, false, b, null, false, bias, activation, c);
    expect(() => product(f(8), null, f(12), null, f(5))).toThrow(/c has 5/);
    expect(() => product(f(7), null, f(12), null, f(6))).toThrow(/a has 7/);
    expect(() => product(f(8), null, f(12), f(2), f(6))).toThrow(/bias has 2/);
    expect(() => product(f(8), Int32Array.of(1), f(12), null, f(6))).toThrow(/aAt holds 1/);
    expect(() => product(f(8), null, f(12), null, f(6), 4)).toThrow(/activation/);
    expect(() => loose['pool'](1, 1, 2, 3, Int32Array.of(2), f(6), f(3), null)).toThrow(/best/);
    expect(() => loose['poolGradient'](1, 1, 2, 3, Int32Array.of(2), f(3), Int32Array.of(0, 2, 0), f(6))).toThrow(
      /best holds 2/,
    );
    expect(() => loose['adam'](f(3), f(3), f(3), f(2), 1, 1, 1, 1, 1, 0, 1)).toThrow(/exp_avg_sq has 2/);
    expect(() => loose['sgd'](f(3), f(2), null, 1, 0, false, 0)).toThrow(/g has 2/);
    expect(() => loose['setThreads'](0)).toThrow(/out of range/);
  });

  it('refuses convolutions and poolings that do not fit', () => {
    const loose = addon() as unknown as Record<string, Loose>;
    // A batch of 2, 1 x 8 values, 3 taps, 6 positions.
    const windows = [2, 1, 8, 1, 6, 1, 3, 1, 1, 1, 1, 0, 0];
    const convolve = (
      at: number,
      value: number,
      x = f(64),
      weight = f(60),
      bias: Float32Array | null = null,
      y = f(60),
    ) => loose['convolve'](4, 5, 1, Int32Array.from(windows.with(at, value)), x, weight, bias, y);
    expect(() => convolve(0, 2)).not.toThrow();
    expect(() => convolve(0, 2, f(63))).toThrow(/x has 63/);
    expect(() => convolve(0, 2, f(64), f(61))).toThrow(/weight has 61/);
    expect(() => convolve(0, 2, f(64), f(60), f(4))).toThrow(/bias has 4/);
    expect(() => convolve(0, 2, f(64), f(60), null, f(59))).toThrow(/y has 59/);
    windows.forEach((_, at) => {
      expect(() => convolve(at, -1)).toThrow(TypeError);
      if (at < 11) expect(() => convolve(at, 0)).toThrow(TypeError);
    });
    expect(() => convolve(7, 2 ** 20)).not.toThrow();
    expect(() => loose['convolve'](4, 5, 3, Int32Array.from(windows), f(64), f(60), null, f(60))).toThrow(/groups/);
    const pool = (at: number, value: number, best: Int32Array | null = new Int32Array(48)) =>
      loose['poolWindows'](4, Int32Array.from(windows.with(at, value)), 1, f(64), f(48), best);
    expect(() => pool(0, 2)).not.toThrow();
    expect(() => pool(0, 2, null)).toThrow(/best is missing/);
    expect(() => pool(8, 4)).toThrow(/outside of the input/);
    expect(() => pool(12, 3)).toThrow(/outside of the input/);
    const back = (place: number) =>
      loose['poolWindowsGradient'](4, Int32Array.from(windows), 1, f(48), new Int32Array(48).fill(place), f(64));
    expect(() => back(7)).not.toThrow();
    for (const place of [-1, 8]) expect(() => back(place)).toThrow(/best holds/);
  });

  it('refuses arithmetic and movement that do not fit', () => {
    const loose = addon() as unknown as Record<string, Loose>;
    const ints = (...values: number[]) => Int32Array.from(values);
    expect(() => loose['unary'](14, 0, f(3), f(3))).toThrow(/operation/);
    expect(() => loose['unary'](0, 0, f(3), f(2))).toThrow(/y has 2/);
    expect(() => loose['binary'](0, 1, ints(4, 1, 1), f(3), f(4), f(4))).toThrow(/a is too small/);
    expect(() => loose['binary'](0, 2, ints(2, 3, 0, 4, 1, 1), f(6), f(4), f(8))).toThrow(/a is too small/);
    expect(() => loose['binary'](0, 1, ints(4, 2, 1), f(9), f(4), f(4))).toThrow(/no rows/);
    expect(() => loose['binary'](0, 1, ints(0, 1, 1), f(9), f(4), f(0))).toThrow(/no rows/);
    expect(() => loose['reduce'](0, 2, 3, 4, f(24), f(7))).toThrow(/y has 7/);
    expect(() => loose['reduce'](0, 2 ** 20, 2 ** 20, 1, f(24), f(7))).toThrow(/too large/);
    expect(() => loose['softmax'](2, 3, false, f(5), f(6))).toThrow(/x has 5/);
    expect(() => loose['select'](2, f(3), f(6), f(6), f(6))).toThrow(/Uint8Array/);
    expect(() => loose['select'](2, new Uint8Array(3), f(6), f(5), f(6))).toThrow(/b has 5/);
    expect(() => loose['transpose'](2, ints(2, 3), ints(0, 0), f(6), f(6))).toThrow(/twice/);
    expect(() => loose['transpose'](7, ints(), ints(), f(6), f(6))).toThrow(/rank/);
    expect(() => loose['pad'](1, ints(3), ints(2), ints(4), 0, f(3), f(4))).toThrow(/does not fit/);
    expect(() => loose['gatherRows'](1, 3, 2, ints(3), f(6), f(2))).toThrow(/indices holds 3/);
    expect(() => loose['addRows'](1, 3, 2, ints(-1), f(2), f(6))).toThrow(/indices holds -1/);
  });

  it('knows only its own instruction sets', () => {
    expect(addon().useInstructionSet('mmx')).toBe(false);
    expect(addon().useInstructionSet(addon().instructionSet())).toBe(true);
  });
});
