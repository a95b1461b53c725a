import * as tf from '@tensorflow/tfjs-core';
import { spectralRadii } from '#main/engine/spectral-radius.ts';
import { gradientsThroughTime } from '#main/models/through-time.ts';
import type { LayerPlace, Model } from '#main/models/types.ts';
import { BLOCKS } from '#shared/domain/model-spec.ts';
import {
  PROBE_CLIPS,
  PROBE_DISTANCES,
  PROBE_FRAMES,
  type GradientCurve,
  type ProbeHead,
  type ProbePlace,
} from '#shared/domain/training-probe.ts';
import type { TrainingSpec } from '#shared/domain/training-spec.ts';
import { Random } from '#shared/math/random.ts';
import { percentile } from '#shared/math/statistics.ts';
import type { Batch, PackedClips } from './batches.ts';

/** Significant digits that are kept. */
const DIGITS = 4;

/** Epochs from look to look at least, so that looking takes little of the time that training takes (docs/inspect.md). */
const LEAST_EPOCHS = 2;
/** Looks a long training is held to. */
const MOST_LOOKS = 100;

export interface Probe {
  readonly head: ProbeHead;
  /** Whether it is time to look after this epoch: after the first, the last and every so many, the same ones for all cells. */
  isDue(epoch: number): boolean;
  /** Looks into the network as it is now. Draws no random numbers and changes nothing. */
  look(): ProbePlace[];
}

/**
 * Looks, while a network is trained, at what its gradients do on their way back through time and at its recurrent weights: on a few
 * training clips, the same each time, without dropout, of the plain cross-entropy. What flows back is what the last frame of each
 * direction alone sends: where all frames send something (pooling by the mean), the share that each gets directly would hide
 * that what comes from far away vanishes. Training that is truncated is looked at truncated.
 *
 * Of longer clips the last PROBE_FRAMES frames are taken, as if the clip began there.
 * @returns null for a network without states
 */
export function createProbe(model: Model, training: TrainingSpec, train: PackedClips): Probe | null {
  const { cell } = model.spec;
  if (cell === 'dnn') return null;
  const chosen = chooseClips(train, training.seed);
  const batch = lastFrames(train, chosen);
  const step = Math.ceil(batch.time / PROBE_DISTANCES);
  const every = Math.max(LEAST_EPOCHS, Math.ceil(training.epochs / MOST_LOOKS));
  const there = Array.from({ length: Math.ceil(batch.time / step) }, (_, distance) =>
    batch.lengths.reduce((sum, length) => sum + Number(length > distance * step), 0),
  );
  return {
    head: { version: 1, clips: batch.size, step, there },
    isDue: (epoch) => epoch === 1 || epoch === training.epochs || epoch % every === 0,
    look() {
      const x = tf.tensor3d(batch.x, [batch.size, batch.time, train.bins]);
      const { layers } = gradientsThroughTime(model, x, batch.lengths, batch.labels, 'end', training.truncation);
      x.dispose();
      return layers.map(({ hidden, cell: ofCell, ...place }) => {
        const curve = (norms: Float32Array) => gradientCurve(norms, batch, place.reverse, step);
        const radii = radiiOf(model, place).map((radius, block) => ({
          block: BLOCKS[cell][block],
          radius: kept(radius),
        }));
        return { ...place, hidden: curve(hidden), cell: ofCell && curve(ofCell), radii };
      });
    },
  };
}

/** Numbers of clips, by the seed alone. */
export function chooseClips({ frames }: Pick<PackedClips, 'frames'>, seed: number): Int32Array {
  return new Random(seed, 'probe').shuffle(Int32Array.from(frames.keys())).slice(0, PROBE_CLIPS).sort();
}

/** One by one, for of a long clip nearly all is left out. */
function lastFrames(train: PackedClips, clips: Int32Array): Batch {
  const { bins } = train;
  const lengths = Int32Array.from(clips, (clip) => Math.min(train.frames[clip], PROBE_FRAMES));
  const time = Math.max(...lengths);
  const x = new Float32Array(clips.length * time * bins);
  clips.forEach((clip, row) => {
    const whole = new Float32Array(train.frames[clip] * bins);
    train.fill(Int32Array.of(clip), whole.length, whole);
    x.set(whole.subarray(whole.length - lengths[row] * bins), row * time * bins);
  });
  return { size: clips.length, time, x, lengths, labels: Int32Array.from(clips, (clip) => train.labels[clip]) };
}

/**
 * Norms by frame, aligned at where the direction ends.
 * @param norms [size, time], of the mean over the batch
 */
function gradientCurve(
  norms: Float32Array,
  { size, time, lengths }: Batch,
  reverse: boolean,
  step: number,
): GradientCurve {
  /** Of each clip the mean logarithm of each distance; NaN where the gradient does not reach. */
  const logs = Array.from(lengths, (length, clip) =>
    Array.from({ length: Math.ceil(length / step) }, (_, distance) => {
      let [sum, frames] = [0, 0];
      for (let back = distance * step; back < Math.min(length, (distance + 1) * step); back++) {
        const log = Math.log(norms[clip * time + (reverse ? back : length - 1 - back)] * size);
        if (!Number.isFinite(log)) continue;
        sum += log;
        frames++;
      }
      return sum / frames;
    }),
  );
  const distances = Array.from({ length: Math.ceil(time / step) }, (_, distance) => {
    const reached = logs.filter((log) => !Number.isNaN(log[distance] ?? NaN));
    const values = reached.map((log) => log[distance]);
    const ratios = reached.map((log) => log[distance] - log.find((one) => !Number.isNaN(one))!);
    return {
      reached: reached.length,
      mean: kept(geometric(values)),
      low: kept(Math.exp(percentile(values, 0.25))),
      high: kept(Math.exp(percentile(values, 0.75))),
      left: kept(geometric(ratios)),
    };
  });
  const column = <K extends keyof GradientCurve>(name: K) => distances.map((one) => one[name]) as GradientCurve[K];
  return {
    reached: column('reached'),
    mean: column('mean'),
    low: column('low'),
    high: column('high'),
    left: column('left'),
  };
}

const geometric = (logs: readonly number[]): number => Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);

/** As it is written down; null: there is none. */
const kept = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null);

/** Spectral radius of each block of W_hh. */
function radiiOf({ parameters, spec: { hiddenSize } }: Model, { layer, reverse }: LayerPlace): number[] {
  const weights = parameters.get(`rnn.weight_hh_l${layer}${reverse ? '_reverse' : ''}`)!;
  return tf.tidy(() => [...spectralRadii(tf.reshape(weights, [-1, hiddenSize, hiddenSize]))]);
}
