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
import { percentile } from '#shared/math/statistics.ts';
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

/** The gradients of one clip, by the way that is held to measured slopes. */
function ofClip(model: Model, train: PackedClips, clip: number, truncation: number | null = null) {
  const x = new Float32Array(train.frames[clip] * train.bins);
  train.fill(Int32Array.of(clip), x.length, x);
  const labels = Int32Array.of(train.labels[clip]);
  return tf.tidy(() => {
    const input = tf.tensor3d(x, [1, train.frames[clip], train.bins]);
    return gradientsThroughTime(model, input, null, labels, 'end', truncation).layers;
  });
}

describe.each(RECURRENT_CELLS)('%s', (cell) => {
  test('is the gradient through time of each clip, brought together by distance', () => {
    const { task, model, train } = begin({ model: { cell, numLayers: 2, bidirectional: true } });
    const probe = createProbe(model, task.training, train)!;
    const clips = chooseClips(train, task.training.seed);
    expect(clips).toHaveLength(PROBE_CLIPS);
    const each = Array.from(clips, (clip) => ofClip(model, train, clip));
    const places = probe.look();
    expect(places.map(({ layer, reverse }) => [layer, reverse])).toEqual([[0, false], [0, true], [1, false], [1, true]]); // prettier-ignore
    for (const [index, place] of places.entries())
      for (const kind of ['hidden', 'cell'] as const) {
        const curve = place[kind];
        expect(curve !== null).toBe(kind === 'hidden' || cell === 'lstm');
        if (!curve) continue;
        for (const [distance, there] of probe.head.there.entries()) {
          const norms = each.flatMap((layers) => {
            const own = layers[index][kind]!;
            const at = (back: number) => own[place.reverse ? back : own.length - 1 - back];
            // An LSTM's last c goes into its last h alone, and from there nowhere but up.
            return distance < own.length && at(distance) > 0 ? [{ norm: at(distance), first: at(0) || at(1) }] : [];
          });
          expect(curve.reached[distance]).toBe(norms.length);
          expect(norms.length).toBe(kind === 'cell' && distance === 0 ? 0 : there);
          if (norms.length === 0) continue;
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
    const { task, model, train } = begin({ model: { cell }, training: { truncation: 3 } });
    const cut = createProbe(model, task.training, train)!.look()[0].hidden;
    const each = Array.from(chooseClips(train, 0), (clip) => ofClip(model, train, clip)[0].hidden);
    cut.reached.forEach((reached, back) => {
      // Cuts stand at frames 3, 6, ... of each clip, wherever it ends.
      const within = each.filter((norms) => back <= (norms.length - 1) % 3);
      expect(reached).toBe(within.length);
      if (within.length === 0) return expect(cut.mean[back]).toBeNull();
      const whole = Math.exp(meanOf(within.map((norms) => Math.log(norms[norms.length - 1 - back]))));
      expect(Math.abs(cut.mean[back]! / whole - 1)).toBeLessThan(2e-3);
    });
    expect(cut.reached[3]).toBe(0);
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
  expect(head).toEqual({ version: 1, clips: 3, step: 2, there: [3, 3, ...Array<number>(PROBE_DISTANCES - 2).fill(2)] });
  const { hidden } = look()[0];
  expect(hidden.mean).toHaveLength(PROBE_DISTANCES);
  // The first clip as if it began 256 frames before its end.
  const x = Float32Array.from({ length: PROBE_FRAMES * bins }, (_, at) =>
    value(0, 1000 - PROBE_FRAMES + Math.floor(at / bins)),
  );
  const cutClip: PackedClips = {
    ...{ bins, frames: Int32Array.of(PROBE_FRAMES), labels: Int32Array.of(0), expect: () => {} },
    fill: (_clips, _stride, out) => out.set(x),
  };
  const own = ofClip(model, cutClip, 0)[0].hidden;
  const alone = createProbe(model, TrainingSpec.parse({}), { ...long, frames: frames.slice(0, 1) })!.look()[0].hidden;
  for (const distance of [0, 1, 5, 20]) {
    const pair = [own[PROBE_FRAMES - 1 - 2 * distance], own[PROBE_FRAMES - 2 - 2 * distance]];
    expect(alone.mean[distance]! / Math.sqrt(pair[0] * pair[1])).toBeCloseTo(1, 2);
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
  const frames = new Int32Array(100);
  expect(chooseClips({ frames }, 1)).toEqual(chooseClips({ frames }, 1));
  expect(chooseClips({ frames }, 2)).not.toEqual(chooseClips({ frames }, 1));
  expect(new Set(chooseClips({ frames: new Int32Array(5) }, 1)).size).toBe(5);
  const { model, task, train } = begin({ model: { cell: 'dnn' } });
  expect(createProbe(model, task.training, train)).toBeNull();
  model.dispose();
});

describe('the log', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hark-probes-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const head = { version: 1, clips: 16, step: 1, there: [16, 12] } as const;
  const epochs = () => readProbeLog(folder)!.records.map(({ epoch }) => epoch);

  test('holds what was written, whole lines alone', () => {
    expect(readProbeLog(folder)).toBeNull();
    expect(beginProbeLog(folder, { ...head, there: [...head.there] }, 0)).toEqual([]);
    const { model, task, train } = begin({ model: { cell: 'lstm' } });
    const places = createProbe(model, task.training, train)!.look();
    for (const epoch of [0, 1, 2]) appendProbe(folder, { epoch, places });
    expect(readProbeLog(folder)).toEqual({ head, records: [0, 1, 2].map((epoch) => ({ epoch, places })) });
    appendFileSync(path.join(folder, 'probes.jsonl'), '{"epoch":3,"places":[{"la');
    expect(epochs()).toEqual([0, 1, 2]);
    model.dispose();
  });

  test('taken up, it goes on from the epoch of the checkpoint', () => {
    const again = { ...head, there: [...head.there] };
    expect(beginProbeLog(folder, again, 1)).toEqual([0, 1]);
    appendProbe(folder, { epoch: 2, places: [] });
    expect(epochs()).toEqual([0, 1, 2]);
    expect(beginProbeLog(folder, again, 0)).toEqual([]);
    expect(epochs()).toEqual([]);
  });
});

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
