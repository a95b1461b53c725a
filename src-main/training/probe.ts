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
import { median, percentile } from '#shared/math/statistics.ts';
import type { PackedClips } from './batches.ts';

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
 * Of each clip as many frames are taken, its last ones, as if it began there: the median length of the training clips (at most
 * PROBE_FRAMES), so that every distance is that of all clips. Clips that are shorter are not chosen.
 * @returns null for a network without states
 */
export function createProbe(model: Model, training: TrainingSpec, train: PackedClips): Probe | null {
  const { cell } = model.spec;
  if (cell === 'dnn') return null;
  const frames = framesOf(train, training.truncation);
  const batch = lastFrames(train, chooseClips(train, frames, training.seed), frames);
  const step = Math.ceil(frames / PROBE_DISTANCES);
  const every = Math.max(LEAST_EPOCHS, Math.ceil(training.epochs / MOST_LOOKS));
  return {
    head: { version: 1, clips: batch.size, frames, step },
    isDue: (epoch) => epoch === 1 || epoch === training.epochs || epoch % every === 0,
    look() {
      const x = tf.tensor3d(batch.x, [batch.size, frames, train.bins]);
      const { layers } = gradientsThroughTime(model, x, null, batch.labels, 'end', training.truncation);
      x.dispose();
      return layers.map(({ hidden, cell: ofCell, ...place }) => {
        const curve = (norms: Float32Array) => gradientCurve(norms, frames, place.reverse, step);
        const radii = radiiOf(model, place).map((radius, block) => ({
          block: BLOCKS[cell][block],
          radius: kept(radius),
        }));
        return { ...place, hidden: curve(hidden), cell: ofCell && curve(ofCell), radii };
      });
    },
  };
}

/** Frames to look through: with truncation whole spans of it, so that the last one shows how far gradients come at most. */
function framesOf(train: PackedClips, truncation: number | null): number {
  const frames = Math.min(PROBE_FRAMES, Math.floor(median(train.frames)));
  return truncation !== null && frames > truncation ? frames - (frames % truncation) : frames;
}

/** Numbers of clips that have so many frames, by the seed alone. */
export function chooseClips({ frames: all }: Pick<PackedClips, 'frames'>, frames: number, seed: number): Int32Array {
  const long = Int32Array.from(all.keys()).filter((clip) => all[clip] >= frames);
  return new Random(seed, 'probe').shuffle(long).slice(0, PROBE_CLIPS).sort();
}

interface ProbeBatch {
  size: number;
  /** [size, frames, bins] */
  x: Float32Array;
  labels: Int32Array;
}

/** One by one, for of a long clip nearly all is left out. */
function lastFrames(train: PackedClips, clips: Int32Array, frames: number): ProbeBatch {
  const { bins } = train;
  const x = new Float32Array(clips.length * frames * bins);
  clips.forEach((clip, row) => {
    const whole = new Float32Array(train.frames[clip] * bins);
    train.fill(Int32Array.of(clip), whole.length, whole);
    x.set(whole.subarray(whole.length - frames * bins), row * frames * bins);
  });
  return { size: clips.length, x, labels: Int32Array.from(clips, (clip) => train.labels[clip]) };
}

/**
 * Norms by distance from where the direction ends.
 * @param norms [clips, frames], of the mean over the clips
 */
function gradientCurve(norms: Float32Array, frames: number, reverse: boolean, step: number): GradientCurve {
  const clips = norms.length / frames;
  const count = Math.ceil(frames / step);
  /** Of each clip the mean logarithm of each distance; NaN where the gradient does not reach. */
  const logs = Array.from({ length: clips }, (_, clip) =>
    Array.from({ length: count }, (_, distance) => {
      let [sum, reached] = [0, 0];
      for (let back = distance * step; back < Math.min(frames, (distance + 1) * step); back++) {
        const log = Math.log(norms[clip * frames + (reverse ? back : frames - 1 - back)] * clips);
        if (!Number.isFinite(log)) continue;
        sum += log;
        reached++;
      }
      return sum / reached;
    }),
  );
  const distances = Array.from({ length: count }, (_, distance) => {
    const reached = logs.filter((log) => !Number.isNaN(log[distance]));
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
  return {
    reached: distances.map(({ reached }) => reached),
    mean: distances.map(({ mean }) => mean),
    low: distances.map(({ low }) => low),
    high: distances.map(({ high }) => high),
    left: distances.map(({ left }) => left),
  };
}

const geometric = (logs: readonly number[]): number => Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);

/** As it is written down; null: there is none. */
const kept = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null);

/** Spectral radius of each block of W_hh. */
function radiiOf({ parameters, spec: { hiddenSize } }: Model, { layer, reverse }: LayerPlace): number[] {
  const weights = parameters.get(`rnn.weight_hh_l${layer}${reverse ? '_reverse' : ''}`)!;
  return tf.tidy(() => spectralRadii(tf.reshape(weights, [-1, hiddenSize, hiddenSize])));
}
