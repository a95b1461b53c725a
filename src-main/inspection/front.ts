import * as tf from '@tensorflow/tfjs-core';
import { appendDeltas } from '#main/features/deltas.ts';
import type { Features } from '#main/features/extract.ts';
import type { TrainedDescription } from '#main/models/trained.ts';
import { frameGeometry, type FeatureSpec } from '#shared/domain/feature-spec.ts';
import { dctPlan } from '#shared/math/dct.ts';
import { hzToMel, melToHz } from '#shared/math/mel.ts';

/** From where to where a band of features reaches, Hz. */
export interface Band {
  low: number;
  high: number;
}

/**
 * What a network gets of a clip, laid out over time and frequency. All values are less their mean in training, so that 0 is "as
 * always".
 */
export interface Front {
  bands: Band[];
  frames: number;
  /** [frames, bands]. Of MFCC it is that part of the (logarithmic) mel bands which the coefficients hold. */
  picture: Float32Array;
  /** The way from such pictures to what the network takes, differentiable: [count, frames, bands] -> [count, frames, bins]. */
  toInput(pictures: tf.Tensor3D): tf.Tensor3D;
}

/**
 * All features are linear in the picture: MFCC by their orthonormal DCT, whose transpose leads back; deltas by a matrix over time;
 * the rest as they are.
 */
export function frontOf(
  { features: spec, normalisation }: TrainedDescription,
  features: Features,
  rate: number,
): Front {
  const bands = bandsOf(spec, rate);
  const { frames, bins, values } = features;
  const static_ = bins / (1 + spec.deltas);
  const basis = spec.kind === 'mfcc' ? cosines(spec.nMels, spec.nMfcc) : null;
  const centred = new Float32Array(frames * static_);
  for (let t = 0; t < frames; t++)
    for (let bin = 0; bin < static_; bin++)
      centred[t * static_ + bin] = values[t * bins + bin] - normalisation.mean[bin];
  const picture = tf.tidy(() => {
    const flat = tf.tensor2d(centred, [frames, static_]);
    return basis ? (tf.matMul(flat, basisTensor(basis, spec)).dataSync() as Float32Array).slice() : centred;
  });
  return {
    bands,
    frames,
    picture,
    toInput: (pictures) => {
      const [count] = pictures.shape;
      const flat = tf.reshape(pictures, [count * frames, bands.length]);
      const base = basis ? tf.matMul(flat, basisTensor(basis, spec), false, true) : flat;
      const parts: tf.Tensor3D[] = [tf.reshape(base, [count, frames, static_])];
      // The slope of a constant is 0: no mean has to be put back before.
      for (let order = 1; order <= spec.deltas; order++)
        parts.push(slopes(parts[order - 1], tf.tensor2d(slopeMatrix(frames), [frames, frames])));
      const [mean, std] = [normalisation.mean, normalisation.std].map((each) => tf.tensor1d(each));
      const shift = tf.concat([tf.zeros([static_]), tf.neg(tf.slice1d(mean, static_, bins - static_))], 0);
      return tf.div(tf.add(tf.concat(parts, 2), shift), std) as tf.Tensor3D;
    },
  };
}

/** Orthonormal DCT-II, [outputs, inputs]: the rows are what `dctPlan` multiplies by. */
function cosines(inputs: number, outputs: number): Float32Array {
  const dct = dctPlan(inputs, outputs);
  const rows = new Float32Array(outputs * inputs);
  const unit = new Float64Array(inputs);
  const column = new Float64Array(outputs);
  for (let n = 0; n < inputs; n++) {
    unit.fill(0);
    unit[n] = 1;
    dct(unit, column);
    column.forEach((value, k) => (rows[k * inputs + n] = value));
  }
  return rows;
}

const basisTensor = (basis: Float32Array, { nMels, nMfcc }: FeatureSpec) => tf.tensor2d(basis, [nMfcc, nMels]);

/** The slopes over time of each bin. @param x [count, frames, bins] @param matrix [frames, frames] */
function slopes(x: tf.Tensor3D, matrix: tf.Tensor2D): tf.Tensor3D {
  const [count, frames, bins] = x.shape;
  const byTime = tf.reshape(tf.transpose(x, [1, 0, 2]), [frames, count * bins]);
  return tf.transpose(tf.reshape(tf.matMul(matrix, byTime), [frames, count, bins]), [1, 0, 2]) as tf.Tensor3D;
}

/** What `appendDeltas` does, as a matrix: found by giving it the unit vectors. */
function slopeMatrix(frames: number): Float32Array {
  const rows = new Float32Array(frames * 2 * frames);
  for (let t = 0; t < frames; t++) rows[t * 2 * frames + t] = 1;
  appendDeltas(rows, frames, 2 * frames, 0, frames);
  return Float32Array.from({ length: frames * frames }, (_, at) => {
    const [t, from] = [Math.floor(at / frames), at % frames];
    return rows[t * 2 * frames + frames + from];
  });
}

/** Mel bands reach from the middle of the one below to that of the one above; bins of a spectrogram half a bin to each side. */
function bandsOf(spec: FeatureSpec, rate: number): Band[] {
  const nyquist = Math.floor(rate / 2);
  if (spec.kind === 'spectrogram') {
    const width = rate / frameGeometry(spec).nFft;
    return Array.from({ length: Math.floor(spec.nFft / 2) + 1 }, (_, bin) => ({
      low: Math.max(0, (bin - 0.5) * width),
      high: Math.min(nyquist, (bin + 0.5) * width),
    }));
  }
  const [low, high] = [spec.fMin, spec.fMax ?? nyquist].map((hz) => hzToMel(hz, spec.melScale));
  // Where two triangles cross, one band ends and the next begins.
  const edge = (m: number) => melToHz(low + ((high - low) * (m + 0.5)) / (spec.nMels + 1), spec.melScale);
  return Array.from({ length: spec.nMels }, (_, m) => ({ low: edge(m), high: edge(m + 1) }));
}
