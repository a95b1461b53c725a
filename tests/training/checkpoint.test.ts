import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCheckpoint, removeCheckpoints, writeCheckpoint } from '#main/training/checkpoint.ts';
import type { LoopState } from '#main/training/loop.ts';

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'hark-checkpoint-')), 'run');
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

function state(epochs: number): LoopState {
  const values = Float32Array.of(epochs, 0.1, -0, 1e-40);
  return {
    records: Array.from({ length: epochs }, (_, index) => ({
      epoch: index + 1,
      trainLoss: 1 / 3,
      trainAccuracy: 0.1 + 0.2,
      validationLoss: null,
      validationAccuracy: null,
      learningRate: 1e-3,
      gradientNorm: 2,
      clippedShare: 0,
      gradientNorms: { p10: 1 / 3, p90: 3, max: 4.5, after: 1 },
      seconds: 0.5,
      clipsPerSecond: 100,
    })),
    weights: new Map([['head.weight', { shape: [2, 2], values }]]),
    best: epochs < 2 ? null : { epoch: 2, weights: new Map([['head.weight', { shape: [2, 2], values }]]) },
    optimiser: { step: 17 * epochs, 'head.weight.exp_avg': values.slice() },
  };
}
const file = (name: string) => path.join(folder, name);

test('what is written is read, to the bit; the state before is kept until the next', () => {
  expect(readCheckpoint(folder)).toBeNull();
  for (const epochs of [1, 2, 3]) {
    writeCheckpoint(folder, state(epochs));
    expect(readCheckpoint(folder)).toEqual(state(epochs));
  }
  expect(readdirSync(folder).sort()).toEqual(['checkpoint.previous.safetensors', 'checkpoint.safetensors']);
  rmSync(file('checkpoint.safetensors'));
  expect(readCheckpoint(folder)).toEqual(state(2));
});

describe('a damaged checkpoint gives way to the one before', () => {
  const damages: Record<string, (current: string) => void> = {
    'cut off': (current) => truncateSync(current, 200),
    empty: (current) => truncateSync(current, 0),
    'one bit of a weight': (current) => {
      const bytes = readFileSync(current);
      bytes[bytes.length - 3] ^= 1;
      writeFileSync(current, bytes);
    },
    'a number in the curves': (current) => {
      const bytes = readFileSync(current);
      const at = bytes.indexOf('trainAccuracy') + 17;
      bytes[at] = bytes[at] === 0x39 ? 0x38 : bytes[at] + 1;
      writeFileSync(current, bytes);
    },
    'something else': (current) => writeFileSync(current, 'PNG'),
    gone: (current) => rmSync(current),
  };
  test.each(Object.keys(damages))('%s', (name) => {
    writeCheckpoint(folder, state(1));
    writeCheckpoint(folder, state(2));
    damages[name](file('checkpoint.safetensors'));
    expect(readCheckpoint(folder)).toEqual(state(1));
  });

  test('both damaged: begin anew', () => {
    writeCheckpoint(folder, state(1));
    writeCheckpoint(folder, state(2));
    for (const name of readdirSync(folder)) truncateSync(file(name), 50);
    expect(readCheckpoint(folder)).toBeNull();
  });

  test('what a killed writer left does not matter', () => {
    writeCheckpoint(folder, state(1));
    writeFileSync(file('checkpoint.safetensors.unfinished'), 'half');
    expect(readCheckpoint(folder)).toEqual(state(1));
    writeCheckpoint(folder, state(2));
    expect(readCheckpoint(folder)).toEqual(state(2));
  });
});

test('removing leaves nothing of them', () => {
  writeCheckpoint(folder, state(1));
  writeCheckpoint(folder, state(2));
  removeCheckpoints(folder);
  expect(existsSync(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});
