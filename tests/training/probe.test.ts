import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { createModel, readWeights } from '#main/models/model.ts';
import { gradientsThroughTime } from '#main/models/through-time.ts';
import type { Model } from '#main/models/types.ts';
import type { PackedClips } from '#main/training/batches.ts';
import { createLoop } from '#main/training/loop.ts';
import { chooseClips, createProbe } from '#main/training/probe.ts';
import { appendProbe, beginProbeLog, readProbeLog } from '#main/training/probe-log.ts';
import { packTask } from '#main/training/task-data.ts';
import { ModelSpec, RECURRENT_CELLS } from '#shared/domain/model-spec.ts';
import { PROBE_CLIPS, PROBE_DISTANCES, PROBE_FRAMES } from '#shared/domain/training-probe.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import { median, percentile } from '#shared/math/statistics.ts';
import { largestModulus } from '../support/eigenvalues.ts';
import { made, madeTask, type MadeTask } from '../support/learning.ts';

beforeAll(() => startBackend());

function begin(options: Omit<MadeTask, 'folder'> = {}) {
  const task = madeTask({ folder: '', ...options });
  const data = packTask(task, made);
  const model = createModel(task.model, { inputSize: task.inputSize, classes: 2 }, task.training.seed);
  const [train, validation] = [data.train.packed, data.validation.packed];
  return { task, model, train, loop: createLoop({ model, training: task.training, train, validation }) };
}

/** The gradients of the last frames of one clip, alone. */
function ofClip(model: Model, train: PackedClips, clip: number, frames: number) {
  const whole = new Float32Array(train.frames[clip] * train.bins);
  train.fill(Int32Array.of(clip), whole.length, whole);
  const x = tf.tensor3d(whole.slice(whole.length - frames * train.bins), [1, frames, train.bins]);
  const { layers } = gradientsThroughTime(model, x, null, Int32Array.of(train.labels[clip]), 'end');
  x.dispose();
  return layers;
}

describe.each(RECURRENT_CELLS)('%s', (cell) => {
  test('is the gradient through time of each clip, brought together by distance', () => {
    const { task, model, train } = begin({ model: { cell, numLayers: 2, bidirectional: true } });
    const probe = createProbe(model, task.training, train)!;
    const { frames } = probe.head;
    expect(frames).toBe(Math.floor(median(train.frames)));
    const clips = chooseClips(train, frames, task.training.seed);
    expect(clips).toHaveLength(PROBE_CLIPS);
    const each = Array.from(clips, (clip) => ofClip(model, train, clip, frames));
    const places = probe.look();
    expect(places.map(({ layer, reverse }) => [layer, reverse])).toEqual([[0, false], [0, true], [1, false], [1, true]]); // prettier-ignore
    for (const [index, place] of places.entries())
      for (const kind of ['hidden', 'cell'] as const) {
        const curve = place[kind];
        expect(curve !== null).toBe(kind === 'hidden' || cell === 'lstm');
        if (!curve) continue;
        expect(curve.mean).toHaveLength(frames);
        for (let distance = 0; distance < frames; distance++) {
          const norms = each.map((layers) => {
            const own = layers[index][kind]!;
            const at = (back: number) => own[place.reverse ? back : frames - 1 - back];
            return { norm: at(distance), first: at(0) || at(1) };
          });
          // An LSTM's last c goes into its last h alone, and from there nowhere but up.
          const comes = kind === 'hidden' || distance > 0;
          expect(curve.reached[distance]).toBe(comes ? PROBE_CLIPS : 0);
          if (!comes) {
            expect(norms.every(({ norm }) => norm === 0)).toBe(true);
            expect(curve.mean[distance]).toBeNull();
            continue;
          }
          const logs = norms.map(({ norm }) => Math.log(norm));
          const near = (found: number | null, wanted: number) =>
            expect(Math.abs(found! / wanted - 1)).toBeLessThan(2e-3);
          near(curve.mean[distance], Math.exp(meanOf(logs)));
          near(curve.low[distance], Math.exp(percentile(logs, 0.25)));
          near(curve.high[distance], Math.exp(percentile(logs, 0.75)));
          near(curve.left[distance], Math.exp(meanOf(norms.map(({ norm, first }) => Math.log(norm / first)))));
        }
      }
    model.dispose();
  });

  test('nothing comes from beyond a truncation, and what comes is as without it', () => {
    const { task, model, train } = begin({ model: { cell }, training: { truncation: 4 } });
    const { head, look } = createProbe(model, task.training, train)!;
    // Whole spans: the last one ends with the clip.
    expect(head.frames % 4).toBe(0);
    const { hidden } = look()[0];
    const each = Array.from(
      chooseClips(train, head.frames, 0),
      (clip) => ofClip(model, train, clip, head.frames)[0].hidden,
    );
    hidden.reached.forEach((reached, back) => {
      expect(reached).toBe(back < 4 ? PROBE_CLIPS : 0);
      if (reached === 0) return expect(hidden.mean[back]).toBeNull();
      const whole = Math.exp(meanOf(each.map((norms) => Math.log(norms[head.frames - 1 - back]))));
      expect(Math.abs(hidden.mean[back]! / whole - 1)).toBeLessThan(2e-3);
    });
    model.dispose();
  });

  test('the radii are those of the blocks of the recurrent weights', () => {
    const { task, model, train } = begin({ model: { cell, hiddenSize: 9, bidirectional: true } });
    const [, backwards] = createProbe(model, task.training, train)!.look();
    const weights = readWeights(model).get('rnn.weight_hh_l0_reverse')!.values;
    expect(backwards.radii).toHaveLength(weights.length / 81);
    backwards.radii.forEach(({ radius }, block) => {
      expect(radius).toBeCloseTo(largestModulus(weights.subarray(block * 81, (block + 1) * 81), 9), 3);
    });
    model.dispose();
  });
});

