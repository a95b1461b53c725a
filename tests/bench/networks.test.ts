import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { RECURRENT_CELLS } from '#shared/domain/model-spec.ts';
import { TRAIN_CASES } from '../../bench/cases.ts';
import type { Network } from '../../bench/flops.ts';
import { inference, randomBatch, training } from '../../bench/networks.ts';
import { hasShared } from '../support/shared.ts';

const small = { inputSize: 3, hiddenSize: 8, numLayers: 1, bidirectional: false, classes: 4 };
beforeAll(async () => void (await startBackend()));

describe.each(RECURRENT_CELLS)('the %s that is measured', (cell) => {
  const network: Network = { cell, ...small };
  const lengths = Int32Array.of(7, 3, 5, 7, 1, 2);

  it('learns: its loss falls, the same way each time', () => {
    const losses = () => {
      const subject = training(network, randomBatch(network, 6, 7, lengths));
      const seen = Array.from({ length: 40 }, () => subject.run()[0]);
      subject.dispose();
      return seen;
    };
    const seen = losses();
    expect(seen.at(-1)).toBeLessThan(seen[0] - 0.01);
    expect(losses()).toEqual(seen);
  });

  it('answers with a logit for each class', () => {
    const subject = inference(network, randomBatch(network, 1, 7));
    const logits = subject.run();
    subject.dispose();
    expect(logits).toHaveLength(4);
    expect(new Set(Array.from(logits)).size).toBe(4);
  });
});

describe('the cases of bench train', () => {
  it('have names of their own', () => {
    expect(new Set(TRAIN_CASES.map(({ name }) => name)).size).toBe(TRAIN_CASES.length);
  });

  it.skipIf(!hasShared)('draw lengths from real clips, the same each time', async () => {
    const { make } = TRAIN_CASES.find(({ name }) => name === 'GRU, 128 units, FSDD lengths')!;
    const { lengths, time, batch } = await make();
    expect(lengths).toHaveLength(batch);
    expect(Math.min(...lengths!)).toBeGreaterThan(5);
    expect(Math.max(...lengths!)).toBe(time);
    expect((await make()).lengths).toEqual(lengths);
  });
});
