import { z } from 'zod';

export const FEATURE_KINDS = ['spectrogram', 'mel', 'logmel', 'mfcc'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/**
 * How sound becomes a matrix [frames, bins]. Names are librosa's in camel case; where a value is left out,
 * the default is torchaudio's, but for `nFft` (512) and `nMels` (64).
 * A field a kind does not use has no influence on its values (nor on the cache key, see `featureKey`).
 */
export const FeatureSpec = z
  .strictObject({
    version: z.literal(1).default(1),
    kind: z.enum(FEATURE_KINDS),
    /** Hz; clips of another rate are resampled. null: each clip's own rate (one dataset must then have one rate). */
    sampleRate: z.number().int().min(1000).max(384_000).nullable().default(null),
    /** FFT length, samples. */
    nFft: z.number().int().min(16).max(65_536).default(512),
    /** Hann window length, samples, centred in the FFT frame; null: nFft. */
    winLength: z.number().int().min(2).nullable().default(null),
    /** Samples from frame to frame; null: half the window. */
    hopLength: z.number().int().min(1).nullable().default(null),
    /** Exponent of the magnitude: 1 magnitude, 2 power. */
    power: z.number().positive().max(4).default(2),
    /** Frames centred on t * hopLength, the signal reflected at both ends. */
    center: z.boolean().default(true),
    nMels: z.number().int().min(1).max(512).default(64),
    /** Hz, lower edge of the first mel band. */
    fMin: z.number().min(0).default(0),
    /** Hz, upper edge of the last mel band; null: half the sampling rate. */
    fMax: z.number().positive().nullable().default(null),
    melScale: z.enum(['htk', 'slaney']).default('htk'),
    /** 'slaney': each band divided by its width in Hz. */
    norm: z.literal('slaney').nullable().default(null),
    /** logmel and mfcc with logMels: log(mel + logOffset). */
    logOffset: z.number().positive().default(1e-6),
    nMfcc: z.number().int().min(1).max(512).default(40),
    /** mfcc: natural log of the mel bands instead of dB with an 80 dB range. */
    logMels: z.boolean().default(false),
    /** 0 none, 1 delta, 2 delta and delta-delta, appended as further bins (5-frame regression). */
    deltas: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
    /** Cut or zero-pad every clip to this many frames; null keeps each clip's own length. */
    fixLength: z.number().int().min(1).max(100_000).nullable().default(null),
  })
  .superRefine((spec, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if ((spec.winLength ?? spec.nFft) > spec.nFft) complain('winLength', 'must not be longer than nFft');
    if (spec.fMax !== null && spec.fMax <= spec.fMin) complain('fMax', 'must be above fMin');
    if (spec.fMax !== null && spec.sampleRate !== null && spec.fMax > spec.sampleRate / 2)
      complain('fMax', 'must not be above half the sampling rate');
    if (spec.kind === 'mfcc' && spec.nMfcc > spec.nMels) complain('nMfcc', 'must not be larger than nMels');
  });
export type FeatureSpec = z.infer<typeof FeatureSpec>;
export type FeatureSpecInput = z.input<typeof FeatureSpec>;

/** The window and hop a spec means, in samples. */
export function frameGeometry(spec: FeatureSpec): { nFft: number; winLength: number; hopLength: number } {
  const winLength = spec.winLength ?? spec.nFft;
  return { nFft: spec.nFft, winLength, hopLength: spec.hopLength ?? Math.max(1, Math.floor(winLength / 2)) };
}

/** Bins of one frame, deltas included. */
export function featureSize(spec: FeatureSpec): number {
  const base = { spectrogram: Math.floor(spec.nFft / 2) + 1, mel: spec.nMels, logmel: spec.nMels, mfcc: spec.nMfcc }[
    spec.kind
  ];
  return base * (1 + spec.deltas);
}

/** What Hark starts a comparison with: 40 MFCC of 64 mel bands, 25 ms windows every 10 ms. */
export function defaultFeatureSpec(sampleRate: number): FeatureSpec {
  const winLength = Math.round(sampleRate * 0.025);
  return FeatureSpec.parse({
    kind: 'mfcc',
    sampleRate,
    nFft: Math.max(256, 2 ** Math.ceil(Math.log2(winLength))),
    winLength,
    hopLength: Math.round(sampleRate * 0.01),
    nMels: 64,
    nMfcc: 40,
  } satisfies FeatureSpecInput);
}
