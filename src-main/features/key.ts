import { hash } from 'node:crypto';
import type { Edit } from '#shared/domain/edit.ts';
import { frameGeometry, type FeatureKind, type FeatureSpec } from '#shared/domain/feature-spec.ts';

/**
 * Raised when the arithmetic changes, so that what an older Hark cached is made anew. Kernels and plain form, like one
 * instruction set and another, share it: their values differ in the last digits, far less than features are held to, and a lab
 * that moves to another machine keeps its cache. 2: the kernels came.
 */
const ARITHMETIC = 2;

type Field = keyof FeatureSpec;
const FRAME_FIELDS: Field[] = ['sampleRate', 'power', 'center', 'deltas', 'fixLength'];
const MEL_FIELDS: Field[] = [...FRAME_FIELDS, 'nMels', 'fMin', 'fMax', 'melScale', 'norm'];

/** The fields that have a say in the values of each kind; window and hop always have. */
const FIELDS: Record<FeatureKind, (spec: FeatureSpec) => Field[]> = {
  spectrogram: () => FRAME_FIELDS,
  mel: () => MEL_FIELDS,
  logmel: () => [...MEL_FIELDS, 'logOffset'],
  mfcc: (spec) => [...MEL_FIELDS, 'nMfcc', 'logMels', ...(spec.logMels ? (['logOffset'] as const) : [])],
};

/**
 * One word for all specs that give the same values: equal keys, equal features of the same sound. What a kind does not
 * use has no part in it, and what is left out counts as what it means. 40 hex digits.
 */
export function featureKey(spec: FeatureSpec): string {
  const fields = FIELDS[spec.kind](spec).map((field) => [field, spec[field]]);
  return hash('sha1', JSON.stringify([ARITHMETIC, spec.kind, frameGeometry(spec), fields]));
}

/** The sound a cache entry is of. */
export interface SoundIdentity {
  /** Of the file's bytes. */
  contentHash: string;
  /** Seconds; null: from the beginning, to the end. */
  start: number | null;
  end: number | null;
  /** The list of edits as it is stored; undefined or empty: the sound as it is. */
  edits?: readonly Edit[];
}

/** The name of one clip's features in the cache: what they depend on and nothing else. 40 hex digits. */
export function entryKey(feature: string, { contentHash, start, end, edits = [] }: SoundIdentity): string {
  return hash('sha1', JSON.stringify([feature, contentHash, start ?? 0, end, edits]));
}
