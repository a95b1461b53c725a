import type { FeatureMatrix } from '#main/features/matrix.ts';
import { toDecibels } from '#main/features/mfcc.ts';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { golden, relativeError, type GoldenTensor } from './shared.ts';

/** A reference value of torchaudio's. */
export interface FeatureCase {
  kind: string;
  source: string;
  sampleRate: number;
  waveform: GoldenTensor;
  params: Record<string, unknown> & { melkwargs?: Record<string, unknown> };
  output: GoldenTensor;
}

export const featureCases = golden<FeatureCase>('features');

/** torchaudio's argument names as a FeatureSpec's. */
const NAMES: Record<string, string> = {
  n_fft: 'nFft',
  win_length: 'winLength',
  hop_length: 'hopLength',
  power: 'power',
  center: 'center',
  n_mels: 'nMels',
  f_min: 'fMin',
  f_max: 'fMax',
  mel_scale: 'melScale',
  norm: 'norm',
  log_offset: 'logOffset',
  n_mfcc: 'nMfcc',
  log_mels: 'logMels',
};
const KINDS: Record<string, { kind: string; deltas?: number }> = {
  spectrogram: { kind: 'spectrogram' },
  melspectrogram: { kind: 'mel' },
  melspectrogram_db: { kind: 'mel' },
  log_melspectrogram: { kind: 'logmel' },
  mfcc: { kind: 'mfcc' },
  mfcc_delta: { kind: 'mfcc', deltas: 1 },
  mfcc_delta_delta: { kind: 'mfcc', deltas: 2 },
};

export function specOf({ kind, params }: FeatureCase): FeatureSpec {
  const spec: Record<string, unknown> = { ...KINDS[kind] };
  // MFCC's own `norm` is the DCT's (ortho), and `win_length` of the deltas is theirs (5).
  const own = params.melkwargs
    ? { n_mfcc: params['n_mfcc'], log_mels: params['log_mels'], ...params.melkwargs }
    : params;
  for (const [name, value] of Object.entries(own)) if (NAMES[name]) spec[NAMES[name]] = value;
  return FeatureSpec.parse(spec);
}

/** Ours is [frames, bins]; of a spec with deltas the last third or half of the bins is what the case holds. */
function inTorchLayout({ rows, bins, values }: FeatureMatrix, keep: number): Float32Array {
  const frames = rows[1];
  const out = new Float32Array(frames * keep);
  for (let b = 0; b < keep; b++)
    for (let t = 0; t < frames; t++) out[b * frames + t] = values[t * bins + bins - keep + b];
  return out;
}

/** How far the features of a case are from the reference, as a part of what is allowed (1e-4; dB: 0.01). */
export function partOfTolerance(one: FeatureCase, found: FeatureMatrix): number {
  const expected = featureCases.tensor(one.output);
  const [bins, frames] = one.output.shape;
  if (found.rows[1] !== frames) return Infinity;
  const values = inTorchLayout(found, bins);
  if (one.kind !== 'melspectrogram_db') return relativeError(values, expected) / 1e-4;
  const levels = Float64Array.from(values);
  toDecibels(levels, levels.length);
  return levels.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0) / 0.01;
}