test('training goes to the same bits whether it is looked at or not', async () => {
  const options = {
    model: { cell: 'lstm', numLayers: 2, bidirectional: true, dropout: 0.2, recurrentDropout: 0.2, layerNorm: true },
    training: { epochs: 3, batchSize: 7 },
  } as const;
  const [plain, probed] = [begin(options), begin(options)];
  const probe = createProbe(probed.model, probed.task.training, probed.train)!;
  const [before, tensors] = [probe.look(), tf.memory().numTensors];
  for (let epoch = 0; epoch < 3; epoch++) {
    await plain.loop.epoch(async () => {});
    await probed.loop.epoch(async () => {});
    if (epoch < 2) expect(probe.look()).not.toEqual(before);
    expect(readWeights(probed.model)).toEqual(readWeights(plain.model));
  }
  expect(probe.look()).toEqual(probe.look());
  // The optimiser's slots have come; looking leaves nothing.
  const held = tf.memory().numTensors;
  probe.look();
  expect(tf.memory().numTensors).toBe(held);
  expect(tensors).toBeGreaterThan(0);
});

test('of long clips the last frames are looked at, some to a distance', () => {
  const frames = Int32Array.of(1000, 3, 300);
  const bins = 2;
  const value = (clip: number, frame: number) => Math.sin(clip + frame);
  const long: PackedClips = {
    ...{ bins, frames, labels: Int32Array.of(0, 1, 0), expect: () => {} },
    fill: (clips, stride, out) =>
      clips.forEach((clip, row) => {
        for (let t = 0; t < frames[clip]; t++)
          out.fill(value(clip, t), row * stride + t * bins, row * stride + (t + 1) * bins);
      }),
  };
  const model = createModel(ModelSpec.parse({ cell: 'gru', hiddenSize: 3 }), { inputSize: bins, classes: 2 }, 0);
  const { head, look } = createProbe(model, TrainingSpec.parse({}), long)!;
  expect(head).toEqual({ version: 1, clips: 2, frames: PROBE_FRAMES, step: 2 });
  const { hidden } = look()[0];
  expect(hidden.mean).toHaveLength(PROBE_DISTANCES);
  const each = [0, 2].map((clip) => ofClip(model, long, clip, PROBE_FRAMES)[0].hidden);
  for (const distance of [0, 1, 5, 20]) {
    const both = each.flatMap((norms) => [1, 2].map((back) => norms[PROBE_FRAMES - back - 2 * distance]));
    expect(hidden.mean[distance]! / Math.exp(meanOf(both.map(Math.log)))).toBeCloseTo(1, 2);
  }
  model.dispose();
});

test.each([
  [1, [1]],
  [7, [1, 2, 4, 6, 7]],
  [20, [1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]],
])('of %i epochs it is time after %j', (epochs, due) => {
  const { model, task, train } = begin({ model: { cell: 'rnn' }, training: { epochs } });
  const { isDue } = createProbe(model, task.training, train)!;
  expect(Array.from({ length: epochs }, (_, index) => index + 1).filter(isDue)).toEqual(due);
  model.dispose();
});

test('a long training is looked at a hundred times', () => {
  const { model, task, train } = begin({ model: { cell: 'rnn' }, training: { epochs: 5000 } });
  const { isDue } = createProbe(model, task.training, train)!;
  const due = Array.from({ length: 5000 }, (_, index) => index + 1).filter(isDue);
  expect(due).toHaveLength(101);
  expect(due.slice(0, 3)).toEqual([1, 50, 100]);
  model.dispose();
});

test('clips are chosen by the seed alone; a network without states has nothing to look at', () => {
  const packed = { frames: Int32Array.from({ length: 100 }, (_, clip) => clip) };
  expect(chooseClips(packed, 50, 1)).toEqual(chooseClips(packed, 50, 1));
  expect(chooseClips(packed, 50, 2)).not.toEqual(chooseClips(packed, 50, 1));
  expect(Math.min(...chooseClips(packed, 50, 1))).toBeGreaterThanOrEqual(50);
  expect([...chooseClips(packed, 97, 1)]).toEqual([97, 98, 99]);
  const { model, task, train } = begin({ model: { cell: 'dnn' } });
  expect(createProbe(model, task.training, train)).toBeNull();
  model.dispose();
});

describe('the log', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hark-probes-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const head = { version: 1, clips: 16, frames: 12, step: 1 } as const;
  const epochs = () => readProbeLog(folder)!.records.map(({ epoch }) => epoch);

  test('holds what was written, whole lines alone', () => {
    expect(readProbeLog(folder)).toBeNull();
    expect(beginProbeLog(folder, head, 0)).toEqual([]);
    const { model, task, train } = begin({ model: { cell: 'lstm' } });
    const places = createProbe(model, task.training, train)!.look();
    for (const epoch of [0, 1, 2]) appendProbe(folder, { epoch, places });
    expect(readProbeLog(folder)).toEqual({ head, records: [0, 1, 2].map((epoch) => ({ epoch, places })) });
    appendFileSync(path.join(folder, 'probes.jsonl'), '{"epoch":3,"places":[{"la');
    expect(epochs()).toEqual([0, 1, 2]);
    model.dispose();
  });

  test('taken up, it goes on from the epoch of the checkpoint', () => {
    expect(beginProbeLog(folder, head, 1)).toEqual([0, 1]);
    appendProbe(folder, { epoch: 2, places: [] });
    expect(epochs()).toEqual([0, 1, 2]);
    expect(beginProbeLog(folder, head, 0)).toEqual([]);
    expect(epochs()).toEqual([]);
  });
});

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
