import { expect, test } from 'vitest';
import { resample } from '#main/audio/resample.ts';
import { extractFeatures } from '#main/features/extract.ts';
import { toDecibels } from '#main/features/mfcc.ts';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { describeShared, golden, relativeError, type GoldenTensor } from '../support/shared.ts';

interface Case {
  kind: string;
  source: string;
  sampleRate: number;
  waveform: GoldenTensor;
  params: Record<string, unknown> & { melkwargs?: Record<string, unknown> };
  output: GoldenTensor;
}

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

function specOf({ kind, params }: Case): FeatureSpec {
  const spec: Record<string, unknown> = { ...KINDS[kind] };
  // MFCC's own `norm` is the DCT's (ortho), and `win_length` of the deltas is theirs (5).
  const own = params.melkwargs
    ? { n_mfcc: params['n_mfcc'], log_mels: params['log_mels'], ...params.melkwargs }
    : params;
  for (const [name, value] of Object.entries(own)) if (NAMES[name]) spec[NAMES[name]] = value;
  return FeatureSpec.parse(spec);
}

/** Ours is [frames, bins]; of a spec with deltas the last third or half of the bins is what the case holds. */
function inTorchLayout(
  { frames, bins, values }: { frames: number; bins: number; values: Float32Array },
  keep: number,
): Float32Array {
  const out = new Float32Array(frames * keep);
  for (let b = 0; b < keep; b++)
    for (let t = 0; t < frames; t++) out[b * frames + t] = values[t * bins + bins - keep + b];
  return out;
}

describeShared('features agree with torchaudio', () => {
  const { cases, tensor } = golden<Case>('features');
  test('there are cases', () => expect(cases.length).toBeGreaterThan(60));

  for (const [index, one] of cases.entries())
    test(`${index} ${one.kind} ${one.source} ${JSON.stringify(one.params)}`, () => {
      const samples = tensor(one.waveform);
      const expected = tensor(one.output);
      if (one.kind === 'resample') {
        const actual = resample(samples, one.params['orig_freq'] as number, one.params['new_freq'] as number);
        expect(actual.length).toBe(expected.length);
        const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
        expect(worst).toBeLessThan(1e-4);
        return;
      }
      const features = extractFeatures(samples, one.sampleRate, specOf(one));
      const [bins, frames] = one.output.shape;
      expect(features.frames).toBe(frames);
      if (one.kind === 'melspectrogram_db') {
        const levels = Float64Array.from(inTorchLayout(features, bins));
        toDecibels(levels, levels.length);
        const worst = levels.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
        expect(worst).toBeLessThan(0.01);
        return;
      }
      expect(relativeError(inTorchLayout(features, bins), expected)).toBeLessThan(1e-4);
    });
});
