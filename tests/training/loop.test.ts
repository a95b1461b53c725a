import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { changeValues } from '#main/engine/values.ts';
import { createModel, readWeights } from '#main/models/model.ts';
import { readCheckpoint, writeCheckpoint } from '#main/training/checkpoint.ts';
import { evaluate, predictLogits, softmax, timeInference } from '#main/training/evaluate.ts';
import { createLoop, type Loop } from '#main/training/loop.ts';
import { assembleBatch } from '#main/training/batches.ts';
import { packTask } from '#main/training/task-data.ts';
import { learningRateAt } from '#shared/math/learning-rate.ts';
import { made, madeTask, type MadeTask } from '../support/learning.ts';

beforeAll(() => startBackend());

const noPause = async () => {};

function begin(options: Omit<MadeTask, 'folder'> = {}) {
  const task = madeTask({ folder: '', ...options });
  const data = packTask(task, made);
  const model = createModel(task.model, { inputSize: task.inputSize, classes: 2 }, task.training.seed);
  const [train, validation] = [data.train.packed, data.validation.packed];
  return { task, data, model, loop: createLoop({ model, training: task.training, train, validation }) };
}

async function run(loop: Loop, epochs: number): Promise<void> {
  while (loop.records.length < epochs && !loop.finished) await loop.epoch(noPause);
}

/** Everything of the curves that is not a time. */
const curves = (loop: Loop) => loop.records.map((record) => ({ ...record, seconds: 0, clipsPerSecond: 0 }));

describe.each(['rnn', 'lstm', 'gru'] as const)('%s', (cell) => {
  test.each([false, true])('learns the order of frames (layer normalisation: %s)', async (layerNorm) => {
    const { loop, model, data } = begin({
      model: { cell, hiddenSize: 12, layerNorm },
      training: { epochs: 25, learningRate: 0.02 },
    });
    await run(loop, 25);
    const last = loop.records.at(-1)!;
    expect(last.trainLoss).toBeLessThan(0.1);
    expect(last.trainLoss).toBeLessThan(0.2 * loop.records[0].trainLoss);
    expect((await evaluate(model, data.test.packed, noPause)).accuracy).toBeGreaterThanOrEqual(0.95);
  });
});

test('a network without memory does not', async () => {
  const { loop, model, data } = begin({ model: { cell: 'dnn', hiddenSize: 12 }, training: { epochs: 25 } });
  await run(loop, 25);
  expect((await evaluate(model, data.test.packed, noPause)).accuracy).toBeLessThan(0.85);
});

describe('the same seed', () => {
  const options = {
    // prettier-ignore
    model: { cell: 'lstm', numLayers: 2, bidirectional: true, dropout: 0.2, inputDropout: 0.1, residual: true, initialState: 'learnt', recurrentDropout: 0.2, layerNorm: true },
    training: { epochs: 6, schedule: 'cosine', batchSize: 7, labelSmoothing: 0.1, patience: 6 },
  } as const;

  test('gives the same bits; another seed others', async () => {
    const [one, two, other] = [begin(options), begin(options), begin({ ...options, training: { seed: 1 } })];
    for (const { loop } of [one, two, other]) await run(loop, 2);
    expect(readWeights(two.model)).toEqual(readWeights(one.model));
    expect(curves(two.loop)).toEqual(curves(one.loop));
    expect(readWeights(other.model)).not.toEqual(readWeights(one.model));
  });

  test.each(['adam', 'sgd', 'rmsprop', 'adamw'] as const)(
    '%s: 6 epochs are 3 and 3 more, bit for bit',
    async (name) => {
      const optimiser = name === 'sgd' || name === 'rmsprop' ? { name, momentum: 0.9 } : { name };
      const training = { ...options.training, learningRate: 0.01, optimiser };
      const whole = begin({ ...options, training });
      await run(whole.loop, 6);
      const first = begin({ ...options, training });
      await run(first.loop, 3);
      const second = begin({ ...options, training });
      second.loop.restore(first.loop.state());
      await run(second.loop, 6);
      expect(curves(second.loop)).toEqual(curves(whole.loop));
      expect(readWeights(second.model)).toEqual(readWeights(whole.model));
      expect(second.loop.best).toEqual(whole.loop.best);
      expect(second.loop.state().optimiser).toEqual(whole.loop.state().optimiser);
    },
  );
});

