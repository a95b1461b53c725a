import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { appendDeltas } from '#main/features/deltas.ts';
import type { Features } from '#main/features/extract.ts';
import { normalise } from '#main/features/normalise.ts';
import { frontOf } from '#main/inspection/front.ts';
import { occluded } from '#main/inspection/occlusion.ts';
import { saliencyOf } from '#main/inspection/saliency.ts';
import { softmax } from '#main/training/evaluate.ts';
import { featureSize, FeatureSpec, type FeatureSpecInput } from '#shared/domain/feature-spec.ts';
import { CELLS } from '#shared/domain/model-spec.ts';
import { relativeError } from '../support/shared.ts';
import { madeClip, madeNetwork } from './made-network.ts';

const RATE = 8000;
const KINDS: Record<string, FeatureSpecInput> = {
  spectrogram: { kind: 'spectrogram', nFft: 16 },
  'log mel': { kind: 'logmel', nFft: 64, nMels: 6 },
  MFCC: { kind: 'mfcc', nFft: 64, nMels: 8, nMfcc: 5 },
  'MFCC, all of them': { kind: 'mfcc', nFft: 64, nMels: 8, nMfcc: 8 },
  'MFCC and slopes': { kind: 'mfcc', nFft: 64, nMels: 8, nMfcc: 5, deltas: 2 },
  'log mel and slopes': { kind: 'logmel', nFft: 64, nMels: 6, deltas: 1 },
};

/** Features of noise, their slopes among them. */
function clipFor(input: FeatureSpecInput, frames = 15): Features {
  const spec = FeatureSpec.parse(input);
  const bins = featureSize(spec);
  const clip = madeClip(frames, { bins });
  const base = bins / (1 + spec.deltas);
  for (let order = 0; order < spec.deltas; order++) appendDeltas(clip.values, frames, bins, order * base, base);
  return clip;
}

beforeAll(() => startBackend());

describe.each(Object.entries(KINDS))('%s', (_, features) => {
  test('are laid out over frequency without a loss: the way back gives what the network takes', () => {
    const network = madeNetwork({ cell: 'rnn', hiddenSize: 3 }, { features });
    const clip = clipFor(features);
    const front = frontOf(network.description, clip, RATE);
    expect(front.picture).toHaveLength(front.frames * front.bands.length);
    const input = front.toInput(tf.tensor3d(front.picture, [1, 15, front.bands.length])).dataSync();
    expect(relativeError(input, normalise(clip, network.description.normalisation).values)).toBeLessThan(1e-5);
    const { bands } = front;
    for (const [index, { low, high }] of bands.entries()) {
      expect(high).toBeGreaterThan(low);
      if (index > 0) expect(low).toBeCloseTo(bands[index - 1].high, 6);
    }
    expect(bands.at(-1)!.high).toBeLessThanOrEqual(RATE / 2);
    network.model.dispose();
  });

  test('integrated gradients sum to what the clip adds to the baseline', () => {
    for (const cell of CELLS) {
      const network = madeNetwork({ cell, hiddenSize: 7, bidirectional: true }, { features });
      const { values, output, baseline } = saliencyOf(network, clipFor(features), RATE, 'integrated', 1);
      const sum = values.reduce((a, b) => a + b, 0);
      expect(Math.abs(sum - (output - baseline))).toBeLessThan(2e-3 * Math.max(1, Math.abs(output - baseline)));
      network.model.dispose();
    }
  });

  test('gradient x input is the slope one measures, value by value', () => {
    const network = madeNetwork({ cell: 'gru', hiddenSize: 5 }, { features });
    const clip = clipFor(features, 6);
    const front = frontOf(network.description, clip, RATE);
    const { values, target } = saliencyOf(network, clip, RATE, 'gradient', null);
    const logit = (picture: Float32Array) =>
      network.model
        .forward(front.toInput(tf.tensor3d(picture, [1, 6, front.bands.length])), null, { training: false })
        .dataSync()[target];
    for (const at of [0, 3, front.picture.length - 1]) {
      const moved = (by: number) => logit(front.picture.map((value, index) => (index === at ? value + by : value)));
      const slope = (moved(0.05) - moved(-0.05)) / 0.1;
      expect(values[at]).toBeCloseTo(slope * front.picture[at], 2);
    }
    network.model.dispose();
  });
});

test('without a class it is that of the answer; no tensors are left behind', () => {
  const network = madeNetwork({ cell: 'lstm', hiddenSize: 5 });
  const before = tf.memory().numTensors;
  const { target, output } = saliencyOf(network, madeClip(9), RATE, 'integrated', null);
  for (const other of [0, 1, 2])
    expect(output).toBeGreaterThanOrEqual(saliencyOf(network, madeClip(9), RATE, 'gradient', other).output);
  expect(target).toBeGreaterThanOrEqual(0);
  occluded(network, madeClip(9), RATE, []);
  expect(tf.memory().numTensors).toBe(before);
  network.model.dispose();
});

describe('occlusion', () => {
  const network = () => madeNetwork({ cell: 'gru', hiddenSize: 6 });
  const whole = (clip: Features, { model, description }: ReturnType<typeof network>) => {
    const { values, frames, bins } = normalise(clip, description.normalisation);
    const logits = model.forward(tf.tensor3d(values, [1, frames, bins]), null, { training: false });
    return softmax(logits.dataSync() as Float32Array);
  };

  test('of nothing changes nothing; of everything it is as if the clip were all mean', () => {
    const net = network();
    const clip = madeClip(12);
    expect(relativeError(occluded(net, clip, RATE, []), whole(clip, net))).toBeLessThan(1e-5);
    const mean = { ...clip, values: clip.values.map((_, at) => net.description.normalisation.mean[at % clip.bins]) };
    const covers = [{ from: 0, to: 12, low: 0, high: RATE }];
    expect(relativeError(occluded(net, clip, RATE, covers), whole(mean, net))).toBeLessThan(1e-5);
    net.model.dispose();
  });

  test('covers the frames and bands in the box alone, also where it reaches beyond the clip', () => {
    const net = network();
    const clip = madeClip(12);
    const { bands } = frontOf(net.description, clip, RATE);
    const { mean } = net.description.normalisation;
    const by = clip.values.map((value, at) => {
      const [t, band] = [Math.floor(at / clip.bins), at % clip.bins];
      return t >= 8 && band >= 2 && band <= 3 ? mean[band] : value;
    });
    const covers = [{ from: 8, to: 99, low: bands[2].low, high: bands[3].high }];
    expect(relativeError(occluded(net, clip, RATE, covers), whole({ ...clip, values: by }, net))).toBeLessThan(1e-5);
    net.model.dispose();
  });
});
