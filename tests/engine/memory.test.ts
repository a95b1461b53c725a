import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { Memory } from '#main/engine/native/memory.ts';
import { valuesOf } from '#main/engine/values.ts';
import { backendsHere } from './backends-here.ts';

const memory = () => new Memory(() => 0);
const SIZE = 1000;

describe('memory of tensors', () => {
  it('is used again once it is given back, also for a size that differs a little', () => {
    const all = memory();
    const first = all.take(SIZE);
    const { buffer } = first;
    expect(all.take(SIZE).buffer).not.toBe(buffer);
    all.giveBack(first);
    const again = all.take(SIZE - 7);
    expect(again.buffer).toBe(buffer);
    expect(again.length).toBe(SIZE - 7);
  });

  it('is not used again for a size that differs much, nor given out twice', () => {
    const all = memory();
    const values = all.take(SIZE);
    all.giveBack(values);
    all.giveBack(values);
    expect(all.take(2 * SIZE).buffer).not.toBe(values.buffer);
    const [one, another] = [all.take(SIZE), all.take(SIZE)];
    expect(one.buffer).toBe(values.buffer);
    expect(another.buffer).not.toBe(values.buffer);
  });

  it('is left to whoever keeps it, and others are left alone', () => {
    const all = memory();
    const kept = all.take(SIZE);
    all.keep(kept);
    all.giveBack(kept);
    const foreign = new Float32Array(SIZE);
    all.giveBack(foreign);
    const taken = [all.take(SIZE), all.take(SIZE)].map(({ buffer }) => buffer);
    expect(taken).not.toContain(kept.buffer);
    expect(taken).not.toContain(foreign.buffer);
  });

  it('is let go of when nobody has wanted it for long', () => {
    const all = memory();
    const odd = all.take(3 * SIZE);
    all.giveBack(odd);
    for (let i = 0; i < 10_000; i++) all.giveBack(all.take(SIZE));
    expect(all.take(3 * SIZE).buffer).not.toBe(odd.buffer);
  });

  it('begins where the large pages do', () => {
    const asked: number[] = [];
    const all = new Memory(({ byteLength }) => asked.push(byteLength) && 4096);
    const values = all.take(1 << 20);
    expect(values.byteOffset).toBe(4096);
    expect(values.length).toBe(1 << 20);
    expect(asked[0]).toBeGreaterThanOrEqual(values.byteLength + 4096);
  });
});

describe.skipIf(!backendsHere.includes('native'))('tensors of the native backend', () => {
  beforeAll(() => startBackend({ prefer: 'native' }));
  const ones = () => tf.add(tf.zeros([SIZE]), 1) as tf.Tensor1D;
  /** Makes other tensors of the same size, which would take up the memory of one that is gone. */
  const overwrite = () => tf.tidy(() => void [1, 2, 3].map((i) => tf.mul(ones(), 10 * i)));

  it('take up the memory of those that are gone', () => {
    const first = ones();
    const { buffer } = valuesOf(first);
    first.dispose();
    const others = [1, 2, 3, 4].map(ones);
    const found = others.map((other) => valuesOf(other).buffer);
    tf.dispose(others);
    expect(found).toContain(buffer);
  });

  it('leave to whoever has read them what was read', () => {
    const tensor = ones();
    const read = tensor.dataSync();
    tensor.dispose();
    overwrite();
    expect(read.every((value) => value === 1)).toBe(true);
  });

  it('leave to each other what they share', () => {
    const tensor = ones();
    const [copy, form] = [tf.clone(tensor), tf.reshape(tensor, [10, 100])];
    // tfjs' own, which gives a view of its input.
    const part = tf.stridedSlice(tensor, [0], [SIZE / 2], [1]);
    tensor.dispose();
    overwrite();
    for (const other of [copy, form, part]) {
      expect([...new Set(other.dataSync())]).toEqual([1]);
      other.dispose();
    }
  });

  it('have the same values after many steps as after one', () => {
    const step = () =>
      tf.tidy(() => {
        const x = tf.linspace(-1, 1, SIZE);
        const { value, grads } = tf.valueAndGrads((a: tf.Tensor) => tf.sum(tf.mul(tf.tanh(a), tf.square(a))))([x]);
        return [value.dataSync()[0], ...grads[0].dataSync()];
      });
    const first = step();
    for (let i = 0; i < 20; i++) expect(step()).toEqual(first);
  });
});