describe('the learning rate', () => {
  const schedule = { kind: 'plateau', factor: 0.5, patience: 0, threshold: 0.5 } as const;

  test.each([true, false])(
    'on a plateau falls by the losses of the part it is seen in (validation: %s)',
    async (validation) => {
      const { loop, task } = begin({ validation, training: { epochs: 8, schedule } });
      await run(loop, 8);
      const losses = loop.records.map((record) => (validation ? record.validationLoss! : record.trainLoss));
      const rates = loop.records.map(({ learningRate }) => learningRate);
      expect(rates).toEqual(rates.map((_, epoch) => learningRateAt(task.training, epoch, losses.slice(0, epoch))));
      expect(new Set(rates).size).toBeGreaterThan(2);
    },
  );

  test.each([
    ['plateau', schedule],
    ['step', { kind: 'step', stepSize: 2, gamma: 0.5 }],
    ['exponential', 'exponential'],
    ['cosine', { kind: 'cosine', etaMin: 1e-4 }],
  ] as const)('%s: goes on from a checkpoint to the same bits', async (_, kind) => {
    const training = { epochs: 8, schedule: kind, warmup: { epochs: 1.5 } };
    const [whole, first, second] = [begin({ training }), begin({ training }), begin({ training })];
    await run(whole.loop, 8);
    await run(first.loop, 4);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'hark-loop-'));
    writeCheckpoint(folder, first.loop.state());
    second.loop.restore(readCheckpoint(folder)!);
    rmSync(folder, { recursive: true });
    await run(second.loop, 8);
    expect(curves(second.loop)).toEqual(curves(whole.loop));
    expect(readWeights(second.model)).toEqual(readWeights(whole.model));
  });
});

