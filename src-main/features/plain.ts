import { featureSize, frameGeometry, type FeatureKind, type FeatureSpec } from '#shared/domain/feature-spec.ts';
import { appendDeltas } from './deltas.ts';
import { emptyMatrix, type Extractor } from './matrix.ts';
import { melSum } from './mel.ts';
import { mfccPlan, toLog } from './mfcc.ts';
import { stftPlan, type Stft } from './stft.ts';

/** Fills the first `base` bins of every row of `out` [frames, stride] from the clip's samples. */
type Fill = (samples: Float32Array, frames: number, out: Float32Array, stride: number) => void;

const FILLS: Record<FeatureKind, (spec: FeatureSpec, sampleRate: number, stft: Stft) => Fill> = {
  spectrogram: (spec, _sampleRate, stft) => {
    const spectrum = spectrumPlan(spec, stft);
    const row = new Float64Array(stft.bins);
    return (samples, frames, out, stride) => {
      for (let t = 0; t < frames; t++) {
        spectrum(samples, t, row);
        out.set(row, t * stride);
      }
    };
  },
  mel: (spec, sampleRate, stft) => {
    const mels = melPlan(spec, sampleRate, stft);
    return (samples, frames, out, stride) => copyRows(mels(samples, frames), spec.nMels, frames, out, stride);
  },
  logmel: (spec, sampleRate, stft) => {
    const mels = melPlan(spec, sampleRate, stft);
    return (samples, frames, out, stride) => {
      const bands = mels(samples, frames);
      toLog(bands, frames * spec.nMels, spec.logOffset);
      copyRows(bands, spec.nMels, frames, out, stride);
    };
  },
  mfcc: (spec, sampleRate, stft) => {
    const mels = melPlan(spec, sampleRate, stft);
    const mfcc = mfccPlan(spec);
    return (samples, frames, out, stride) => mfcc(mels(samples, frames), frames, out, stride);
  },
};

/**
 * Features in TypeScript and double precision: the form to read, the oracle of the kernels, and what runs where there are none.
 * @throws HarkError bad-input if the spec does not fit the sampling rate
 */
export function planPlain(spec: FeatureSpec, sampleRate: number): Extractor {
  const stft = stftPlan({ ...frameGeometry(spec), center: spec.center });
  const fill = FILLS[spec.kind](spec, sampleRate, stft);
  const bins = featureSize(spec);
  const base = bins / (1 + spec.deltas);
  const extract = (samples: Float32Array): Float32Array => {
    const frames = stft.frames(samples.length);
    const values = new Float32Array(frames * bins);
    fill(samples, frames, values, bins);
    for (let order = 0; order < spec.deltas; order++) appendDeltas(values, frames, bins, order * base, base);
    if (spec.fixLength === null || spec.fixLength === frames) return values;
    return fixRows(values, spec.fixLength * bins);
  };
  return (clips) => {
    const { rows, values } = emptyMatrix(clips, spec);
    clips.forEach((samples, clip) => values.set(extract(samples), rows[clip] * bins));
    return { bins, rows, values };
  };
}

/** Magnitude to the power `spec.power`, one frame at a time. */
function spectrumPlan(spec: FeatureSpec, stft: Stft): Stft['powerFrame'] {
  if (spec.power === 2) return (signal, frame, out) => stft.powerFrame(signal, frame, out);
  const exponent = spec.power / 2;
  const raise = spec.power === 1 ? Math.sqrt : (value: number) => value ** exponent;
  return (signal, frame, out) => {
    stft.powerFrame(signal, frame, out);
    for (let k = 0; k < stft.bins; k++) out[k] = raise(out[k]);
  };
}

/** Mel bands of all frames, [frames, nMels], in scratch that is reused from clip to clip. */
function melPlan(
  spec: FeatureSpec,
  sampleRate: number,
  stft: Stft,
): (samples: Float32Array, frames: number) => Float64Array {
  const spectrum = spectrumPlan(spec, stft);
  const sum = melSum(spec, sampleRate);
  const row = new Float64Array(stft.bins);
  const bands = new Float64Array(spec.nMels);
  let all = new Float64Array(0);
  return (samples, frames) => {
    if (all.length < frames * spec.nMels) all = new Float64Array(frames * spec.nMels);
    for (let t = 0; t < frames; t++) {
      spectrum(samples, t, row);
      sum(row, bands);
      all.set(bands, t * spec.nMels);
    }
    return all;
  };
}

function copyRows(from: Float64Array, width: number, frames: number, out: Float32Array, stride: number): void {
  for (let t = 0; t < frames; t++) for (let i = 0; i < width; i++) out[t * stride + i] = from[t * width + i];
}

/** Cut, or followed by zeros. */
function fixRows(values: Float32Array, length: number): Float32Array {
  const fixed = new Float32Array(length);
  fixed.set(values.subarray(0, length));
  return fixed;
}