describe('truncated backpropagation through time', () => {
  test('of as many frames as there are is none', async () => {
    const [whole, cut] = [null, 13].map((truncation) => begin({ training: { truncation } }));
    for (const { loop } of [whole, cut]) await run(loop, 2);
    expect(readWeights(cut.model)).toEqual(readWeights(whole.model));
  });

  test('trains otherwise, to the same bits each time, and leaves no tensors behind', async () => {
    const options = {
      model: { cell: 'lstm', bidirectional: true, numLayers: 2 },
      training: { truncation: 4 },
    } as const;
    const [whole, one, two] = [begin({ model: options.model }), begin(options), begin(options)];
    for (const { loop } of [whole, one, two]) await run(loop, 1);
    expect(readWeights(two.model)).toEqual(readWeights(one.model));
    expect(readWeights(one.model)).not.toEqual(readWeights(whole.model));
    const { numTensors } = tf.memory();
    await one.loop.epoch(noPause);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe('early stopping and the best weights', () => {
  test('ends after `patience` epochs without a better validation, and keeps the best', async () => {
    // Steps too small to change anything: no epoch is better than the first.
    const { loop } = begin({ training: { epochs: 60, patience: 3, learningRate: 1e-30, optimiser: { name: 'sgd' } } });
    await run(loop, 60);
    expect(loop.finished).toBe(true);
    expect(loop.records.length).toBe(4);
    expect(loop.best!.epoch).toBe(1);
  });

  test('the best is the highest validation accuracy, of equals the lowest validation loss', async () => {
    const { loop } = begin({ training: { epochs: 8, learningRate: 0.05 } });
    await run(loop, 8);
    const wanted = loop.records.toSorted(
      (a, b) => b.validationAccuracy! - a.validationAccuracy! || a.validationLoss! - b.validationLoss!,
    );
    expect(loop.best!.epoch).toBe(wanted[0].epoch);
  });

  test('the best weights are those of their epoch', async () => {
    const { loop, model } = begin({ training: { epochs: 5 } });
    const after = [readWeights(model)];
    while (!loop.finished) {
      await loop.epoch(noPause);
      after.push(readWeights(model));
    }
    expect(loop.best!.weights).toEqual(after[loop.best!.epoch]);
  });

  test('without a validation part the last epoch counts as the best', async () => {
    const { loop } = begin({ clips: 10, validation: false, training: { epochs: 3, patience: 1 } });
    await run(loop, 3);
    expect(loop.records.map((record) => record.validationAccuracy)).toEqual([null, null, null]);
    expect(loop.best!.epoch).toBe(3);
  });
});

test('curves show the plain cross-entropy, whatever smoothing is trained with', async () => {
  const { loop } = begin({ training: { epochs: 20, labelSmoothing: 0.5 } });
  await run(loop, 20);
  // Of two classes, the smoothed loss cannot fall below ln 4 - 0.75 ln 3 = 0.562; at its minimum the plain one is ln(4/3) = 0.288.
  const { trainLoss, trainAccuracy } = loop.records.at(-1)!;
  expect(trainAccuracy).toBe(1);
  expect(trainLoss).toBeGreaterThan(0.25);
  expect(trainLoss).toBeLessThan(0.4);
});

test('a training that diverges says so, and what to do', async () => {
  const { loop, model } = begin();
  changeValues(model.parameters.get('head.weight')!, (values) => values.fill(Infinity));
  await expect(run(loop, 1)).rejects.toMatchObject({ kind: 'bad-input', where: 'learningRate' });
});

test('what `between` throws leaves the epoch, and nothing of it is recorded', async () => {
  const { loop } = begin();
  let batches = 0;
  await expect(
    loop.epoch(async () => {
      if (++batches === 2) throw new Error('enough');
    }),
  ).rejects.toThrow('enough');
  expect(batches).toBe(2);
  expect(loop.records).toEqual([]);
  expect(loop.best).toBeNull();
});

test('progress counts clips to the end of the epoch', async () => {
  const { loop, data } = begin();
  const shares: number[] = [];
  await loop.epoch(async ({ share }) => void shares.push(share));
  // One more after the last batch: while validating.
  expect(shares.length).toBe(Math.ceil(data.train.clips.length / 16) + 1);
  expect(shares.at(-1)).toBe(1);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);
});

test('an epoch leaves no tensors behind', async () => {
  const { loop } = begin({ model: { cell: 'gru', dropout: 0.3, numLayers: 2 } });
  await loop.epoch(noPause);
  const { numTensors } = tf.memory();
  await loop.epoch(noPause);
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('evaluation: probabilities of each clip in its own place, whatever the batches', async () => {
  const { model, data } = begin();
  const { packed } = data.test;
  const all = await evaluate(model, packed, noPause);
  let loss = 0;
  for (let clip = 0; clip < packed.frames.length; clip++) {
    const shares = softmax(predictLogits(model, assembleBatch(packed, Int32Array.of(clip))));
    loss -= Math.log(shares[packed.labels[clip]]) / packed.frames.length;
    for (let i = 0; i < 2; i++) expect(all.probabilities[clip * 2 + i]).toBeCloseTo(shares[i], 5);
    expect(all.predicted[clip]).toBe(shares[0] >= shares[1] ? 0 : 1);
  }
  expect(all.loss).toBeCloseTo(loss, 5);
});

test('inference is timed over the clips there are', async () => {
  const { model, data } = begin();
  const timed = await timeInference(model, data.test.packed, noPause);
  expect(timed.clips).toBe(20);
  expect(timed.p50).toBeGreaterThan(0);
  expect(timed.p95).toBeGreaterThanOrEqual(timed.p50);
});
